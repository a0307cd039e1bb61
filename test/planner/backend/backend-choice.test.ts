import { describe, expect, test } from 'vitest';
import { BACKEND_ANNOTATIONS, BACKEND_STATE_ANNOTATIONS } from '../../../src/contract/labels.ts';
import type { WorkloadConfig } from '../../../src/contract/runtime-config.ts';
import { edgeName, edgeSliceName } from '../../../src/contract/runtime-names.ts';
import {
  type BackendPlan,
  backendStatus,
  chooseBackend,
  tenantFindings,
} from '../../../src/planner/backend/backend-choice.ts';
import { edgeNameOf } from '../../../src/planner/backend/edge-names.ts';
import { planEndpointSlices } from '../../../src/planner/backend/endpoint-slices.ts';
import { planShimService } from '../../../src/planner/backend/shim-service.ts';
import { formatTime, HOUR } from '../../../src/planner/world/clock.ts';
import type { BackendMemory } from '../../../src/planner/world/memory.ts';
import type {
  EdgeClusterInput,
  EdgeWorkloadInput,
  KubeObject,
  Probe,
  Tenant,
  World,
} from '../../../src/planner/world/world.ts';
import { contextsOf, type Held, holding } from '../../support/contexts.ts';
import { edgeLabels, worldWith } from '../../support/edge-objects.ts';
import { cluster, gatewayConfig, httpOnly, NOW, tenant } from '../../support/worlds.ts';

const EDGE = edgeName('c-1');
const now = Date.parse(NOW);
const HOUR_AGO = formatTime(now - HOUR);
const PODS = ['10.1.1.5', '10.1.2.5'];
const NODES = ['192.168.1.11', '192.168.1.12'];

interface Situation {
  readonly config?: Partial<WorkloadConfig>;
  readonly edge?: Partial<EdgeWorkloadInput>;
  readonly cluster?: Partial<EdgeClusterInput>;
  readonly others?: readonly EdgeClusterInput[];
  readonly tenant?: Partial<Tenant>;
  readonly memory?: Partial<BackendMemory>;
  readonly objects?: readonly KubeObject[];
  readonly probes?: readonly Probe[];
  readonly routes?: World['routes'];
  readonly hold?: ReturnType<typeof holding>;
}

function contextOf(situation: Situation) {
  const { workload, ...rest } = cluster(1);
  if (workload === undefined) throw new Error('no workload edge');
  const entry = { ...rest, workload: { ...workload, ...situation.edge }, ...situation.cluster };
  const memory: BackendMemory = {
    mode: 'nodeport',
    since: HOUR_AGO,
    good: 0,
    bad: 0,
    flips: [],
    ...situation.memory,
  };
  const changes: Partial<World> = {
    tenants: { 'c-1': { ...tenant(1), ...situation.tenant } },
    probes: { 'c-1': situation.probes ?? [] },
    ...(situation.routes === undefined ? {} : { routes: situation.routes }),
    ...(situation.memory === undefined
      ? {}
      : { memory: { version: 1, clusters: { 'c-1': { backend: memory } } } }),
  };
  const world = worldWith([entry, ...(situation.others ?? [])], situation.objects ?? [], changes);
  return contextsOf(world, gatewayConfig(httpOnly(situation.config ?? {})), situation.hold).of('c-1');
}

function chosen(situation: Situation = {}): BackendPlan {
  const context = contextOf(situation);
  const { workload } = context.claims;
  if (workload === undefined) throw new Error('no workload edge');
  const plan = chooseBackend(context, workload);
  if (plan === undefined) throw new Error('nothing was chosen');
  return plan;
}

const shown = (situation: Situation = {}) => {
  const { memory, endpoints, reason } = chosen(situation);
  return [memory.mode, reason, endpoints.map(({ address }) => address)];
};
const codes = (situation: Situation) => chosen(situation).findings.map(({ code }) => code);
const probesOf = (result: Probe['result'], addresses = PODS): readonly Probe[] =>
  addresses.map((address) => ({ vantage: 'host-a', address, port: 80, result, at: NOW }));
