import { compareIp, containsRange, type IpRange, parseCidr, parseCidrs, parseIp } from '../../text/ip.ts';
import type {
  Host,
  Issue,
  IssueReason,
  Kernel,
  KernelPlan,
  KernelRoute,
  OwnRoute,
  PlannedRoute,
  PlanReport,
  Policy,
  RouteOp,
  RoutePlan,
} from '../types.ts';
import { GUARD_METRIC, type GuardWishes, guardOps, hasShapeOfGuard, isGuard } from './guards.ts';
import { type Lookup, lookupIn, MAIN_TABLE, TYPES } from './lookup.ts';
import { probeTargets } from './probe-targets.ts';
import { compareAge, selects } from './route-plan.ts';
import { type HostFacts, hostFacts, ROUTE_RULES } from './route-rules.ts';

/**
 * What has to be done so that the main table holds exactly the routes of the plans that select this host, and what it holds
 * of them now. Entries of others are never named: an entry is ours by `policy.protocol` alone.
 *
 * @param desired every RoutePlan that there is, in any order; an incomplete list would take routes away.
 * @param kernel read at one time.
 */
export function planKernelRoutes(
  desired: readonly RoutePlan[],
  kernel: Kernel,
  host: Host,
  policy: Policy,
): KernelPlan {
  const isOwn = (route: KernelRoute): boolean =>
    route.table === MAIN_TABLE && route.protocol === policy.protocol && !hasShapeOfGuard(route);
  // Beside a route its guard changes nothing, and without it there is no way either: the rest is judged without them.
  const guards = kernel.routes.filter((route) => isGuard(route, policy));
  const bare =
    guards.length === 0
      ? kernel
      : { ...kernel, routes: kernel.routes.filter((route) => !isGuard(route, policy)) };
  const lookup = lookupIn(bare);
  const plans = desired.filter((plan) => selects(plan, host)).sort(compareAge);
  const facts = hostFacts({ kernel: bare, lookup, isOwn, guarded: host.guarded, plans });
  const own = ownEntries(bare.routes.filter(isOwn));
  const wishes: GuardWishes = { wanted: new Map(), kept: new Set() };
  const state: PlanState = { facts, lookup, policy, own, isOwn, kept: new Set(), wishes };

  const judged = plans.map((plan, age) => judgePlan(plan, age, state));
  const surplus = [...own.values()]
    .flat()
    .filter((entry) => entry.range.prefixLength > 0 && !state.kept.has(entry))
    .sort((a, b) => compareRange(a.range, b.range) || a.metric - b.metric)
    .map(({ range, metric, protocol }): RouteOp => ({ do: 'delete', route: { range, metric, protocol } }));
  const standing = new Map(guards.map((guard) => [keyOf(guard.range), guard]));
  const { guards: missing, unguards } = guardOps(wishes, standing, policy);
  return {
    ops: [
      ...withGuards(
        judged.flatMap(({ ops }) => ops),
        missing,
      ),
      ...surplus,
      ...unguards,
    ],
    reports: judged.map(({ report }) => report),
    own: new Set([...own.keys(), ...standing.keys()]).size,
  };
}

/** Each guard right before the change of its route, so that the first route need not wait for the last guard. */
function withGuards(ops: readonly RouteOp[], guards: readonly RouteOp[]): readonly RouteOp[] {
  const left = new Map(guards.map((guard) => [keyOf(guard.route.range), guard]));
  const paired = ops.flatMap((op) => {
    const key = keyOf(op.route.range);
    const guard = left.get(key);
    left.delete(key);
    return guard === undefined ? [op] : [guard, op];
  });
  return [...left.values(), ...paired];
}

interface PlanState {
  readonly facts: HostFacts;
  readonly lookup: Lookup;
  readonly policy: Policy;
  readonly own: ReadonlyMap<string, readonly KernelRoute[]>;
  readonly isOwn: (route: KernelRoute) => boolean;
  /** Entries of ours that stay; filled as plans are judged. */
  readonly kept: Set<KernelRoute>;
  readonly wishes: GuardWishes;
}

