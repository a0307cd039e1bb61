import type { WorkloadConfig } from '../../contract/runtime-config.ts';
import { contains, containsRange, type IpRange, parseCidrs } from '../../text/ip.ts';
import type { HostFacts } from '../context.ts';
import { type Clock, MINUTE, parseTime, SECOND } from '../world/clock.ts';
import { compareText, entryOf } from '../world/json.ts';
import type { Probe, RouteAgent } from '../world/world.ts';
import type { Endpoint } from './endpoint.ts';

export type Reachability = 'good' | 'bad' | 'refused' | 'unknown' | 'unroutable';

export interface ReachabilityInput {
  readonly endpoints: readonly Endpoint[];
  readonly probes: readonly Probe[];
  readonly agents: Readonly<Record<string, RouteAgent>>;
  readonly host: HostFacts;
  readonly config: WorkloadConfig;
  readonly topology: 'privateNodes' | 'sharedNodes';
  readonly hostNetwork: boolean;
  readonly podCIDRs: readonly IpRange[];
  readonly clock: Clock;
}

export interface ReachabilityVerdict {
  readonly state: Reachability;
  /** Newest probe that the verdict rests on. */
  readonly round?: string;
  readonly reason: string;
}

/**
 * Whether the Pods are reached directly, from every host Node where the gateway runs: there must be a real route
 * (never the default route) and the probes must succeed. Missing or stale reports are unknown, never good; a
 * report older than staleAfterSeconds counts as a withdrawn route.
 */
export function podReachability(input: ReachabilityInput): ReachabilityVerdict {
  const { clock, config, probes } = input;
  const staleAfter = config.podCIDRRoute.staleAfterSeconds * SECOND;
  const probed = [...new Set(probedOf(input.endpoints).map(({ address }) => address))];
  if (probed.length === 0) return { state: 'unknown', reason: 'NoPods' };
  const vantages = vantagesOf(input);
  if (vantages.length === 0) return { state: 'unknown', reason: 'NobodyProbes' };
  const needsRoute = input.topology === 'privateNodes' && !input.hostNetwork;
  for (const vantage of needsRoute ? vantages : []) {
    const agent = entryOf(input.agents, vantage);
    const renewedAt = parseTime(agent?.renewedAt);
    if (agent === undefined || renewedAt === undefined)
      return { state: 'unknown', reason: `NoRouteReport from ${vantage}` };
    if (clock.reached(renewedAt + staleAfter))
      return { state: 'unroutable', reason: `StaleRouteReport from ${vantage}` };
    const routes = parseCidrs(agent.effective).filter(
      (route) => route.prefixLength > 0 && input.podCIDRs.some((range) => containsRange(range, route)),
    );
    const missing = input.endpoints
      .slice(0, 3)
      .find(({ ip }) => !routes.some((route) => contains(route, ip)));
    if (missing !== undefined)
      return { state: 'unroutable', reason: `NoRoute to ${missing.address} on ${vantage}` };
  }
  const latest = vantages.flatMap((vantage) =>
    probed.map((address) => latestProbe(probes, vantage, address)),
  );
  const times = latest.map((probe) => parseTime(probe?.at));
  const known = times.filter((time) => time !== undefined);
  const round = known.length === 0 ? undefined : latest[times.indexOf(Math.max(...known))]?.at;
  const verdict = (state: Reachability, reason: string): ReachabilityVerdict => ({
    state,
    reason,
    ...(round === undefined ? {} : { round }),
  });
  if (times.some((time) => time === undefined || clock.reached(time + Math.max(staleAfter, MINUTE)))) {
    return verdict('unknown', 'ProbeMissing');
  }
  if (latest.some((probe) => probe?.result === 'timeout')) return verdict('bad', 'ProbeTimeout');
  if (latest.some((probe) => probe?.result === 'refused')) return verdict('refused', 'ProbeRefused');
  return verdict('good', 'Reachable');
}

/** A round has few probes: what holds for three Pods of an ingress holds for the others. */
export function probedOf(endpoints: readonly Endpoint[]): readonly Endpoint[] {
  return endpoints.slice(0, 3);
}

/** Whether whoever runs the planner probes itself, because no route agents do. */
export function probesOwn({ podCIDRRoute: { enabled, mode } }: WorkloadConfig): boolean {
  return !enabled || mode !== 'routeagent';
}

/** Where the gateway runs: with route agents every Ready target Node, otherwise whoever probed. */
function vantagesOf({ config, host, probes }: ReachabilityInput): readonly string[] {
  const { targetNodeSelector } = config.podCIDRRoute;
  if (!probesOwn(config)) {
    return (host.nodes ?? [])
      .filter(
        (node) =>
          node.ready &&
          Object.entries(targetNodeSelector).every(([key, value]) => entryOf(node.labels, key) === value),
      )
      .map(({ name }) => name)
      .sort(compareText);
  }
  return [...new Set(probes.map(({ vantage }) => vantage))].sort(compareText);
}

function latestProbe(probes: readonly Probe[], vantage: string, address: string): Probe | undefined {
  return probes
    .filter(
      (probe) => probe.vantage === vantage && probe.address === address && parseTime(probe.at) !== undefined,
    )
    .sort((a, b) => (parseTime(a.at) ?? 0) - (parseTime(b.at) ?? 0) || compareText(a.result, b.result))
    .at(-1);
}