const ROUTED: World['routes'] = { agents: { 'host-a': { renewedAt: NOW, effective: ['10.1.0.0/16'] } } };
const REACHED: Situation = { probes: probesOf('ok'), routes: ROUTED };
const DIRECT = { mode: 'podip' } as const;
const NO_SERVICE = { services: [] };
const withoutPodCIDRs = (...names: readonly string[]): Partial<Tenant> => ({
  nodes: (tenant(1).nodes ?? []).map((node) =>
    names.includes(node.name) ? { ...node, podCIDRs: [] } : node,
  ),
});
/** A slice of ours as it is. */
const slice = (
  addresses: readonly string[],
  changes: { readonly namespace?: string; readonly port?: number; readonly name?: string } = {},
): KubeObject => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: {
    name: changes.name ?? edgeSliceName(EDGE, 4, 1),
    namespace: changes.namespace ?? 'vc-1',
    uid: 'slice',
    resourceVersion: '1',
    labels: edgeLabels('c-1'),
  },
  addressType: 'IPv4',
  endpoints: addresses.map((address) => ({ addresses: [address] })),
  ports: [{ name: 'http', port: changes.port ?? 30080, protocol: 'TCP' }],
});
const service = (
  name: string,
  annotations: Readonly<Record<string, string>> = {},
  namespace = 'vc-1',
): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace, uid: 'service', resourceVersion: '1', labels: edgeLabels('c-1'), annotations },
  spec: { ports: [{ name: 'http', port: 80 }] },
});

describe('a backend that was never chosen', () => {
  test('begins with NodePort, as of now', () => {
    expect(chosen(REACHED).memory).toMatchObject({ good: 1, bad: 0 });
    const { memory } = chosen();
    expect(memory).toEqual({ mode: 'nodeport', since: NOW, good: 0, bad: 0, flips: [] });
  });

  test('goes on with what memory says, then with what the Service carries', () => {
    const carried = service(EDGE, {
      [BACKEND_ANNOTATIONS.mode]: 'podip',
      [BACKEND_STATE_ANNOTATIONS.since]: HOUR_AGO,
      [BACKEND_STATE_ANNOTATIONS.flips]: '',
    });
    const unsure = { objects: [carried] };
    expect(chosen(unsure).memory).toMatchObject({ mode: 'podip', since: HOUR_AGO });
    expect(chosen({ ...unsure, memory: { since: '2026-11-23T09:30:00Z' } }).memory.since).toBe(
      '2026-11-23T09:30:00Z',
    );
    expect(chosen({ objects: [service(EDGE)] }).memory.since).toBe(NOW);
  });
});

describe('the strategy', () => {
  test('that is fixed sets the mode, as of now when it is another', () => {
    const fixed = (backendStrategy: 'podip' | 'nodeport', memory: Partial<BackendMemory>) =>
      chosen({ config: { backendStrategy }, memory: { good: 4, bad: 2, ...memory } }).memory;
    expect(fixed('podip', { mode: 'nodeport' })).toEqual({
      mode: 'podip',
      since: NOW,
      good: 0,
      bad: 0,
      flips: [],
    });
    expect(fixed('podip', { mode: 'podip' })).toMatchObject({ since: HOUR_AGO, good: 4, bad: 2 });
    expect(fixed('nodeport', { mode: 'podip' })).toMatchObject({ mode: 'nodeport', since: NOW });
  });

  test('auto takes Pods that are reached where there is no NodePort', () => {
    expect(shown({ ...REACHED, tenant: NO_SERVICE })).toEqual(['podip', 'Reachable', PODS]);
    expect(chosen({ ...REACHED, tenant: NO_SERVICE, memory: { good: 1, bad: 1 } }).memory).toMatchObject({
      since: NOW,
      good: 0,
      bad: 0,
    });
    expect(shown({ ...REACHED, probes: probesOf('timeout'), tenant: NO_SERVICE })).toEqual([
      'nodeport',
      'ProbeTimeout',
      [],
    ]);
    expect(shown({ tenant: NO_SERVICE })).toEqual(['nodeport', 'NoRouteReport from host-a', []]);
    expect(shown({ ...REACHED })[0]).toBe('nodeport');
  });

  test('auto takes Pods of shared Nodes there while nobody can say', () => {
    const edge = { topology: 'sharedNodes', podCIDRs: ['100.64.0.0/24'] } as const;
    const pods = [
      {
        ...tenant(1).pods?.[0],
        name: 'p',
        namespace: 'ingress',
        ready: true,
        labels: { app: 'ingress' },
        nodeName: 'host-a',
        podIPs: ['100.64.0.5'],
      },
    ];
    const shared = { edge, tenant: { ...NO_SERVICE, pods } };
    expect(shown(shared)).toEqual(['podip', 'NobodyProbes', ['100.64.0.5']]);
    expect(shown({ ...shared, probes: probesOf('timeout', ['100.64.0.5']) })).toEqual([
      'nodeport',
      'ProbeTimeout',
      [],
    ]);
  });
});

