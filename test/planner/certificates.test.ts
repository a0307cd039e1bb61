import { expect, test } from 'vitest';
import { CERTIFICATE_ANNOTATIONS } from '../../src/contract/labels.ts';
import { dnsNamesOf } from '../../src/planner/https/certificates.ts';
import { hostnamesOf } from '../../src/planner/world/objects.ts';
import type { EdgeClusterInput, KubeObject } from '../../src/planner/world/world.ts';
import { type Platform, platform } from '../support/platform.ts';
import {
  BASE,
  binding,
  cluster,
  gatewayConfig,
  SYSTEM,
  targetOf,
  tlsConfig,
  workloadConfig,
} from '../support/worlds.ts';

const config = gatewayConfig(workloadConfig({ tls: tlsConfig({ selfManaged: false }) }));
const names = (count: number, prefix: string): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(3, '0')}.${BASE}`);
const withNames = (hostnames: readonly string[]): EdgeClusterInput =>
  cluster(1, { hostnames: hostnames.map((hostname) => binding(hostname)) });

/** Three shards of 95 names each, long settled. */
function threeShards(): { readonly running: Platform; readonly hostnames: readonly string[] } {
  const hostnames = names(284, 'a');
  const all = [targetOf(1), ...hostnames];
  const running = platform(config, [withNames(hostnames)]);
  for (let shard = 0; shard < 3; shard += 1) {
    const name = `kubebyon-workload-tls${shard === 0 ? '' : `-${shard + 1}`}`;
    const dnsNames = all.slice(shard * 95, shard * 95 + 95);
    running.server.run({
      id: name,
      verb: 'apply',
      object: {
        apiVersion: 'cert-manager.io/v1',
        kind: 'Certificate',
        metadata: {
          name,
          namespace: SYSTEM,
          labels: {
            'app.kubernetes.io/managed-by': 'kubebyon',
            'kubebyon.app/gateway-api-sync-kind': 'workload-edge',
          },
          annotations: {
            [CERTIFICATE_ANNOTATIONS.orders]: '',
            [CERTIFICATE_ANNOTATIONS.namesChangedAt]: '2026-11-01T00:00:00Z',
          },
        },
        spec: {
          secretName: name,
          dnsNames,
          issuerRef: { name: 'letsencrypt-dns', kind: 'ClusterIssuer', group: 'cert-manager.io' },
          privateKey: { rotationPolicy: 'Always' },
          secretTemplate: {
            labels: {
              'app.kubernetes.io/managed-by': 'kubebyon',
              'kubebyon.app/gateway-api-sync-kind': 'workload-edge',
            },
          },
        },
      },
      fieldManager: 'kubebyon-edge-sync',
      precondition: {},
      after: [],
      reason: '',
      cluster: null,
    });
  }
  running.settle();
  running.controllers.orders.clear();
  return { running, hostnames };
}

const orders = ({ controllers }: Platform): number =>
  [...controllers.orders.values()].reduce((sum, count) => sum + count, 0);
const certificates = ({ server }: Platform): readonly KubeObject[] =>
  server.list().filter(({ kind }) => kind === 'Certificate');
const onHttps = ({ server }: Platform): ReadonlySet<string> =>
  new Set(
    server
      .list()
      .filter(({ kind, metadata }) => kind === 'HTTPRoute' && metadata.name.includes('-https-'))
      .flatMap(hostnamesOf),
  );

test('60 hostnames added one a minute to three shards of 95 cause at most 8 orders, and none drops HTTPS meanwhile', {
  timeout: 60_000,
}, () => {
  const { running, hostnames } = threeShards();
  const before = new Map(certificates(running).map((one) => [one.metadata.name, new Set(dnsNamesOf(one))]));
  const added: string[] = [];
  for (const name of names(60, 'b')) {
    added.push(name);
    running.clusters = [withNames([...hostnames, ...added])];
    for (let part = 0; part < 6; part += 1) running.step(10);
    const served = onHttps(running);
    expect(hostnames.filter((one) => !served.has(one))).toEqual([]);
  }
  for (let minute = 0; minute < 12; minute += 1) running.step(60);
  running.settle();
  expect(orders(running)).toBeLessThanOrEqual(8);
  expect(orders(running)).toBeGreaterThan(0);
  expect([...onHttps(running)].sort()).toEqual([targetOf(1), ...hostnames, ...added].sort());
  // A shard that got none of the new names was not touched at all, and no name changed its shard.
  for (const one of certificates(running)) {
    const now = dnsNamesOf(one);
    const old = before.get(one.metadata.name);
    const gained = now.some((name) => added.includes(name));
    if (!gained) expect(one.metadata.generation, one.metadata.name).toBe(1);
    for (const name of old ?? []) expect(now).toContain(name);
  }
});

test('60 deletions cause no order', { timeout: 60_000 }, () => {
  const { running, hostnames } = threeShards();
  for (let count = 1; count <= 60; count += 1) {
    running.clusters = [withNames(hostnames.slice(count))];
    running.step(60);
  }
  running.settle(60);
  expect(orders(running)).toBe(0);
  expect(onHttps(running).size).toBe(285 - 60);
});

test('a restart with the memory lost orders nothing and writes nothing', () => {
  const { running } = threeShards();
  running.memory = {};
  expect(running.step(1).actions).toEqual([]);
  expect(orders(running)).toBe(0);
});

test('one bad name never blocks the others', () => {
  const running = platform(config, [withNames(['bad.edge.example.com', ...names(10, 'g')])]);
  running.controllers.badNames.add('bad.edge.example.com');
  const { findings } = running.settle(30);
  expect(findings.map(({ code }) => code)).toContain('CertificateNameQuarantined');
  expect([...onHttps(running)].sort()).toEqual([targetOf(1), ...names(10, 'g')].sort());
  expect(orders(running)).toBe(2);
});

test('of the names of an order that fails without naming one, the bad one alone stays out', {
  timeout: 60_000,
}, () => {
  const running = platform(config, [withNames(names(4, 'g'))]);
  running.settle(30);
  running.clusters = [withNames([...names(4, 'g'), `bad.${BASE}`, `good.${BASE}`])];
  running.controllers.badNames.add(`bad.${BASE}`);
  running.controllers.namesFailures = false;
  for (let hour = 0; hour < 40; hour += 1) running.step(3600);
  expect([...onHttps(running)].sort()).toEqual([targetOf(1), ...names(4, 'g'), `good.${BASE}`].sort());
});

test('the 46th order for one registered domain is refused with a finding', () => {
  const self = gatewayConfig(workloadConfig({ listenerSets: true }));
  const hostnames = Array.from({ length: 46 }, (_, index) => `h${index}.customer.test`);
  const running = platform(self, [cluster(1, { hostnames })]);
  running.dns = Object.fromEntries(hostnames.map((name) => [name, [targetOf(1)]]));
  const { findings } = running.settle(30);
  const refused = findings.filter(({ code }) => code === 'IssuanceBudget');
  expect(refused).toHaveLength(1);
  expect(certificates(running).filter(({ metadata }) => metadata.name.startsWith('kb-'))).toHaveLength(45);
  // Lost memory forgets no order: Certificates remember their own.
  running.memory = {};
  expect(running.step(1).findings.filter(({ code }) => code === 'IssuanceBudget')).toHaveLength(1);
});

test('a wildcard certificate takes one name for all names one label deep', () => {
  const wildcard = gatewayConfig(
    workloadConfig({ tls: tlsConfig({ wildcardCertificate: true, selfManaged: false }) }),
  );
  const running = platform(wildcard, [withNames([...names(200, 'a'), `a.b.${BASE}`])]);
  running.settle(30);
  expect(certificates(running).map(dnsNamesOf)).toEqual([[`*.${BASE}`, `a.b.${BASE}`]]);
  expect(onHttps(running).size).toBe(202);
});

test('70 self-managed hostnames: 64 slots on the Gateway, all 70 with ListenerSets', {
  timeout: 60_000,
}, () => {
  const hostnames = Array.from({ length: 70 }, (_, index) =>
    binding(`www.shop${index}.test`, {
      createdAt: `2026-02-01T00:${String(index % 60).padStart(2, '0')}:${index < 60 ? '00' : '30'}Z`,
    }),
  );
  const run = (listenerSets: boolean): { readonly running: Platform; readonly capacity: number } => {
    const running = platform(gatewayConfig(workloadConfig({ listenerSets })), [cluster(1, { hostnames })]);
    running.dns = Object.fromEntries(hostnames.map(({ hostname }) => [hostname, [targetOf(1)]]));
    const { findings } = running.settle(30);
    return { running, capacity: findings.filter(({ code }) => code === 'ListenerCapacity').length };
  };
  const gatewayOnly = run(false);
  // 64 less the chart's HTTP listener and the shared HTTPS listener.
  expect(gatewayOnly.capacity).toBe(70 - 62);
  expect(onHttps(gatewayOnly.running).size).toBe(62 + 1);
  const sets = run(true);
  expect(sets.capacity).toBe(0);
  expect(onHttps(sets.running).size).toBe(70 + 1);
});
