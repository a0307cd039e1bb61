/**
 * Measures the runtime planner: a full plan from nothing, a plan of a settled platform, and the plan after one changed
 * cluster, for 500 and 5,000 clusters with ten hostnames each.
 */

import type { RuntimeConfig } from '../src/contract/runtime-config.ts';
import { createPlanner, type PlanResult } from '../src/runtime/planner.ts';
import type { DnsAnswer, EdgeClusterInput, KubeObject, Tenant, World } from '../src/runtime/world.ts';
import { apiServer } from '../test/simulation/api-server.ts';
import {
  BASE,
  binding,
  cname,
  gatewayConfig,
  NOW,
  tlsConfig,
  workloadConfig,
  world,
} from '../test/support/worlds.ts';

export interface PlannerFigures {
  readonly clusters: number;
  readonly hostnames: number;
  /** Objects of ours on the settled platform. */
  readonly objects: number;
  /** Milliseconds, medians. */
  readonly full: number;
  readonly settled: number;
  readonly replan: number;
  readonly fullPerCluster: number;
  readonly rssMiB: number;
  /** Heap bytes that a planner holds per object of ours after a plan. */
  readonly bytesPerObject: number;
}

const config: RuntimeConfig = gatewayConfig(
  workloadConfig({ listenerSets: true, tls: tlsConfig({ wildcardCertificate: true }) }),
);

/** Nine platform-managed names under the wildcard and one self-managed name per cluster. */
function clusterAt(index: number): EdgeClusterInput {
  const [a, b] = [index >> 8, index & 255];
  return {
    id: `c-${index}`,
    slug: `team-${index}`,
    namespace: `vc-${index}`,
    createdAt: '2026-01-01T00:00:00Z',
    deleting: false,
    suspended: false,
    controlPlane: {
      hostname: `c${index}.cp.example.com`,
      service: { name: 'vc', port: 443 },
      nodeAccess: 'L4',
    },
    workload: {
      cnameTarget: `t${index}abcdefghij.${BASE}`,
      topology: 'privateNodes',
      podCIDRs: [`10.${64 + a}.${b}.0/24`],
      nodeCIDRs: [`192.${a}.${b}.0/24`],
      ingress: { namespace: 'ingress', serviceName: 'ingress', podSelector: { app: 'ingress' }, port: 80 },
    },
    hostnames: [
      ...Array.from({ length: 9 }, (_, name) => binding(`app${name}-${index}.${BASE}`)),
      binding(`www.customer-${index}.test`),
    ],
  };
}

function tenantAt(index: number): Tenant {
  const [a, b] = [index >> 8, index & 255];
  return {
    readable: true,
    nodes: [
      {
        name: 'worker-1',
        ready: true,
        internalIPs: [`192.${a}.${b}.11`],
        podCIDRs: [`10.${64 + a}.${b}.0/28`],
      },
    ],
    pods: [
      {
        name: 'ingress-1',
        namespace: 'ingress',
        nodeName: 'worker-1',
        podIPs: [`10.${64 + a}.${b}.5`],
        ready: true,
        labels: { app: 'ingress' },
      },
    ],
    services: [
      { name: 'ingress', namespace: 'ingress', ports: [{ port: 80, targetPort: 80, nodePort: 30080 }] },
    ],
  };
}

function emptyPlatform(count: number): World {
  const clusters = Array.from({ length: count }, (_, index) => clusterAt(index));
  const dns: Record<string, readonly DnsAnswer[]> = {};
  for (const [index, { workload }] of clusters.entries()) {
    dns[`www.customer-${index}.test`] = cname([workload?.cnameTarget ?? '']);
  }
  const base = world({ clusters });
  return {
    ...base,
    host: { ...base.host, protectedCIDRs: ['172.16.0.0/12'] },
    tenants: Object.fromEntries(clusters.map(({ id }, index) => [id, tenantAt(index)])),
    dns,
  };
}

/** Lets the platform come to rest: writes go through, controllers answer at once. */
function settle(start: World): { readonly world: World; readonly result: PlanResult } {
  let now = Date.parse(NOW);
  const server = apiServer(() => now);
  for (const object of start.host.objects) server.put(object, 'helm');
  const planner = createPlanner();
  let observed: World = { ...start, host: { ...start.host, objects: server.list() } };
  for (let round = 0; round < 20; round += 1) {
    const result = planner(observed, config);
    if (result.actions.length === 0) return { world: { ...observed, memory: result.memory }, result };
    for (const action of result.actions) {
      const answer = server.run(action);
      if (answer.code === 409 || answer.code === 422) throw new Error(`${action.id}: ${answer.message}`);
    }
    now += 60_000;
    answer(server, now);
    observed = {
      ...start,
      now: new Date(now).toISOString(),
      host: { ...start.host, objects: server.list() },
      memory: result.memory,
    };
  }
  throw new Error('the platform does not come to rest');
}