describe('Pods on Nodes without podCIDRs', () => {
  test('are left alone where routes are planned and NodePort is there', () => {
    const half = { ...REACHED, memory: DIRECT, tenant: withoutPodCIDRs('worker-2') };
    expect(shown(half)).toEqual(['podip', 'Reachable', ['10.1.1.5']]);
    const single = {
      ...half,
      tenant: {
        ...withoutPodCIDRs('worker-1', 'worker-2'),
        nodes: (withoutPodCIDRs('worker-1').nodes ?? []).slice(0, 1),
        pods: (tenant(1).pods ?? []).slice(0, 1),
      },
    };
    expect(shown(single)).toEqual(['nodeport', 'NodeWithoutPodCIDR', NODES.slice(0, 1)]);
    const none = { ...half, tenant: withoutPodCIDRs('worker-1', 'worker-2') };
    expect(shown(none)).toEqual(['nodeport', 'NodeWithoutPodCIDR', NODES]);
    expect(shown({ ...none, tenant: { ...none.tenant, ...NO_SERVICE } })).toEqual([
      'podip',
      'Reachable',
      PODS,
    ]);
    expect(shown({ ...none, config: { backendStrategy: 'podip' } })).toEqual(['podip', 'Reachable', PODS]);
    const { podCIDRRoute } = httpOnly();
    expect(shown({ ...none, config: { backendStrategy: 'nodeport' } })[0]).toBe('nodeport');
    expect(shown({ ...none, config: { podCIDRRoute: { ...podCIDRRoute, enabled: false } } })).toEqual([
      'podip',
      'Reachable',
      PODS,
    ]);
  });
});

describe('podCIDRs that an older cluster has', () => {
  const { workload, ...rest } = cluster(9);
  if (workload === undefined) throw new Error('no workload edge');
  const older = {
    ...rest,
    createdAt: '2025-01-01T00:00:00Z',
    workload: { ...workload, podCIDRs: ['10.1.0.0/16'] },
  };
  const conflict: Situation = { ...REACHED, others: [older] };

  test('are no way to the Pods, at once, which is told', () => {
    expect(shown({ ...conflict, memory: DIRECT })).toEqual(['nodeport', 'PodCIDRConflict', NODES]);
    expect(shown({ ...conflict, memory: DIRECT, tenant: NO_SERVICE })).toEqual([
      'podip',
      'PodCIDRConflict',
      [],
    ]);
    expect(codes(conflict)).toContain('PodCIDRConflict');
    expect(codes({ ...conflict, config: { backendStrategy: 'nodeport' } })).not.toContain('PodCIDRConflict');
  });

  test('leave Pods on the network of their Nodes alone', () => {
    const pods = (tenant(1).pods ?? []).map((pod, index) => ({
      ...pod,
      hostNetwork: true,
      podIPs: [NODES[index] ?? ''],
    }));
    const direct = { ...conflict, memory: DIRECT, tenant: { pods }, probes: probesOf('ok', NODES) };
    expect(shown(direct)).toEqual(['podip', 'Reachable', NODES]);
    expect(chosen(direct).source).toBe('hostnetwork');
    expect(shown({ ...direct, tenant: { pods: pods.slice(0, 1) } })).toEqual([
      'podip',
      'Reachable',
      NODES.slice(0, 1),
    ]);
  });
});

