import type { ClusterContext } from '../context.ts';
import { type Finding, finding } from '../findings.ts';
import type { Endpoint } from './endpoint.ts';
import { liveEndpoints } from './live-endpoints.ts';
import type { ReachabilityVerdict } from './reachability.ts';

/** Pods of one cluster by address family; the mode is chosen by the first that there is. */
export function byFamily(endpoints: readonly Endpoint[]): {
  readonly main: readonly Endpoint[];
  readonly second: readonly Endpoint[];
} {
  const main = endpoints.some(({ ip }) => ip.family === 4) ? 4 : 6;
  return {
    main: endpoints.filter(({ ip }) => ip.family === main),
    second: endpoints.filter(({ ip }) => ip.family !== main),
  };
}

interface SecondFamily {
  readonly endpoints: readonly Endpoint[];
  readonly findings: readonly Finding[];
}

export const NO_SECOND: SecondFamily = Object.freeze({ endpoints: [], findings: [] });

/** The other family joins when its Pods are reached as well, and stays while nobody can say. */
export function secondFamily(
  { objects, claims, id }: ClusterContext,
  endpoints: readonly Endpoint[],
  reach: (endpoints: readonly Endpoint[]) => ReachabilityVerdict,
): SecondFamily {
  const [first] = endpoints;
  if (first === undefined) return NO_SECOND;
  const { state, reason } = reach(endpoints);
  const { family } = first.ip;
  const isLive = liveEndpoints(objects, claims.cluster.namespace).some(({ ip }) => ip.family === family);
  if (state === 'good' || (state === 'unknown' && isLive)) return { endpoints, findings: [] };
  return {
    endpoints: [],
    findings: [finding('AddressFamilyLeftOut', id, `IPv${family} is left out: ${reason}`)],
  };
}
