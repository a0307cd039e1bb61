import { describe, expect, test } from 'vitest';
import type { BackendInput } from '../../../src/planner/backend/backend-input.ts';
import { backendCandidates } from '../../../src/planner/backend/candidates.ts';
import { protectionOf } from '../../../src/planner/backend/protection.ts';
import { claimsOf } from '../../../src/planner/ownership/claims.ts';
import type {
  EdgeWorkloadInput,
  HostNode,
  Tenant,
  TenantNode,
  TenantPod,
  TenantService,
} from '../../../src/planner/world/world.ts';
import { parseCidr } from '../../../src/text/ip.ts';
import { BASE, cluster, workloadConfig } from '../../support/worlds.ts';

interface Situation {
  readonly edge?: Partial<EdgeWorkloadInput>;
  readonly pods?: readonly Partial<TenantPod>[];
  readonly nodes?: readonly Partial<TenantNode>[];
  readonly service?: Partial<TenantService> | 'absent';
  readonly services?: readonly TenantService[];
  readonly config?: Parameters<typeof workloadConfig>[0];
  readonly hostNodes?: readonly HostNode[];
  readonly hostNodeCIDRs?: readonly string[];
  readonly protectedCIDRs?: readonly string[];
}

const HOST: readonly HostNode[] = [
  { name: 'host-a', ready: true, internalIPs: ['172.16.0.10'], podCIDRs: ['100.64.0.0/24'] },
];
const service = (changes: Partial<TenantService> = {}): TenantService => ({
  name: 'ingress',
  namespace: 'ingress',
  ports: [{ name: 'http', port: 80, targetPort: 80, nodePort: 30080 }],
  ...changes,
});
const POD: TenantPod = {
  name: 'ingress-1',
  namespace: 'ingress',
  nodeName: 'worker-1',
  podIPs: ['10.1.1.5'],
  ready: true,
  labels: { app: 'ingress' },
  ports: [{ name: 'http', containerPort: 80 }],
};
const NODE: TenantNode = {
  name: 'worker-1',
  ready: true,
  internalIPs: ['192.168.1.11'],
  podCIDRs: ['10.1.1.0/24'],
};

/** One Pod on one Node, and a Service with a NodePort, but for what is given. */
function inputOf(situation: Situation): BackendInput {
  const { workload, ...rest } = cluster(1);
  if (workload === undefined) throw new Error('no workload edge');
  const claims = claimsOf({ ...rest, workload: { ...workload, ...situation.edge } }, BASE).workload;
  if (claims === undefined) throw new Error('no workload edge');
  const { service: changes = {}, hostNodes = HOST } = situation;
  const world: Tenant = {
    readable: true,
    pods: (situation.pods ?? [{}]).map((pod) => ({ ...POD, ...pod })),
    nodes: (situation.nodes ?? [{}]).map((node) => ({ ...NODE, ...node })),
    services: situation.services ?? (changes === 'absent' ? [] : [service(changes)]),
  };
  return {
    clusterId: 'c-1',
    config: workloadConfig(situation.config),
    workload: claims,
    tenant: world,
    host: { complete: true, nodes: hostNodes, nodeCIDRs: situation.hostNodeCIDRs },
    protection: protectionOf({ nodes: hostNodes, protectedCIDRs: situation.protectedCIDRs ?? [] }),
  };
}

const of = (situation: Situation = {}) => {
  const found = backendCandidates(inputOf(situation));
  const shown = (endpoints: typeof found.podip) => endpoints.map(({ address, port }) => `${address} ${port}`);
  return { ...found, podip: shown(found.podip), nodeport: shown(found.nodeport) };
};
const messagesOf = (situation: Situation) =>
  of(situation).findings.map(({ code, message }) => [code, message]);
type ServicePort = NonNullable<TenantService['ports']>[number];
const port = (changes: Partial<ServicePort>): Partial<TenantService> => ({
  ports: [{ name: 'http', port: 80, targetPort: 80, nodePort: 30080, ...changes }],
});

test('Pods and Nodes of a tenant in order are used both ways', () => {
  const { podip, nodeport, podipSource, nodeportSource, findings } = of();
  expect({ podip, nodeport, podipSource, nodeportSource, findings }).toEqual({
    podip: ['10.1.1.5 80'],
    nodeport: ['192.168.1.11 30080'],
    podipSource: 'pods',
    nodeportSource: 'tenant-nodes',
    findings: [],
  });
});