describe('in the mode podip', () => {
  test('one Pod is enough to stay, and without any it goes', () => {
    const one = { ...REACHED, memory: DIRECT, tenant: { pods: (tenant(1).pods ?? []).slice(0, 1) } };
    expect(shown(one)).toEqual(['podip', 'Reachable', PODS.slice(0, 1)]);
    expect(shown({ ...one, tenant: { pods: [] } })).toEqual(['nodeport', 'NoPods', NODES]);
  });

  test('a refused connection stays, and is told', () => {
    const refused = { ...REACHED, memory: DIRECT, probes: probesOf('refused') };
    expect(shown(refused)).toEqual(['podip', 'IngressDown', PODS]);
    expect(codes(refused)).toEqual(['IngressDown']);
    expect(codes({ ...REACHED, memory: DIRECT })).toEqual([]);
  });

  test('what fails is told where there is no other way', () => {
    const failing = { ...REACHED, memory: { ...DIRECT, bad: 0 }, probes: probesOf('timeout') };
    expect(codes(failing)).toEqual([]);
    expect(codes({ ...failing, config: { backendStrategy: 'podip' } })).toEqual(['BackendDegraded']);
    expect(codes({ ...failing, tenant: NO_SERVICE })).toEqual(['BackendDegraded']);
    expect(codes({ ...failing, tenant: NO_SERVICE, probes: [] })).toEqual([]);
    expect(codes({ ...failing, config: { backendStrategy: 'podip' }, tenant: { pods: [] } })).toEqual([
      'NoBackends',
    ]);
    const unroutable = { ...failing, routes: { agents: { 'host-a': { renewedAt: NOW, effective: [] } } } };
    expect(codes({ ...unroutable, tenant: NO_SERVICE })).toEqual(['BackendDegraded']);
    expect(codes({ ...failing, memory: { mode: 'nodeport' } })).toEqual([]);
    const last = {
      ...failing,
      config: { backendStrategy: 'podip' },
      tenant: { pods: (tenant(1).pods ?? []).slice(0, 1) },
    } as const;
    expect(codes(last)).toEqual(['BackendDegraded']);
    expect(codes({ ...last, cluster: { suspended: true } })).toEqual([]);
  });

  test('the other family joins when it is reached, and stays while nobody can say', () => {
    const pods = (tenant(1).pods ?? []).map((pod, index) => ({
      ...pod,
      podIPs: [...(pod.podIPs ?? []), `fd00:1::${index + 1}`],
    }));
    const nodes = (tenant(1).nodes ?? []).map((node) => ({
      ...node,
      podCIDRs: [...(node.podCIDRs ?? []), 'fd00:1::/64'],
    }));
    const six = ['fd00:1::1', 'fd00:1::2'];
    const both: Situation = {
      memory: DIRECT,
      edge: { podCIDRs: ['10.1.0.0/16', 'fd00:1::/64'] },
      tenant: { pods, nodes },
      routes: { agents: { 'host-a': { renewedAt: NOW, effective: ['10.1.0.0/16', 'fd00:1::/64'] } } },
      probes: probesOf('ok', [...PODS, ...six]),
    };
    expect(shown(both)[2]).toEqual([...PODS, ...six]);
    const unknown = { ...both, probes: probesOf('ok') };
    expect(shown(unknown)[2]).toEqual(PODS);
    expect(codes(unknown)).toEqual(['AddressFamilyLeftOut']);
    const sixth = slice(['fd00:1::1'], { name: edgeSliceName(EDGE, 6, 1) });
    expect(shown({ ...unknown, objects: [sixth] })[2]).toEqual([...PODS, ...six]);
    expect(shown({ ...unknown, objects: [slice(PODS), sixth] })[2]).toEqual([...PODS, ...six]);
    expect(shown({ ...unknown, objects: [slice(PODS)] })[2]).toEqual(PODS);
    const bad = { ...both, objects: [sixth], probes: [...probesOf('ok'), ...probesOf('timeout', six)] };
    expect(shown(bad)[2]).toEqual(PODS);
    // In the mode nodeport its Pods are no matter.
    expect(codes({ ...unknown, memory: { mode: 'nodeport' } })).toEqual([]);
  });
});

