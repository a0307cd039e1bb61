import {
  contains,
  containsRange,
  type IpAddress,
  type IpRange,
  NEVER_TENANT,
  parseCidr,
} from '../../text/ip.ts';
import type { GuardedRange, IssueReason, Kernel, KernelRoute, RoutePlan } from '../types.ts';
import { isOnLink, type Lookup } from './lookup.ts';
import { type RangeIndex, rangeIndex } from './range-index.ts';

/** What the rules know about the host, made ready once for all routes. */
export interface HostFacts {
  readonly guarded: (family: 4 | 6) => RangeIndex<GuardedRange>;
  /** The plans' ranges of Pods with the place of each plan in age. */
  readonly tenants: (family: 4 | 6) => RangeIndex<{ readonly range: IpRange; readonly age: number }>;
  isLocal(address: IpAddress): boolean;
  /** Whether an address is the router of a default route. */
  isGateway(address: IpAddress): boolean;
  /** The entry for an address. */
  way(address: IpAddress): KernelRoute | undefined;
  isUp(device: string): boolean;
}

/** One route of a plan, and what its plan allows. */
export interface RouteFacts {
  readonly host: HostFacts;
  readonly age: number;
  readonly podCIDRs: readonly IpRange[];
  readonly nodeCIDRs: readonly IpRange[];
  readonly range: IpRange;
  readonly hop: IpAddress;
}

/**
 * A reason against a route. `refuse`: it must not stand, and an entry of ours goes. `wait`: it cannot be installed now, and
 * one that stands stays, because without it packets for Pods would leave by the default route.
 */
export interface RouteRule {
  readonly reason: IssueReason;
  readonly effect: 'refuse' | 'wait';
  /** What was found, in words; undefined: nothing against it. */
  readonly finds: (facts: RouteFacts) => string | undefined;
}

/** Shortest and longest prefix of a destination. */
const LENGTHS = { 4: [16, 28], 6: [48, 120] } as const;

/** Every rule, in the order in which a route is told of. */
export const ROUTE_RULES: readonly RouteRule[] = [
  {
    reason: 'PrefixLength',
    effect: 'refuse',
    finds: ({ range: { family, prefixLength } }) => {
      const [shortest, longest] = LENGTHS[family];
      const fits = shortest <= prefixLength && prefixLength <= longest;
      return fits ? undefined : `expected a prefix from /${shortest} to /${longest}, found /${prefixLength}`;
    },
  },
  {
    reason: 'DestinationOutsideTenantPodCIDRs',
    effect: 'refuse',
    finds: ({ range, podCIDRs }) =>
      podCIDRs.some((outer) => containsRange(outer, range)) ? undefined : 'lies in none of tenantPodCIDRs',
  },
  {
    reason: 'DestinationProtected',
    effect: 'refuse',
    finds: ({ range, host }) => {
      const index = host.guarded(range.family);
      const [first] = [...index.covering(range), ...index.inside(range)];
      return first === undefined ? undefined : `overlaps ${first.range.text}, ${first.what}`;
    },
  },
  {
    reason: 'PodCIDRConflict',
    effect: 'refuse',
    finds: ({ range, age, host }) => {
      const index = host.tenants(range.family);
      const older = [...index.covering(range), ...index.inside(range)].find((other) => other.age < age);
      return older === undefined ? undefined : `overlaps ${older.range.text} of an older RoutePlan`;
    },
  },
  {
    reason: 'NextHopOutsideTenantNodeCIDRs',
    effect: 'refuse',
    finds: ({ hop, nodeCIDRs }) =>
      nodeCIDRs.some((outer) => contains(outer, hop))
        ? undefined
        : 'next hop lies in none of tenantNodeCIDRs',
  },
  {
    reason: 'NextHopProtected',
    effect: 'refuse',
    finds: ({ hop }) => {
      const guard = NEVER_TENANT.find((range) => contains(range, hop));
      return guard === undefined ? undefined : `next hop lies in ${guard.text}`;
    },
  },
  {
    reason: 'NextHopInsideDestination',
    effect: 'refuse',
    finds: ({ hop, range }) => (contains(range, hop) ? 'next hop lies in the destination' : undefined),
  },
  {
    reason: 'NextHopLocal',
    effect: 'refuse',
    finds: ({ hop, host }) => (host.isLocal(hop) ? 'next hop is an address of this host' : undefined),
  },
  {
    reason: 'NextHopIsGateway',
    effect: 'refuse',
    finds: ({ hop, host }) => (host.isGateway(hop) ? 'next hop is the router of a default route' : undefined),
  },
  {
    reason: 'NextHopNotOnLink',
    effect: 'wait',
    finds: ({ hop, host }) => {
      const way = host.way(hop);
      if (way === undefined) return 'no route leads to the next hop';
      return isOnLink(way) && isPlainName(way.device)
        ? undefined
        : `next hop is not on a link, but behind ${way.range.text}`;
    },
  },
  {
    reason: 'LinkDown',
    effect: 'wait',
    finds: ({ hop, host }) => {
      const device = host.way(hop)?.device ?? '';
      return host.isUp(device) ? undefined : `the link ${device} to the next hop is down`;
    },
  },
];

