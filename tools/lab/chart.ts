import { emitDocument } from '../../src/index.ts';
import { chartFolder } from '../../test/conformance/chart/chart-folder.ts';
import type { Cluster } from '../../test/conformance/support/cluster.ts';
import { type HelmVersion, helm } from '../../test/conformance/support/helm.ts';
import { BASE, SYSTEM } from '../../test/support/worlds.ts';
import { DNS_ADDRESS } from './addresses.ts';
import { waitUntil } from './wait.ts';

/** The name of the release, and what all names of its objects begin with. */
export const RELEASE = 'kubebyon';
export const PREFIX = `${RELEASE}-kubebyon`;

export const PLATFORM_NAME = 'kubebyon.example.com';
export const PLATFORM_SECRET = 'kubebyon-platform-tls';

export type Values = {
  readonly [key: string]: Values | string | number | boolean | readonly (Values | string)[];
};

/** Which chart, which values, which Helm. */
export interface Release {
  readonly chart: 'single-node' | 'multi-node';
  readonly values: Values;
  readonly helm: HelmVersion;
}

/** Everything on: platform with console, workloads by HTTPS with shared and dedicated certificates, routes to Pods. */
export const EVERYTHING: Values = {
  publicAccess: { provider: 'gatewayapi' },
  gatewayAPI: {
    platform: { enabled: true, hostname: PLATFORM_NAME, tlsSecretName: PLATFORM_SECRET },
    workload: {
      enabled: true,
      tls: { enabled: true },
      certManager: {
        enabled: true,
        wildcard: true,
        issuerRef: { name: 'lab-ca' },
        selfManaged: { enabled: true },
      },
      podCIDRRoute: { enabled: true },
    },
  },
  web: { enabled: true },
  edgeController: { enabled: true, baseDomain: BASE, dnsServers: [DNS_ADDRESS] },
};

/** Values over others; what is a section in both is merged. */
export function merge(values: Values, over: Values): Values {
  const entries = Object.entries(over).map(([key, value]) => {
    const before = values[key];
    return [key, isSection(before) && isSection(value) ? merge(before, value) : value] as const;
  });
  return { ...values, ...Object.fromEntries(entries) };
}

function isSection(value: Values[string] | undefined): value is Values {
  return typeof value === 'object' && !Array.isArray(value);
}

/** Installs or upgrades the release with real Helm, and waits until the kinds of the chart are served. */
export async function upgradeRelease(
  host: Cluster,
  { chart, values, helm: version }: Release,
): Promise<void> {
  await runHelm(
    host,
    version,
    [...['upgrade', '--install', RELEASE, chartFolder(chart), '--namespace', SYSTEM, '-f', '-']],
    emitDocument(values),
  );
  const paths = ['edgeclusters', 'routeplans'].map((plural) => `/apis/kubebyon.app/v1alpha1/${plural}`);
  const areServed = async () => {
    const answers = await Promise.all(paths.map((path) => host.api.request({ method: 'GET', path })));
    return answers.every(({ ok }) => ok);
  };
  await waitUntil('our kinds are served', areServed);
}

/** Takes the release back to the revision before the last one. */
export async function rollBack(host: Cluster, version: HelmVersion): Promise<void> {
  await runHelm(host, version, ['rollback', RELEASE, '--namespace', SYSTEM]);
}

async function runHelm(
  host: Cluster,
  version: HelmVersion,
  words: readonly string[],
  input = '',
): Promise<void> {
  const { code, stderr } = await helm(version, words, { kubeconfig: host.kubeconfig, input });
  if (code !== 0) throw new Error(`helm ${words[0]}: ${stderr}`);
}
