import type { ClusterContext } from '../context.ts';
import { type Finding, finding } from '../findings.ts';
import type { ClusterStatus } from '../status.ts';
import { MINUTE, parseTime } from '../world/clock.ts';
import { get, listOf, textOf } from '../world/json.ts';
import { conditionOf, hostnamesOf, isCurrent, referenceOf } from '../world/objects.ts';
import type { KubeObject } from '../world/world.ts';

/** How far a TLSRoute has come, by the conditions of its controller. */
export function routeStatus(
  { shared, id, clock }: ClusterContext,
  hostname: string,
  route: KubeObject | undefined,
): { readonly status: NonNullable<ClusterStatus['controlPlane']>; readonly findings: readonly Finding[] } {
  const pending = (reason: string, findings: readonly Finding[] = []) => ({
    status: { hostname, phase: 'pending' as const, reason },
    findings,
  });
  if (route === undefined || !hostnamesOf(route).includes(hostname)) return pending('NotWritten');
  const parents = listOf(get(route.status, 'parents'));
  const parent = parents.find(
    (one) => textOf(get(get(one, 'parentRef'), 'name')) === shared.controlPlane?.gateway.name,
  );
  const object = referenceOf(route);
  if (parent === undefined) {
    const created = parseTime(route.metadata.creationTimestamp);
    const late = created !== undefined && clock.reached(created + MINUTE);
    return pending(
      'NotObserved',
      late
        ? [
            finding('RouteNotObserved', id, 'no controller has looked at the TLSRoute for a minute', {
              hostname,
              object,
            }),
          ]
        : [],
    );
  }
  for (const type of ['Accepted', 'ResolvedRefs']) {
    const condition = conditionOf(get(parent, 'conditions'), type);
    if (condition === undefined || !isCurrent(condition, route.metadata.generation))
      return pending('NotObserved');
    if (condition.status !== 'True') {
      const message = `${type} is ${condition.status}: ${condition.reason}`;
      return pending(condition.reason, [finding('RouteNotAccepted', id, message, { hostname, object })]);
    }
  }
  return { status: { hostname, phase: 'ready', reason: 'Accepted' }, findings: [] };
}
