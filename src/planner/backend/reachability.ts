import type { WorkloadConfig } from '../../contract/runtime-config.ts';
import type { IpRange } from '../../text/ip.ts';
import type { HostFacts } from '../context.ts';
import { type Clock, MINUTE, parseTime, SECOND } from '../world/clock.ts';
import { compareText, entryOf } from '../world/json.ts';
import type { Probe } from '../world/world.ts';
import type { Endpoint } from './endpoint.ts';
import type { RouteReports } from './route-reports.ts';

export type Reachability = 'good' | 'bad' | 'refused' | 'unknown' | 'unroutable';

export interface ReachabilityInput {
  readonly endpoints: readonly Endpoint[];
  readonly probes: readonly Probe[];
  /** What the agent of a host Node says; undefined: nobody has heard of it. */
  readonly reportsOf: (node: string) => RouteReports | undefined;
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
    const routed = routeFrom(vantage, input);
    if (routed !== undefined) return routed;
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

/** What keeps a host Node from having a route to each of the Pods that are probed; undefined: nothing. */
function routeFrom(
  vantage: string,
  { reportsOf, endpoints, podCIDRs, config, clock }: ReachabilityInput,
): ReachabilityVerdict | undefined {
  const reports = reportsOf(vantage);
  if (reports === undefined) return { state: 'unknown', reason: `NoRouteReport from ${vantage}` };
  if (reports.isStale) return { state: 'unroutable', reason: `StaleRouteReport from ${vantage}` };
  const missing = probedOf(endpoints).find(({ ip }) => !reports.isRouted(ip, podCIDRs));
  if (missing === undefined) return undefined;
  // What an agent has not looked at yet is no withdrawn route, until it should have.
  const since = reports.pendingSince(missing.ip);
  const waits = since !== undefined && !clock.reached(since + config.podCIDRRoute.staleAfterSeconds * SECOND);
  return waits
    ? { state: 'unknown', reason: `NoRouteReport from ${vantage}` }
    : { state: 'unroutable', reason: `NoRoute to ${missing.address} on ${vantage}` };
}

/** A round has few probes: what holds for three Pods of an ingress holds for the others. */
export function probedOf(endpoints: readonly Endpoint[]): readonly Endpoint[] {
  return endpoints.slice(0, 3);
}

/** Whether whoever runs the planner probes itself, because no route agents do: they know the Pods of RoutePlans only. */
export function probesOwn(
  { podCIDRRoute: { enabled, mode } }: WorkloadConfig,
  topology: ReachabilityInput['topology'],
): boolean {
  return !enabled || mode !== 'routeagent' || topology === 'sharedNodes';
}

/** Where the gateway runs: with route agents every Ready target Node, otherwise whoever probed. */
function vantagesOf({ config, host, probes, topology }: ReachabilityInput): readonly string[] {
  const { targetNodeSelector } = config.podCIDRRoute;
  if (!probesOwn(config, topology)) {
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