interface JudgedPlan {
  readonly ops: readonly RouteOp[];
  readonly report: PlanReport;
}

/** What becomes of one route. */
interface JudgedRoute {
  readonly op?: RouteOp;
  readonly issue?: Issue;
  readonly isApplied: boolean;
  readonly isForeign: boolean;
  readonly effective?: IpRange;
}

function judgePlan(plan: RoutePlan, age: number, state: PlanState): JudgedPlan {
  const podCIDRs = parseCidrs(plan.podCIDRs);
  const nodeCIDRs = parseCidrs(plan.nodeCIDRs);
  const seen = new Set<string>();
  const routes = plan.routes.map((route): JudgedRoute => {
    const range = parseCidr(route.destination);
    const hop = parseIp(route.nextHop);
    if (range === undefined)
      return refused(route, 'DestinationMalformed', 'expected a range of addresses such as 10.64.1.0/24');
    if (hop === undefined || hop.family !== range.family)
      return refused(route, 'NextHopMalformed', 'expected an address of the family of the destination');
    const key = keyOf(range);
    if (seen.has(key)) return refused(route, 'DuplicateDestination', 'the plan names it twice');
    seen.add(key);
    const question = { host: state.facts, age, podCIDRs, nodeCIDRs, range, hop };
    for (const { reason, effect, finds } of ROUTE_RULES) {
      const found = finds(question);
      if (found === undefined) continue;
      return effect === 'refuse'
        ? refused(route, reason, found)
        : waiting(route, reason, found, range, hop, state);
    }
    const { device = '' } = state.facts.way(hop) ?? {};
    const { protocol, metric } = state.policy;
    return judgeRoute(route, { range, protocol, metric, nextHop: hop, device }, state);
  });
  const effective = routes.flatMap((each) => (each.effective === undefined ? [] : [each.effective]));
  return {
    ops: routes.flatMap(({ op }) => (op === undefined ? [] : [op])),
    report: {
      plan,
      applied: routes.filter(({ isApplied }) => isApplied).length,
      effective,
      failed: routes.filter(({ isApplied, isForeign }) => !isApplied && !isForeign).length,
      foreign: routes.filter(({ isForeign }) => isForeign).length,
      issues: routes.flatMap(({ issue }) => (issue === undefined ? [] : [issue])),
      targets: probeTargets(plan, effective, nodeCIDRs, state.facts),
    },
  };
}

/** A route that the rules allow: there already, to be changed, in the way of another program's, or missing. */
function judgeRoute(route: PlannedRoute, wanted: OwnRoute, state: PlanState): JudgedRoute {
  const { lookup, isOwn } = state;
  const { range, metric } = wanted;
  const index = lookup.main(range.family);
  const inside = index.inside(range);
  const equal = inside.filter((entry) => entry.range.prefixLength === range.prefixLength);
  const ours = equal.filter((entry) => isOwn(entry) && entry.metric === metric);
  const foreign = inside.find((entry) => !isOwn(entry));
  const shown = foreign === undefined ? {} : { issue: foreignIssue(route, foreign) };
  const isForeign = foreign !== undefined;

  const right = ours.find((entry) => isRight(entry, wanted));
  if (right !== undefined && ours.length === 1) {
    state.kept.add(right);
    wantGuard(range, state);
    const effective = lookup.isEffective(wanted) ? { effective: range } : {};
    return { isApplied: true, isForeign, ...shown, ...effective };
  }
  const [first] = ours;
  if (first !== undefined) {
    // A replace changes the first entry of a range and metric, whosever it is.
    const isAlone = equal.filter((entry) => entry.metric === metric).length === 1;
    if (isAlone) {
      for (const entry of ours) state.kept.add(entry);
      wantGuard(range, state);
    }
    const op: RouteOp = { do: 'replace', route: wanted };
    return { isApplied: false, isForeign, ...shown, ...(isAlone ? { op } : {}) };
  }
  if (isForeign) {
    keepGuard(range, state);
    return { isApplied: false, isForeign, ...shown };
  }
  const cover = coveringForeign(range, state);
  if (cover !== undefined) return { isApplied: false, isForeign: true, issue: foreignIssue(route, cover) };
  wantGuard(range, state);
  return { isApplied: false, isForeign: false, op: { do: 'add', route: wanted } };
}

