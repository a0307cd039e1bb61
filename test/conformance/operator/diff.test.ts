import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emitDocument } from '../../../src/index.ts';
import { installChart } from '../chart/install-chart.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { type HelmVersion, helm } from '../support/helm.ts';
import { runProgram } from '../support/program.ts';

const MAIN = join(import.meta.dirname, '../../../src/cli/main.ts');

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster({ gatewayApiBundle: '1.6.3' });
});
afterAll(() => cluster?.stop());

const VALUES = {
  publicAccess: { provider: 'gatewayapi' },
  gatewayAPI: {
    platform: { enabled: true, hostname: 'kubebyon.example.com', tlsSecretName: 'platform-tls' },
    workload: { enabled: true, tls: { enabled: true }, podCIDRRoute: { enabled: true } },
  },
  web: { enabled: true },
  // Written by the API server as 1 and 2Gi.
  api: { resources: { requests: { cpu: '1000m' }, limits: { memory: '2048Mi' } } },
};

interface Differences {
  readonly changes: readonly {
    readonly object: string;
    readonly change: string;
    readonly fields: readonly { readonly path: string; readonly before: unknown; readonly after: unknown }[];
  }[];
  readonly consequences: readonly { readonly rule: string; readonly object: string }[];
}

describe.each(['3.22', '4.3'] as const)('a release of Helm %s', (version: HelmVersion) => {
  const namespace = `diff-${version.replace('.', '-')}`;
  // One release of the two may own the definitions.
  const values = { ...VALUES, crds: { install: version === '3.22' } };

  async function differences(
    ...flags: readonly string[]
  ): Promise<Differences & { readonly code: number | null }> {
    const words = ['diff', 'kubebyon', '--chart', 'multi-node', '-n', namespace, '-f', '-', '--live'];
    const { code, stdout, stderr } = await runProgram(
      process.execPath,
      [MAIN, ...words, '--kubeconfig', cluster.kubeconfig, '-o', 'json', ...flags],
      { env: { PATH: process.env.PATH ?? '' }, input: emitDocument(values), timeout: 120_000 },
    );
    expect(stderr).toBe('');
    return { code, ...JSON.parse(stdout) };
  }

  beforeAll(async () => {
    await installChart(cluster, { version, chart: 'multi-node', namespace }, values);
  });

  test('does not differ from its own values, whatever the API server has filled in', async () => {
    expect(await differences()).toEqual({ code: 0, changes: [], consequences: [] });
  });

  test('does not differ by a listener that the runtime has added', async () => {
    const listeners = [
      {
        name: 'kb-shop',
        hostname: 'shop.customer.test',
        port: 443,
        protocol: 'HTTPS',
        tls: { mode: 'Terminate', certificateRefs: [{ name: 'kb-shop' }] },
      },
    ];
    const metadata = { name: 'kubebyon-kubebyon-workload-gateway', namespace };
    const gateway = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata };
    const answer = await cluster.api.apply(
      { ...gateway, spec: { listeners } },
      { fieldManager: 'kubebyon-edge-sync' },
    );
    expect(answer).toMatchObject({ ok: true });
    expect(await differences()).toMatchObject({ code: 0, changes: [] });
  });

  test('differs in what other values change, and in nothing else', async () => {
    const { code, changes, consequences } = await differences(
      '--set',
      'api.replicas=3,gatewayAPI.workload.gatewayClassName=other,web.enabled=false',
    );
    expect(code).toBe(3);
    expect(changes.map(({ object, change }) => `${change} ${object}`).toSorted()).toEqual(
      [
        `changed Deployment/${namespace}/kubebyon-kubebyon-api`,
        `changed Gateway/${namespace}/kubebyon-kubebyon-workload-gateway`,
        ...['Deployment', 'Service', 'ServiceAccount'].map(
          (kind) => `removed ${kind}/${namespace}/kubebyon-kubebyon-web`,
        ),
        // What is redirected is what is served: the API alone, without the console.
        `changed HTTPRoute/${namespace}/kubebyon-kubebyon-platform-redirect`,
        `removed HTTPRoute/${namespace}/kubebyon-kubebyon-platform-web`,
      ].toSorted(),
    );
    expect(changes.flatMap(({ fields }) => fields)).toEqual(
      expect.arrayContaining([
        { path: 'spec.replicas', before: 1, after: 3 },
        { path: 'spec.gatewayClassName', before: 'eg', after: 'other' },
      ]),
    );
    expect(consequences.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['GatewayClassChanged', 'WorkloadGone', 'ServiceGone', 'RouteHostnameGone']),
    );
  });

  test('is taken over by its own values, and what it has beside this chart is told', async () => {
    const ingress = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        name: 'old-entry',
        namespace,
        labels: { 'app.kubernetes.io/managed-by': 'Helm', 'app.kubernetes.io/instance': 'kubebyon' },
      },
      spec: { defaultBackend: { service: { name: 'x', port: { number: 80 } } } },
    };
    const taken = await helm(version, ['get', 'values', 'kubebyon', '-n', namespace, '-o', 'yaml'], {
      kubeconfig: cluster.kubeconfig,
    });
    const imported = (): ReturnType<typeof runProgram> =>
      runProgram(
        process.execPath,
        [
          ...[MAIN, 'import', 'kubebyon', '--chart', 'multi-node', '-n', namespace, '-f', '-'],
          ...['--kubeconfig', cluster.kubeconfig],
        ],
        { env: { PATH: process.env.PATH ?? '' }, input: taken.stdout, timeout: 120_000 },
      );
    expect(await imported()).toMatchObject({ code: 0, stdout: 'every value is taken\nnothing changes\n' });
    expect(await cluster.api.apply(ingress, { fieldManager: 'helm' })).toMatchObject({ ok: true });
    expect(await imported()).toMatchObject({
      code: 3,
      stdout: `every value is taken\n- Ingress/${namespace}/old-entry\nobjects: 1 removed\n`,
    });
  });
});
