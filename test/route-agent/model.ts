import type {
  Host,
  Kernel,
  KernelLink,
  KernelRoute,
  KernelRule,
  Policy,
  RouteOp,
  RoutePlan,
} from '../../src/route-agent/types.ts';
import { contains, formatCidr, type IpAddress, type IpRange, parseCidr, parseIp } from '../../src/text/ip.ts';

/** A kernel that exists on paper only, and behaves as the real one does (measured: test/conformance/route-agent). */

export const POLICY: Policy = { protocol: 157, metric: 4242, allowedCoverings: [] };
/** The same, with guards. */
export const GUARDING: Policy = { ...POLICY, guardProtocol: 158 };
export const HOST: Host = { nodeName: 'host-a', labels: { zone: 'a' }, guarded: [] };

export function range(text: string): IpRange {
  const parsed = parseCidr(text);
  if (parsed === undefined) throw new Error(`${text} is no range`);
  return parsed;
}

export function address(text: string): IpAddress {
  const parsed = parseIp(text);
  if (parsed === undefined) throw new Error(`${text} is no address`);
  return parsed;
}

/** A plan of the tenant 10.64.0.0/16 whose Nodes are in 192.0.2.0/24, unless said otherwise. */
export function plan(fields: Partial<RoutePlan> = {}): RoutePlan {
  return {
    key: 'plans/c-1',
    uid: 'uid-1',
    createdAt: '2026-01-01T00:00:00Z',
    generation: 1,
    podCIDRs: ['10.64.0.0/16', 'fd00:64::/48'],
    nodeCIDRs: ['192.0.2.0/24', '2001:db8::/64'],
    nodeSelector: {},
    staleAfterSeconds: 120,
    routes: [],
    probes: [],
    ...fields,
  };
}

export const route = (destination: string, nextHop = '192.0.2.11') => ({ destination, nextHop });

export type EntryFields = Partial<Omit<KernelRoute, 'range' | 'gateway'>>;

/** An entry of the main table via a gateway, of another program unless said otherwise. */
export function entry(destination: string, gateway?: string, fields: EntryFields = {}): KernelRoute {
  return {
    range: range(destination),
    table: 254,
    protocol: 4,
    metric: 0,
    type: 1,
    scope: gateway === undefined ? 253 : 0,
    device: 'eth0',
    ...(gateway === undefined ? {} : { gateway: address(gateway) }),
    isPlain: true,
    isDead: false,
    ...fields,
  };
}

export function own(destination: string, gateway = '192.0.2.11', fields: EntryFields = {}): KernelRoute {
  return entry(destination, gateway, { protocol: 157, metric: 4242, ...fields });
}

export function guard(destination: string): KernelRoute {
  const { gateway: _, device: __, ...rest } = own(destination);
  return { ...rest, protocol: 158, metric: 4_294_967_295, type: 7 };
}

function link(name: string, texts: readonly (readonly [string, string])[], isUp = true): KernelLink {
  return {
    name,
    isUp,
    addresses: texts.map(([ip, network]) => ({ ip: address(ip), network: range(network) })),
  };
}

export const RULES: readonly KernelRule[] = ([4, 6] as const).flatMap((family) =>
  [
    [0, 255],
    [32_766, 254],
  ].map(([priority = 0, table = 0]) => ({ family, priority, table, isSelective: false })),
);

const CONNECTED = [
  entry('192.0.2.0/24', undefined, { protocol: 2 }),
  entry('2001:db8::/64', undefined, { protocol: 2, scope: 0, metric: 256 }),
];
const DEFAULTS = [entry('0.0.0.0/0', '192.0.2.1'), entry('::/0', '2001:db8::1', { metric: 1024 })];

/** A host with 192.0.2.2 on eth0, a default route by 192.0.2.1, and further entries. */
export function kernel(entries: readonly KernelRoute[] = [], fields: Partial<Kernel> = {}): Kernel {
  return {
    routes: [...DEFAULTS, ...CONNECTED, ...entries],
    rules: RULES,
    links: [
      link('lo', [['127.0.0.1', '127.0.0.0/8']]),
      link('eth0', [
        ['192.0.2.2', '192.0.2.0/24'],
        ['2001:db8::2', '2001:db8::/64'],
      ]),
    ],
    ...fields,
  };
}

const isEqual = (one: IpRange, other: IpRange): boolean => formatCidr(one) === formatCidr(other);

/** What the kernel says to one change: its answer and the tables after it. */
export function applyOp(
  before: Kernel,
  op: RouteOp,
): { readonly answer: 'done' | 'File exists' | 'No such process'; readonly kernel: Kernel } {
  const { routes } = before;
  const inMain = (one: KernelRoute): boolean => one.table === 254 && isEqual(one.range, op.route.range);
  const place = routes.findIndex((one) => inMain(one) && one.metric === op.route.metric);
  if (op.do === 'delete' || op.do === 'unguard') {
    const gone = routes.find(
      (one) =>
        inMain(one) &&
        one.metric === op.route.metric &&
        one.protocol === op.route.protocol &&
        (op.do === 'delete' || one.type === 7),
    );
    if (gone === undefined) return { answer: 'No such process', kernel: before };
    return { answer: 'done', kernel: { ...before, routes: routes.filter((one) => one !== gone) } };
  }
  if (op.do === 'guard') {
    if (place >= 0) return { answer: 'File exists', kernel: before };
    return { answer: 'done', kernel: { ...before, routes: [...routes, guard(formatCidr(op.route.range))] } };
  }
  const { range: to, protocol, metric, nextHop, device } = op.route;
  const made: KernelRoute = {
    ...{ range: to, table: 254, protocol, metric, type: 1, scope: 0, device, gateway: nextHop },
    ...{ isPlain: true, isDead: false },
  };
  if (place < 0) return { answer: 'done', kernel: { ...before, routes: [...routes, made] } };
  if (op.do === 'add') return { answer: 'File exists', kernel: before };
  return { answer: 'done', kernel: { ...before, routes: routes.with(place, made) } };
}

export function applyOps(before: Kernel, ops: readonly RouteOp[]): Kernel {
  return ops.reduce((state, op) => applyOp(state, op).kernel, before);
}

export const foreignIn = ({ routes }: Kernel): readonly KernelRoute[] =>
  routes.filter(({ protocol }) => protocol !== POLICY.protocol && protocol !== GUARDING.guardProtocol);

/** The entry that the kernel takes for an address, found the simple way: by looking at all of them. */
export function slowLookup({ routes }: Kernel, ip: IpAddress): KernelRoute | undefined {
  return routes
    .filter((one) => one.table === 254 && contains(one.range, ip))
    .sort((a, b) => b.range.prefixLength - a.range.prefixLength || a.metric - b.metric)[0];
}