describe('of the Pods', () => {
  test.each<[string, Partial<TenantPod>]>([
    ['not Ready', { ready: false }],
    ['terminating', { terminating: true }],
    ['in another namespace', { namespace: 'other' }],
    ['without the labels of the selector', { labels: {} }],
    ['with another value of a label', { labels: { app: 'other' } }],
    ['without an address', { podIPs: [] }],
  ])('one that is %s is not used', (_, pod) => {
    expect(of({ pods: [pod] }).podip).toEqual([]);
    expect(messagesOf({ pods: [pod] })).toEqual([]);
  });

  test('those with all labels of the selector are used', () => {
    const edge = { ingress: { ...ingress(), podSelector: { app: 'ingress', tier: 'edge' } } };
    expect(of({ edge }).podip).toEqual([]);
    expect(of({ edge, pods: [{ labels: { app: 'ingress', tier: 'edge', x: 'y' } }] }).podip).toHaveLength(1);
    expect(of({ pods: [{ terminating: false }] }).podip).toHaveLength(1);
  });

  test('all on the network of their Node are so called, and not when one is not', () => {
    const direct = { hostNetwork: true, podIPs: ['192.168.1.11'] };
    expect(of({ pods: [direct] }).podipSource).toBe('hostnetwork');
    expect(of({ pods: [direct, {}] }).podipSource).toBe('pods');
    expect(of({ pods: [] }).podipSource).toBe('pods');
  });
});

function ingress(): EdgeWorkloadInput['ingress'] {
  return { namespace: 'ingress', serviceName: 'ingress', podSelector: { app: 'ingress' } };
}

describe('the port', () => {
  const ports: readonly ServicePort[] = [
    { name: 'metrics', port: 9000, targetPort: 9001, nodePort: 30001 },
    { name: 'http', port: 80, targetPort: 8080, nodePort: 30002 },
    { name: 'alt', port: 81, nodePort: 30003 },
  ];
  const used = (named: { readonly portName?: string; readonly port?: number }, list = ports) => {
    const { podip, nodeport } = of({
      edge: { ingress: { ...ingress(), ...named } },
      service: { ports: list },
    });
    return [...podip, ...nodeport].map((text) => Number(text.split(' ')[1]));
  };

  test('is the one of the name, else the one of the number, else 80', () => {
    expect(used({ portName: 'metrics' })).toEqual([9001, 30001]);
    expect(used({ portName: 'metrics', port: 81 })).toEqual([9001, 30001]);
    expect(used({ portName: 'gone', port: 9000 })).toEqual([9001, 30001]);
    expect(used({ port: 81 })).toEqual([81, 30003]);
    expect(used({})).toEqual([8080, 30002]);
  });

  test('is the first when nothing was asked for and there is no 80', () => {
    const [metrics, , alt] = ports;
    if (metrics === undefined || alt === undefined) throw new Error('no ports');
    expect(used({}, [metrics, alt])).toEqual([9001, 30001]);
    // Something was asked for, so the Pods are tried on 80 and no NodePort is taken for it.
    expect(used({ port: 82 }, [metrics, alt])).toEqual([80]);
    expect(used({ portName: 'gone' }, [metrics, alt])).toEqual([80]);
    expect(used({ portName: 'gone' })).toEqual([8080, 30002]);
  });

  test('has the number that the Pod gives its name', () => {
    const named = { service: port({ targetPort: 'web' }) };
    const withPorts = (...list: NonNullable<TenantPod['ports']>) =>
      of({ ...named, pods: [{ ports: list }] }).podip;
    expect(withPorts({ name: 'x', containerPort: 1 }, { name: 'web', containerPort: 8443 })).toEqual([
      '10.1.1.5 8443',
    ]);
    expect(withPorts({ name: 'x', containerPort: 1 })).toEqual([]);
    expect(of({ ...named, pods: [{ ports: [] }] }).podip).toEqual([]);
  });

  test('of a Pod lies between 1 and 65535', () => {
    const at = (targetPort: number) => of({ service: port({ targetPort }) }).podip;
    expect([at(1), at(65535), at(0), at(65536)].map((list) => list.length)).toEqual([1, 1, 0, 0]);
  });

  test('of a Node lies between 30000 and 32767, and another is told', () => {
    const at = (nodePort: number) => of({ service: port({ nodePort }) }).nodeport;
    expect([at(30000), at(32767), at(29999), at(32768)].map((list) => list.length)).toEqual([1, 1, 0, 0]);
    expect(messagesOf({ service: port({ nodePort: 30000 }) })).toEqual([]);
    expect(messagesOf({ service: port({ nodePort: 80 }) })).toEqual([
      ['NodePortOutOfRange', 'Service ingress has nodePort 80'],
    ]);
    expect(messagesOf({ service: { ports: [{ name: 'http', port: 80 }] } })).toEqual([
      ['NodePortOutOfRange', 'Service ingress has nodePort none'],
    ]);
    expect(messagesOf({ service: port({ nodePort: 80 }), config: { backendStrategy: 'podip' } })).toEqual([]);
    expect(messagesOf({ service: 'absent' })).toEqual([]);
  });

  test('is that of the Service of this name in this namespace', () => {
    const others = [
      service({ namespace: 'other', ...port({ nodePort: 30001 }) }),
      service({ name: 'x', ...port({ nodePort: 30002 }) }),
    ];
    expect(of({ services: [...others, service()] }).nodeport).toEqual(['192.168.1.11 30080']);
    expect(of({ services: others }).nodeport).toEqual([]);
  });
});