const DEVICE_NAME = /^[A-Za-z0-9][A-Za-z0-9_.@:+-]{0,14}$/;

/** A name that reads as itself in a batch of `ip`; others are legal in the kernel, and no link of a Node has one. */
export function isPlainName(device: string | undefined): device is string {
  return device !== undefined && DEVICE_NAME.test(device);
}

export interface HostFactsInput {
  readonly kernel: Kernel;
  readonly lookup: Lookup;
  /** Whether an entry is of this installation. */
  readonly isOwn: (route: KernelRoute) => boolean;
  readonly guarded: readonly GuardedRange[];
  /** The oldest first. */
  readonly plans: readonly RoutePlan[];
}

export function hostFacts({ kernel, lookup, isOwn, guarded, plans }: HostFactsInput): HostFacts {
  const addresses = kernel.links.flatMap((link) => link.addresses);
  const locals = new Set(addresses.map(({ ip }) => nameOf(ip)));
  const gateways = new Set(
    kernel.routes
      .filter((route) => route.range.prefixLength === 0 && !isOwn(route))
      .flatMap(({ gateway }) => (gateway === undefined ? [] : [nameOf(gateway)])),
  );
  const all: readonly GuardedRange[] = [
    ...NEVER_TENANT.map((range) => ({ range, what: 'which is never a network of Pods' })),
    ...guarded,
    ...addresses.map(({ network }) => ({ range: network, what: 'a network of this host' })),
  ];
  const tenants = plans.flatMap(({ podCIDRs }, age) =>
    podCIDRs.flatMap((text) => {
      const range = parseCidr(text);
      return range === undefined ? [] : [{ range, age }];
    }),
  );
  const ways = new Map<string, KernelRoute | undefined>();
  const up = new Set(kernel.links.filter(({ isUp }) => isUp).map(({ name }) => name));
  return {
    guarded: perFamily(all),
    tenants: perFamily(tenants),
    isLocal: (address) => locals.has(nameOf(address)),
    isGateway: (address) => gateways.has(nameOf(address)),
    way: (address) => {
      const name = nameOf(address);
      if (!ways.has(name)) ways.set(name, lookup.route(address));
      return ways.get(name);
    },
    isUp: (device) => up.has(device),
  };
}

function perFamily<Item extends { readonly range: IpRange }>(
  items: readonly Item[],
): (family: 4 | 6) => RangeIndex<Item> {
  const of = (family: 4 | 6): RangeIndex<Item> =>
    rangeIndex(
      items.filter(({ range }) => range.family === family),
      family,
      ({ range }) => range,
    );
  const both = { 4: of(4), 6: of(6) };
  return (family) => both[family];
}

function nameOf({ family, value }: IpAddress): string {
  return `${family}/${value}`;
}
