import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { hasErrors, type LoadedValues, loadValues, type Release, valuesFrom } from '../src/index.ts';

/** The release that every measurement renders for. */
export const RELEASE: Release = { name: 'kubebyon', namespace: 'kubebyon-system' };

/** The values file of the complete example, which `npm start` renders as well. */
export const EXAMPLE_FILE = fileURLToPath(
  new URL('../fixtures/multi-node/complete/values.yaml', import.meta.url),
);

/** What a user writes to turn everything on: platform, web, workload, TLS, both kinds of certificates, route agent. */
export type UserValues = Parameters<typeof valuesFrom>[1];

const COMPLETE: UserValues = {
  publicAccess: { provider: 'gatewayapi' },
  commonLabels: { 'app.kubernetes.io/part-of': 'kubebyon', team: 'platform' },
  gatewayAPI: {
    addressMode: 'dual',
    gatewayClassProfiles: { edge: 'eg-edge', workload: 'eg-workload' },
    namespace: 'edge-system',
    platform: {
      enabled: true,
      hostname: 'kubebyon.example.com',
      tlsSecretName: 'kubebyon-platform-tls',
    },
    workload: {
      enabled: true,
      listenerSets: true,
      infrastructure: { annotations: { 'metallb.io/address-pool': 'workload' } },
      podCIDRRoute: {
        enabled: true,
        mode: 'routeagent',
        targetNodeSelector: { 'kubebyon.app/edge': 'true' },
      },
      tls: { enabled: true },
      certManager: {
        enabled: true,
        issuerRef: { name: 'letsencrypt', kind: 'ClusterIssuer' },
        selfManaged: { enabled: true, issuerRef: { name: 'letsencrypt-http', kind: 'ClusterIssuer' } },
      },
    },
  },
  api: {
    replicas: 2,
    podDisruptionBudget: { enabled: true },
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
  },
  worker: {
    replicas: 2,
    podDisruptionBudget: { enabled: true },
    resources: { requests: { cpu: '100m', memory: '128Mi' } },
  },
  web: { enabled: true, replicas: 2, podDisruptionBudget: { enabled: true } },
  routeAgent: { protectedCIDRs: ['10.0.0.0/8', '192.0.2.0/24'] },
};

/**
 * What the user of the complete example writes, as plain data.
 *
 * @throws Error when the values are not valid: a measurement of refused values would measure nothing.
 */
export async function exampleValues(): Promise<UserValues> {
  const text = await readFile(EXAMPLE_FILE, 'utf8').catch(() => undefined);
  const loaded: LoadedValues =
    text === undefined
      ? valuesFrom('multi-node', COMPLETE)
      : loadValues('multi-node', [{ kind: 'file', name: EXAMPLE_FILE, text }]);
  if (hasErrors(loaded.problems)) {
    throw new Error(`the example is not valid: ${loaded.problems.map(({ message }) => message).join('; ')}`);
  }
  return loaded.user;
}
