import type { RuntimeConfig } from '../src/contract/runtime-config.ts';
import { createPlanner, type PlanResult } from '../src/planner/engine/planner.ts';
import type { DnsAnswer, EdgeClusterInput, KubeObject, Tenant, World } from '../src/planner/world/world.ts';
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

/** Both entries, ListenerSets, and a wildcard certificate of the base domain. */
export const CONFIG: RuntimeConfig = gatewayConfig(
  workloadConfig({ listenerSets: true, tls: tlsConfig({ wildcardCertificate: true }) }),
);

/** Nine platform-managed names under the wildcard and one self-managed name per cluster. */
export function clusterAt(index: number): EdgeClusterInput {
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

/** A platform of which only the inventory is there: nothing has been written yet. */
export function emptyPlatform(count: number): World {
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

export interface Settled {
  readonly world: World;
  /** Its plan, without actions. */
  readonly result: PlanResult;
}

/** Lets the platform come to rest: writes go through, controllers answer at once. */
export function settle(start: World): Settled {
  let now = Date.parse(NOW);
  const server = apiServer(() => now);
  for (const object of start.host.objects) server.put(object, 'helm');
  const planner = createPlanner();
  let observed: World = { ...start, host: { ...start.host, objects: server.list() } };
  for (let round = 0; round < 20; round += 1) {
    const result = planner(observed, CONFIG);
    if (result.actions.length === 0) {
      const [said] = result.findings;
      if (said !== undefined) throw new Error(`the platform at rest has a finding: ${said.message}`);
      return { world: { ...observed, memory: result.memory }, result };
    }
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

/** What the Gateway controller and cert-manager do: certificates are issued, listeners and routes accepted. */
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
        conditions: ['Accepted', 'Programmed'].map(condition),
        listeners: listeners.map(({ name }) => ({
          name,
          conditions: ['Accepted', 'Programmed', 'ResolvedRefs'].map(condition),
        })),
      };
      server.status(key, (one) => ({ ...one, status }));
    } else if (object.kind === 'TLSRoute' || object.kind === 'HTTPRoute') {
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

/** Another inventory in which one cluster binds one name more. */
export function changeOne(observed: World, index: number, round: number): World {
  const clusters = observed.inventory.clusters.map((cluster, at) =>
    at === index
      ? { ...cluster, hostnames: [...cluster.hostnames, binding(`new${round}-${index}.${BASE}`)] }
      : cluster,
  );
  return { ...observed, inventory: { ...observed.inventory, clusters } };
}