function answer(server: ReturnType<typeof apiServer>, now: number): void {
  const since = new Date(now - 30_000).toISOString();
  for (const object of server.list()) {
    const key = `${object.apiVersion.split('/')[0]}/${object.kind}/${object.metadata.namespace}/${object.metadata.name}`;
    const generation = object.metadata.generation;
    const condition = (type: string) => ({
      type,
      status: 'True',
      reason: type,
      observedGeneration: generation,
      lastTransitionTime: since,
    });
    if (object.kind === 'Certificate') {
      const { dnsNames } = object.spec as { readonly dnsNames: readonly string[] };
      const secret: KubeObject = {
        apiVersion: 'v1',
        kind: 'Secret',
        type: 'kubernetes.io/tls',
        metadata: {
          ...object.metadata,
          labels: object.metadata.labels ?? {},
          annotations: {
            'cert-manager.io/certificate-name': object.metadata.name,
            'cert-manager.io/alt-names': dnsNames.join(','),
          },
        },
        certificate: { dnsNames, notAfter: '2027-02-01T00:00:00Z', keyMatches: true },
      };
      server.put(secret, 'cert-manager');
      server.status(key, (one) => ({ ...one, status: { conditions: [condition('Ready')] } }));
    } else if (object.kind === 'Gateway' || object.kind === 'ListenerSet') {
      const { listeners } = object.spec as { readonly listeners: readonly { readonly name: string }[] };
      const status = {
        listeners: listeners.map(({ name }) => ({
          name,
          conditions: ['Accepted', 'Programmed', 'ResolvedRefs'].map(condition),
        })),
      };
      server.status(key, (one) => ({ ...one, status }));
    } else if (object.kind === 'TLSRoute') {
      const { parentRefs } = object.spec as { readonly parentRefs: readonly unknown[] };
      server.status(key, (one) => ({
        ...one,
        status: {
          parents: parentRefs.map((parentRef) => ({
            parentRef,
            conditions: ['Accepted', 'ResolvedRefs'].map(condition),
          })),
        },
      }));
    }
  }
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

function timed(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/** Another inventory in which one cluster binds one name more. */
function changeOne(observed: World, index: number, round: number): World {
  const clusters = observed.inventory.clusters.map((cluster, at) =>
    at === index
      ? { ...cluster, hostnames: [...cluster.hostnames, binding(`new${round}-${index}.${BASE}`)] }
      : cluster,
  );
  return { ...observed, inventory: { ...observed.inventory, clusters } };
}

export function measurePlanner(count: number, rounds = 5): PlannerFigures {
  const empty = emptyPlatform(count);
  const full = median(Array.from({ length: rounds }, () => timed(() => createPlanner()(empty, config))));
  const { world: settled } = settle(empty);
  const heap = (): number => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  };
  const before = heap();
  const planner = createPlanner();
  let last = planner(settled, config);
  let current: World = { ...settled, memory: last.memory };
  last = planner(current, config);
  current = { ...current, memory: last.memory };
  const held = heap() - before;
  const ours = settled.host.objects.filter(
    ({ metadata }) => metadata.labels?.['app.kubernetes.io/managed-by'] === 'kubebyon',
  ).length;
  const fromNothing = median(
    Array.from({ length: rounds }, () => timed(() => createPlanner()(settled, config))),
  );
  const replans = Array.from({ length: rounds * 5 }, (_, round) => {
    const next = changeOne(current, (round * 7) % count, round);
    return timed(() => {
      const result = planner(next, config);
      current = { ...next, memory: result.memory };
    });
  });
  return {
    clusters: count,
    hostnames: count * 10,
    objects: ours,
    full,
    settled: fromNothing,
    replan: median(replans),
    fullPerCluster: full / count,
    rssMiB: Math.round(process.memoryUsage().rss / 1048576),
    bytesPerObject: Math.round(held / ours),
  };
}

if (import.meta.main) {
  const figures = [500, 5000].map((count) => measurePlanner(count));
  console.table(
    figures.map((one) => ({
      clusters: one.clusters,
      hostnames: one.hostnames,
      'objects of ours': one.objects,
      'full plan, empty host (ms)': one.full.toFixed(0),
      'full plan, settled host (ms)': one.settled.toFixed(0),
      'after one change (ms)': one.replan.toFixed(2),
      'full / one change': (one.settled / one.replan).toFixed(0),
      'per cluster (us)': (one.fullPerCluster * 1000).toFixed(0),
      'resident (MiB)': one.rssMiB,
      'bytes held per object': one.bytesPerObject,
    })),
  );
}
