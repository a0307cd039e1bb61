import { describe, expect, test } from 'vitest';
import { hostnameObjectName } from '../../src/contract/runtime-names.ts';
import { listenersBefore } from '../../src/planner/https/foreign-sets.ts';
import { plan } from '../../src/planner/index.ts';
import type { KubeObject } from '../../src/planner/world/world.ts';
import { served } from '../support/served.ts';
import { cluster, gatewayConfig, httpOnly, SYSTEM, world } from '../support/worlds.ts';

function set(name: string, creationTimestamp: string): KubeObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'ListenerSet',
    metadata: { name, namespace: SYSTEM, creationTimestamp },
  };
}

function foreign(name: string, creationTimestamp: string) {
  const listeners = [{ name, port: 443, protocol: 'HTTPS', hostname: 'a.test' }];
  return { set: set(name, creationTimestamp), listeners };
}

describe('listeners of a ListenerSet of others', () => {
  const sets = [foreign('theirs', '2026-01-02T00:00:00Z')];
  test.each([
    ['come before a set of ours that is yet to be written', undefined, true],
    ['come before a younger set of ours', set('ours', '2026-01-03T00:00:00Z'), true],
    ['come after an older set of ours', set('ours', '2026-01-01T00:00:00Z'), false],
    [
      'come after a set of ours of the same age whose name is less',
      set('ours', '2026-01-02T00:00:00Z'),
      false,
    ],
    ['come before one of the same age whose name is greater', set('zz', '2026-01-02T00:00:00Z'), true],
  ])('%s', (_, ours, expected) => {
    expect(listenersBefore(sets, ours).length > 0).toBe(expected);
  });
});

test('of many Secrets that are left five are in the command, and the others are counted', () => {
  const secrets = Array.from(
    { length: 8 },
    (_, index): KubeObject => ({
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/tls',
      metadata: {
        name: hostnameObjectName(`gone-${index}.test`),
        namespace: SYSTEM,
        labels: {
          'app.kubernetes.io/managed-by': 'kubebyon',
          'kubebyon.app/gateway-api-sync-kind': 'workload-edge',
          'kubebyon.app/cluster-id': 'c-1',
        },
      },
    }),
  );
  const base = world({ clusters: [cluster(1)] });
  const { findings, status } = plan(
    { ...base, host: { ...base.host, objects: served([...base.host.objects, ...secrets]) } },
    gatewayConfig(httpOnly()),
  );
  expect(status.clusters[0]?.secretsLeft).toBe(8);
  expect(findings.filter(({ code }) => code === 'SecretLeft').map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^8 Secrets stay: kubectl delete secret -n kubebyon-system( kb-[a-z0-9-]+){5}, then those of 3 more$/,
    ),
  ]);
});