describe('without any endpoint', () => {
  const gone: Situation = { tenant: { nodes: [], pods: [], services: [] } };
  const live = slice(NODES);

  test('the route stays, which is told, unless the cluster is suspended', () => {
    expect(codes(gone)).toEqual(['NoBackends']);
    expect(chosen(gone).ports).toEqual([80]);
    const suspended = { cluster: { suspended: true } };
    expect(shown(suspended)).toEqual(['nodeport', 'Suspended', []]);
    expect(codes(suspended)).not.toContain('NoBackends');
    expect(shown()).toEqual(['nodeport', 'NoRouteReport from host-a', NODES]);
  });

  test('those that are there are withdrawn', () => {
    const withdrawals = (situation: Situation) => chosen(situation).withdrawals;
    expect(withdrawals({ ...gone, objects: [live] })).toEqual([{ kind: 'endpoint', key: 'c-1' }]);
    expect(withdrawals(gone)).toEqual([]);
    expect(withdrawals({ objects: [live] })).toEqual([]);
    expect(withdrawals({ ...gone, objects: [slice([])] })).toEqual([]);
    expect(withdrawals({ ...gone, objects: [slice(NODES, { namespace: 'old' })] })).toEqual([]);
  });

  test("those that are there stay while that is held back, as far as they are the cluster's still", () => {
    const held = (objects: readonly KubeObject[], kind: Held = 'endpoint', edge = {}) =>
      chosen({ ...gone, objects, hold: holding(kind), edge });
    const kept = held([live]);
    expect(kept.endpoints.map(({ address }) => address)).toEqual(NODES);
    expect(kept.ports).toEqual([30080]);
    expect(kept.findings).toEqual([]);
    expect(held([live], 'everything').endpoints).toHaveLength(2);
    expect(held([live], 'Service').endpoints).toEqual([]);
    expect(
      held([slice(['192.168.9.1', '10.1.1.5', ...NODES])]).endpoints.map(({ address }) => address),
    ).toEqual(['10.1.1.5', ...NODES]);
    expect(held([slice(['172.16.0.10'])], 'endpoint', { nodeCIDRs: ['172.16.0.0/16'] }).endpoints).toEqual(
      [],
    );
    expect(
      held([slice(['172.16.0.10'])], 'endpoint', { nodeCIDRs: ['172.16.0.0/16'], topology: 'sharedNodes' })
        .endpoints,
    ).toHaveLength(1);
    // What its tenant offers beside them is no matter then.
    const nodes = (tenant(1).nodes ?? []).map((node) => ({
      ...node,
      internalIPs: [...(node.internalIPs ?? []), 'fd00::1'],
    }));
    const suspended = { cluster: { suspended: true }, tenant: { nodes }, hold: holding('endpoint') };
    expect(codes({ ...suspended, objects: [slice(NODES.slice(0, 1))] })).toEqual([]);
    // What is wanted is not mixed with what was there.
    expect(
      chosen({ objects: [slice(['192.168.1.99'])], hold: holding('endpoint') }).endpoints.map(
        ({ address }) => address,
      ),
    ).toEqual(NODES);
  });
});

describe('what is probed', () => {
  test('is three Pods of the first family, where no route agents look', () => {
    const { podCIDRRoute } = httpOnly();
    const local = { config: { podCIDRRoute: { ...podCIDRRoute, mode: 'local' } } } as const;
    const { probeTargets } = chosen(local);
    expect(probeTargets.map(({ address }) => address)).toEqual(PODS);
    expect(backendStatus(chosen(local)).probeTargets).toEqual(PODS.map((address) => ({ address, port: 80 })));
    expect(chosen().probeTargets).toEqual([]);
    expect(backendStatus(chosen())).toEqual({
      mode: 'nodeport',
      port: 30080,
      source: 'tenant-nodes',
      since: NOW,
      flips: 0,
      endpoints: 2,
      reason: 'NoRouteReport from host-a',
    });
  });
});

describe('a tenant that cannot be read', () => {
  test('changes nothing, and is told', () => {
    const context = contextOf({ tenant: { readable: false } });
    const { workload } = context.claims;
    if (workload === undefined) throw new Error('no workload edge');
    expect(chooseBackend(context, workload)).toBeUndefined();
    expect(tenantFindings(context).map(({ message }) => message)).toEqual(['its API could not be read']);
    const { tenant: _, ...unread } = context;
    expect(chooseBackend({ ...unread, tenant: undefined }, workload)).toBeUndefined();
    expect(tenantFindings({ ...unread, tenant: undefined }).map(({ message }) => message)).toEqual([
      'it has not been read yet',
    ]);
    expect(tenantFindings(contextOf({}))).toEqual([]);
  });
});