describe('of the Nodes', () => {
  const two = [{}, { name: 'worker-2', internalIPs: ['192.168.1.12'] }];

  test('those that are Ready are used, and with externalTrafficPolicy Local those with a Pod', () => {
    expect(of({ nodes: two }).nodeport).toEqual(['192.168.1.11 30080', '192.168.1.12 30080']);
    expect(of({ nodes: [{ ready: false }, ...two.slice(1)] }).nodeport).toEqual(['192.168.1.12 30080']);
    const local = { externalTrafficPolicy: 'Local' } as const;
    expect(of({ nodes: two, service: local }).nodeport).toEqual(['192.168.1.11 30080']);
    expect(of({ nodes: two, service: local, pods: [] }).nodeport).toEqual([]);
    expect(of({ nodes: two, service: local, pods: [{ ready: false }] }).nodeport).toEqual([]);
  });

  test('the address of the wanted kind is used, else the other', () => {
    const both = [{ internalIPs: ['192.168.1.11'], externalIPs: ['192.168.1.99'] }];
    const at = (nodeAddressType: 'internal' | 'external', nodes: readonly Partial<TenantNode>[] = both) =>
      of({ nodes, config: { nodeAddressType } }).nodeport;
    expect(at('internal')).toEqual(['192.168.1.11 30080']);
    expect(at('external')).toEqual(['192.168.1.99 30080']);
    expect(at('external', [{ internalIPs: ['192.168.1.11'], externalIPs: [] }])).toEqual([
      '192.168.1.11 30080',
    ]);
    expect(at('internal', [{ internalIPs: [], externalIPs: ['192.168.1.99'] }])).toEqual([
      '192.168.1.99 30080',
    ]);
  });

  test('of a cluster on the Nodes of the host are those of the host', () => {
    const shared = { edge: { topology: 'sharedNodes', nodeCIDRs: ['172.16.0.0/24'] } } as const;
    expect(of(shared)).toMatchObject({ nodeport: ['172.16.0.10 30080'], nodeportSource: 'host-nodes' });
    expect(of({ ...shared, hostNodeCIDRs: ['10.9.0.0/16'] }).nodeport).toEqual([]);
    expect(
      of({ ...shared, edge: { topology: 'sharedNodes', nodeCIDRs: [] }, hostNodeCIDRs: ['172.16.0.0/16'] })
        .nodeport,
    ).toEqual(['172.16.0.10 30080']);
    // The CIDRs of the host say nothing of the Nodes of a cluster.
    expect(of({ hostNodeCIDRs: ['10.9.0.0/16'] }).nodeport).toEqual(['192.168.1.11 30080']);
  });
});