/** A range that is ours to route is guarded, unless another program has that very entry. */
function wantGuard(range: IpRange, { lookup, wishes }: PlanState): void {
  const isTaken = lookup
    .main(range.family)
    .inside(range)
    .some((entry) => entry.range.prefixLength === range.prefixLength && entry.metric === GUARD_METRIC);
  if (!isTaken) wishes.wanted.set(keyOf(range), range);
}

/** What stands for a route that has gone stays, unless it would hide another program's route around the range. */
function keepGuard(range: IpRange, state: PlanState): void {
  const around = coveringForeign(range, state, range.prefixLength - 1);
  if (around === undefined) state.wishes.kept.add(keyOf(range));
}

/** Another program's route around a destination, but for the default route and those that the operator allows. */
function coveringForeign(
  range: IpRange,
  { lookup, isOwn, policy }: PlanState,
  longest = range.prefixLength,
): KernelRoute | undefined {
  return lookup
    .main(range.family)
    .covering(range)
    .find(
      (entry) =>
        !isOwn(entry) &&
        entry.range.prefixLength > 0 &&
        entry.range.prefixLength <= longest &&
        !policy.allowedCoverings.some((allowed) => isSameRange(allowed, entry.range)),
    );
}

function isRight(entry: KernelRoute, { nextHop, device }: OwnRoute): boolean {
  return (
    entry.type === TYPES.unicast &&
    entry.isPlain &&
    entry.device === device &&
    entry.gateway !== undefined &&
    compareIp(entry.gateway, nextHop) === 0
  );
}

function refused({ destination }: PlannedRoute, reason: IssueReason, message: string): JudgedRoute {
  return { isApplied: false, isForeign: false, issue: { destination, reason, message } };
}

/** What cannot be installed now; an entry of ours for the destination stays as it is. */
function waiting(
  { destination }: PlannedRoute,
  reason: IssueReason,
  message: string,
  range: IpRange,
  hop: OwnRoute['nextHop'],
  state: PlanState,
): JudgedRoute {
  const { own, kept, policy } = state;
  const entries = (own.get(keyOf(range)) ?? []).filter(({ metric }) => metric === policy.metric);
  for (const entry of entries) kept.add(entry);
  if (entries.length > 0) wantGuard(range, state);
  else keepGuard(range, state);
  const isApplied = entries.some(({ gateway }) => gateway !== undefined && compareIp(gateway, hop) === 0);
  return { isApplied, isForeign: false, issue: { destination, reason, message } };
}

function foreignIssue({ destination }: PlannedRoute, { range, protocol, metric }: KernelRoute): Issue {
  const message = `${range.text} of protocol ${protocol} with metric ${metric} is another program's`;
  return { destination, reason: 'ForeignRoute', message };
}

function ownEntries(routes: readonly KernelRoute[]): ReadonlyMap<string, readonly KernelRoute[]> {
  const entries = new Map<string, KernelRoute[]>();
  for (const route of routes) {
    const key = keyOf(route.range);
    const same = entries.get(key);
    if (same === undefined) entries.set(key, [route]);
    else same.push(route);
  }
  return entries;
}

function keyOf({ family, first, prefixLength }: IpRange): string {
  return `${family}/${first}/${prefixLength}`;
}

function isSameRange(a: IpRange, b: IpRange): boolean {
  return a.prefixLength === b.prefixLength && containsRange(a, b);
}

function compareRange(a: IpRange, b: IpRange): number {
  const first = compareIp({ family: a.family, value: a.first }, { family: b.family, value: b.first });
  return first || a.prefixLength - b.prefixLength;
}