describe('the slices of a cluster', () => {
  const planned = (backend: Partial<BackendPlan>, situation: Situation = {}) => {
    const context = contextOf(situation);
    const { actions } = planEndpointSlices(context, EDGE, { ...chosen(situation), ...backend });
    return actions.map(({ verb, object, after }) => {
      const name = object.metadata.name.replace(EDGE, '');
      if (verb !== 'apply' || object.kind !== 'EndpointSlice') return [verb, name, after.length];
      return [
        verb,
        name,
        object.addressType,
        object.ports?.[0]?.port,
        (object.endpoints ?? []).flatMap((one) => one.addresses),
      ];
    });
  };
  const endpoint = (address: string, port: number) => {
    const [found] = chosen().endpoints;
    if (found === undefined) throw new Error('no endpoint');
    return {
      ...found,
      address,
      port,
      ip: { ...found.ip, family: address.includes(':') ? (6 as const) : (4 as const) },
    };
  };

  test('are one for each family and port, in order of the ports', () => {
    const endpoints = [
      endpoint('10.0.0.1', 10000),
      endpoint('fd00::1', 9000),
      endpoint('10.0.0.2', 9000),
      endpoint('10.0.0.3', 10000),
    ];
    expect(planned({ endpoints })).toEqual([
      ['apply', '-ipv4', 'IPv4', 9000, ['10.0.0.2']],
      ['apply', '-ipv4-2', 'IPv4', 10000, ['10.0.0.1', '10.0.0.3']],
      ['apply', '-ipv6', 'IPv6', 9000, ['fd00::1']],
    ]);
  });

  test('are one that is empty without any endpoint', () => {
    expect(planned({ endpoints: [], ports: [8080, 9090] })).toEqual([['apply', '-ipv4', 'IPv4', 8080, []]]);
    expect(planned({ endpoints: [], ports: [] })).toEqual([['apply', '-ipv4', 'IPv4', 80, []]]);
  });

  test('that are not among them go after the others are written, and stay while everything is held back', () => {
    const objects = [
      slice(['10.0.0.9'], { name: edgeSliceName(EDGE, 6, 1) }),
      slice([], { namespace: 'old', name: 'x' }),
    ];
    expect(planned({}, { objects })).toEqual([
      ['apply', '-ipv4', 'IPv4', 30080, NODES],
      ['delete', '-ipv6', 1],
    ]);
    expect(planned({}, { objects, hold: holding('everything') })).toEqual([
      ['apply', '-ipv4', 'IPv4', 30080, NODES],
    ]);
  });
});

describe('the ports of a backend', () => {
  test('are told in order, each once', () => {
    const ports = [{ name: 'http', port: 80, targetPort: 'web', nodePort: 30080 }];
    const pods = [90, 90, 100].map((containerPort, index) => ({
      ...(tenant(1).pods?.[0] ?? { name: '', namespace: '', ready: true }),
      name: `p-${index}`,
      namespace: 'ingress',
      podIPs: [`10.1.1.${9 - index}`],
      ports: [{ name: 'web', containerPort }],
    }));
    const situation: Situation = {
      config: { backendStrategy: 'podip' },
      tenant: { pods, services: [{ name: 'ingress', namespace: 'ingress', ports }] },
    };
    expect(chosen(situation).ports).toEqual([90, 100]);
    const [action] = planShimService(contextOf(situation), EDGE, chosen(situation)).actions;
    expect(action?.verb === 'apply' ? action.object.metadata.annotations : undefined).toMatchObject({
      [BACKEND_ANNOTATIONS.mode]: 'podip',
      [BACKEND_ANNOTATIONS.port]: '90,100',
      [BACKEND_ANNOTATIONS.source]: 'pods',
    });
  });
});

describe('the base name of the edge objects', () => {
  const nameOf = (...objects: readonly KubeObject[]) => edgeNameOf(contextOf({ objects }));
  const old = EDGE.replace('c-1', 'team-1');
  const route = (name: string, namespace = 'vc-1'): KubeObject => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name, namespace, uid: 'r', resourceVersion: '1', labels: edgeLabels('c-1') },
    spec: { hostnames: ['a.test'], parentRefs: [] },
  });

  test('is that of its Service, else that of its routes, else a new one', () => {
    expect(nameOf()).toBe(EDGE);
    expect(nameOf(service(old), route(`${EDGE}-http-1`))).toBe(old);
    expect(nameOf(route(`${old}-http-1`))).toBe(old);
    expect(nameOf(service('other'), route(`${old}-http-1`))).toBe(old);
    expect(nameOf(route('stray'), route(`${old}-http-1`))).toBe(old);
    expect(nameOf(route(`${old}-http-1`, 'old'))).toBe(EDGE);
    expect(nameOf(service(old, {}, 'old'))).toBe(EDGE);
    expect(nameOf(service(old, {}, 'old'), route(`${EDGE}-http-1`))).toBe(EDGE);
  });
});