describe('an address', () => {
  const refusal = (situation: Situation) => messagesOf(situation).map(([, message]) => message);
  const pod = (address: string, why: string) =>
    `Pod ingress/ingress-1 names "${address}", which ${why}; it is not used`;

  test('of a Pod must lie in the podCIDRs of the cluster and of its Node', () => {
    expect(refusal({ pods: [{ podIPs: ['10.2.1.5'] }] })).toEqual([
      pod('10.2.1.5', "lies outside the cluster's podCIDRs"),
    ]);
    expect(refusal({ pods: [{ podIPs: ['10.1.9.5'] }] })).toEqual([
      pod('10.1.9.5', 'lies outside the podCIDRs of its Node worker-1'),
    ]);
    expect(refusal({ pods: [{ nodeName: 'gone' }] })).toEqual([
      pod('10.1.1.5', 'belongs to the Node gone, which is not there'),
    ]);
    expect(of({ nodes: [{ podCIDRs: [] }], pods: [{ podIPs: ['10.1.9.5'] }] }).podip).toEqual([
      '10.1.9.5 80',
    ]);
    expect(
      of({ nodes: [{ podCIDRs: ['10.1.8.0/24', '10.1.9.0/24'] }], pods: [{ podIPs: ['10.1.9.5'] }] }).podip,
    ).toEqual(['10.1.9.5 80']);
  });

  test('on the network of its Node must lie in the nodeCIDRs, and is never one of the host', () => {
    const direct = (podIPs: readonly string[]) => [{ hostNetwork: true, podIPs }];
    expect(of({ pods: direct(['192.168.1.50']) }).podip).toEqual(['192.168.1.50 80']);
    const two = { nodeCIDRs: ['192.168.9.0/24', '192.168.1.0/24'] };
    expect(of({ edge: two, pods: direct(['192.168.1.50']) }).podip).toEqual(['192.168.1.50 80']);
    expect(refusal({ pods: direct(['10.1.1.5']) })).toEqual([
      pod('10.1.1.5', "lies outside the cluster's nodeCIDRs"),
    ]);
    expect(
      refusal({ pods: direct(['192.168.1.50']), edge: { topology: 'sharedNodes' }, service: 'absent' }),
    ).toEqual([pod('192.168.1.50', 'is that of a host Node')]);
  });

  test('is never in a protected network, of Pods and of Nodes', () => {
    const protectedCIDRs = ['10.1.1.0/30', '192.168.1.0/28'];
    expect(refusal({ protectedCIDRs, pods: [{ podIPs: ['10.1.1.1'] }] })).toEqual([
      pod('10.1.1.1', 'lies in the protected network 10.1.1.0/30'),
      'Node worker-1 names "192.168.1.11", which lies in the protected network 192.168.1.0/28; it is not used',
    ]);
    expect(
      refusal({ edge: { nodeCIDRs: ['169.254.0.0/16'] }, nodes: [{ internalIPs: ['169.254.169.254'] }] }),
    ).toEqual([
      'Node worker-1 names "169.254.169.254", which lies in the protected network 169.254.0.0/16; it is not used',
    ]);
  });

  test('in the Pod network of the host is protected from clusters with Nodes of their own alone', () => {
    const edge = { podCIDRs: ['100.64.0.0/16'] };
    const pods = [{ podIPs: ['100.64.0.5'], nodeName: 'host-a' }];
    expect(refusal({ edge, pods, nodes: [{ name: 'host-a', podCIDRs: [] }] })).toEqual([
      pod('100.64.0.5', 'lies in the protected network 100.64.0.0/24'),
    ]);
    expect(of({ edge: { ...edge, topology: 'sharedNodes' }, pods }).podip).toEqual(['100.64.0.5 80']);
  });

  test("of a host Node is no address of a Pod, and one of a shared Node is held to what is never a tenant's", () => {
    const shared = {
      topology: 'sharedNodes',
      nodeCIDRs: ['0.0.0.0/0'],
      podCIDRs: ['172.16.0.0/16'],
    } as const;
    const pods = [{ podIPs: ['172.16.0.10'], nodeName: 'host-a' }];
    expect(refusal({ edge: shared, pods })).toEqual([
      pod('172.16.0.10', 'lies in the protected network 172.16.0.10/32'),
    ]);
    const loopback = [{ name: 'host-a', ready: true, internalIPs: ['127.0.0.1'], podCIDRs: [] }];
    expect(refusal({ edge: shared, pods: [], hostNodes: loopback })).toEqual([
      'Node host-a names "127.0.0.1", which lies in the protected network 127.0.0.0/8; it is not used',
    ]);
  });

  test('of a Node must be of a family that the Service has', () => {
    const nodes = [{ internalIPs: ['192.168.1.11', 'fd00:1::1'] }];
    const edge = { nodeCIDRs: ['192.168.1.0/24', 'fd00:1::/64'] };
    const families = (...ipFamilies: NonNullable<TenantService['ipFamilies']>) =>
      of({ nodes, edge, service: { ipFamilies } }).nodeport;
    expect(families('IPv4', 'IPv6')).toEqual(['192.168.1.11 30080', 'fd00:1::1 30080']);
    expect(families('IPv6')).toEqual(['fd00:1::1 30080']);
    expect(of({ nodes, edge }).nodeport).toHaveLength(2);
    expect(
      refusal({ nodes: [{ internalIPs: ['192.168.1.11'] }], service: { ipFamilies: ['IPv6'] } }),
    ).toEqual([
      'Node worker-1 names "192.168.1.11", which is none that its NodePort answers on (Service ingress, ipFamilies IPv6); it is not used',
    ]);
  });

  test('that is none is refused with at most 64 characters of it', () => {
    const long = 'x'.repeat(200);
    expect(refusal({ pods: [{ podIPs: [long] }] })).toEqual([
      pod('x'.repeat(64), 'is not an IP address in its plain form'),
    ]);
    const name = 'n'.repeat(200);
    const [lost] = refusal({ pods: [{ podIPs: ['10.1.9.5'], nodeName: name }], nodes: [{ name }] });
    expect(lost).toBe(pod('10.1.9.5', `lies outside the podCIDRs of its Node ${'n'.repeat(80)}`));
    const [said] = refusal({ pods: [{ name, podIPs: ['x'] }] });
    expect(said?.startsWith(`Pod ingress/${'n'.repeat(68)} names`)).toBe(true);
  });
});

