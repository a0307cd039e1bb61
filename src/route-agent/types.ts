import type { IpAddress, IpRange } from '../text/ip.ts';

/** A RoutePlan as an agent reads it. Its texts are not trusted: whoever may write the object may write anything. */
export interface RoutePlan {
  /** `namespace/name`. */
  readonly key: string;
  readonly uid: string;
  /** RFC 3339, by the API server. */
  readonly createdAt: string;
  readonly generation?: number;
  readonly podCIDRs: readonly string[];
  readonly nodeCIDRs: readonly string[];
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly staleAfterSeconds: number;
  readonly routes: readonly PlannedRoute[];
  readonly probes: readonly ProbeTarget[];
}

export interface PlannedRoute {
  readonly destination: string;
  readonly nextHop: string;
}

export interface ProbeTarget {
  readonly address: string;
  readonly port: number;
}

/** Everything of the kernel that a decision rests on, read at one time. */
export interface Kernel {
  readonly routes: readonly KernelRoute[];
  readonly rules: readonly KernelRule[];
  readonly links: readonly KernelLink[];
}

/** One entry of a routing table. */
export interface KernelRoute {
  readonly range: IpRange;
  readonly table: number;
  readonly protocol: number;
  /** 0 where the kernel shows none. */
  readonly metric: number;
  readonly type: number;
  readonly scope: number;
  readonly device?: string;
  readonly gateway?: IpAddress;
  /** It has one next hop at most, of its own family, and nothing else that `ip route add` would have to repeat. */
  readonly isPlain: boolean;
  /** The kernel passes it over: its link is down. */
  readonly isDead: boolean;
}

/** One rule of policy routing: which table is asked about which packets. */
export interface KernelRule {
  readonly family: 4 | 6;
  readonly priority: number;
  /** Absent: the rule decides by itself, or jumps. */
  readonly table?: number;
  readonly goto?: number;
  /** To where; every address unless given. */
  readonly to?: IpRange;
  /** Prefixes of at most so many bits are passed over. */
  readonly suppressed?: number;
  /** It is about some packets only, by mark, source, interface, user or port; those of a host by itself are none of them. */
  readonly isSelective: boolean;
}

export interface KernelLink {
  readonly name: string;
  /** It is up and has a carrier. */
  readonly isUp: boolean;
  readonly addresses: readonly KernelAddress[];
}

export interface KernelAddress {
  readonly ip: IpAddress;
  /** The network that it is connected to. */
  readonly network: IpRange;
}

/** The host Node as decisions need it. */
export interface Host {
  readonly nodeName: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Ranges that no route may touch, each with what it is in words. */
  readonly guarded: readonly GuardedRange[];
}

export interface GuardedRange {
  readonly range: IpRange;
  readonly what: string;
}

/** How this installation marks and bounds its routes. */
export interface Policy {
  /** The number that marks our entries; nothing without it is ever touched. */
  readonly protocol: number;
  readonly metric: number;
  /** The number that marks guards (`plan/guards.ts`); without it there are none. */
  readonly guardProtocol?: number;
  /** Foreign routes of exactly these ranges may cover a destination, such as a static 10.0.0.0/8. */
  readonly allowedCoverings: readonly IpRange[];
}

/** A change of the main table. */
export type RouteOp =
  | { readonly do: 'add' | 'replace'; readonly route: OwnRoute }
  | { readonly do: 'delete'; readonly route: OwnEntry }
  /** A guard comes or goes: an entry by which packets for the range find no way. */
  | { readonly do: 'guard'; readonly route: OwnEntry }
  | { readonly do: 'unguard'; readonly route: OwnEntry };

/** An entry of ours by what identifies it in the kernel. */
export interface OwnEntry {
  readonly range: IpRange;
  readonly protocol: number;
  readonly metric: number;
}

export interface OwnRoute extends OwnEntry {
  readonly nextHop: IpAddress;
  readonly device: string;
}

export type IssueReason =
  | 'CommandFailed'
  | 'DestinationMalformed'
  | 'DestinationOutsideTenantPodCIDRs'
  | 'DestinationProtected'
  | 'DuplicateDestination'
  | 'ForeignRoute'
  | 'LinkDown'
  | 'NextHopInsideDestination'
  | 'NextHopIsGateway'
  | 'NextHopLocal'
  | 'NextHopMalformed'
  | 'NextHopNotOnLink'
  | 'NextHopOutsideTenantNodeCIDRs'
  | 'NextHopProtected'
  | 'PodCIDRConflict'
  | 'PrefixLength';

/** Why a route of a plan is not as the plan says. */
export interface Issue {
  /** As the plan writes it. */
  readonly destination: string;
  readonly reason: IssueReason;
  readonly message: string;
}

/** What a host has of one plan. */
export interface PlanReport {
  readonly plan: RoutePlan;
  /** Routes that stand in the kernel. */
  readonly applied: number;
  /** Of these, the ranges that the kernel really sends there, as a whole. */
  readonly effective: readonly IpRange[];
  /** Routes that are not installed, but those of `foreign`. */
  readonly failed: number;
  /** Routes beside which another program has one. */
  readonly foreign: number;
  /** Of these and other routes why. */
  readonly issues: readonly Issue[];
  /** What of the plan's probes may be tried from this host. */
  readonly targets: readonly ProbeTarget[];
}

/** What is to be done, and what a host has before it is. */
export interface KernelPlan {
  /** What is missing first, then what is too much; a guard stands before its route comes, until it has gone. */
  readonly ops: readonly RouteOp[];
  /** Of every plan that selects this Node. */
  readonly reports: readonly PlanReport[];
  /** For how many ranges the kernel holds an entry of ours. */
  readonly own: number;
}