describe('a Pod that no route can be planned to', () => {
  const unrouted = (situation: Situation) =>
    backendCandidates(inputOf(situation)).podip.map((one) => one.unrouted);

  test('is one on a Node without podCIDRs, on Nodes of its own cluster', () => {
    expect(unrouted({})).toEqual([undefined]);
    expect(unrouted({ nodes: [{ podCIDRs: [] }] })).toEqual([true]);
    expect(
      unrouted({ nodes: [{ podCIDRs: [] }], pods: [{ hostNetwork: true, podIPs: ['192.168.1.11'] }] }),
    ).toEqual([undefined]);
    const hostNodes = [{ name: 'worker-1', ready: true, internalIPs: ['172.16.0.10'], podCIDRs: [] }];
    expect(unrouted({ edge: { topology: 'sharedNodes' }, hostNodes })).toEqual([undefined]);
  });
});

describe('what is protected', () => {
  test("is what is never a tenant's, what the host names, its Nodes, and for private Nodes its Pods", () => {
    const nodes = [
      {
        name: 'a',
        ready: true,
        internalIPs: ['172.16.0.10', 'fd00::1'],
        externalIPs: ['203.0.113.1', 'garbage'],
        podCIDRs: ['100.64.0.0/24'],
      },
      { name: 'b', ready: true },
    ];
    const { sharedNodes, privateNodes } = protectionOf({
      nodes,
      protectedCIDRs: ['10.96.0.0/12', 'garbage'],
    });
    const shared = sharedNodes.map(({ text }) => text);
    expect(shared.slice(-4)).toEqual(['10.96.0.0/12', '172.16.0.10/32', 'fd00::1/128', '203.0.113.1/32']);
    expect(shared).toContain('127.0.0.0/8');
    expect(privateNodes.map(({ text }) => text)).toEqual([...shared, '100.64.0.0/24']);
    expect(protectionOf({}).privateNodes).toContainEqual(parseCidr('169.254.0.0/16'));
  });
});
