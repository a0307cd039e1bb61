import type { ClusterContext } from '../context.ts';
import { type Finding, finding } from '../findings.ts';
import { get, listOf, textOf } from '../world/json.ts';
import { describeCondition, missingVerdict } from '../world/looked-at.ts';
import {
  type Condition,
  conditionOf,
  hostnamesOf,
  isCurrent,
  type ParentReference,
  parentRefsOf,
  referenceOf,
} from '../world/objects.ts';
import type { ObservedShards } from '../world/route-shards.ts';
import type { KubeObject } from '../world/world.ts';

/** What the Gateway's controller says against routes of ours. */
export interface RouteConditions {
  readonly findings: readonly Finding[];
  /** By hostname: why the Gateway does not serve it, as the reason of a condition. */
  readonly problems: ReadonlyMap<string, string>;
}

/** What to do about the reasons that the Gateway API knows (HTTPRouteStatus). */
const REMEDIES: Readonly<Record<string, string>> = {
  NotAllowedByListeners:
    'its listener admits no routes of this namespace: see gatewayAPI.workload.allowedRoutes and the labels of the namespace',
  NoMatchingParent:
    'there is no listener of this name on the Gateway: see the names in KUBEBYON_GATEWAY_API_WORKLOAD_*',
  NoMatchingListenerHostname: 'its listener has another hostname',
  BackendNotFound: 'its Service is not there',
  RefNotPermitted: 'it refers into another namespace without a ReferenceGrant',
  InvalidKind: 'the controller cannot send requests to a Service',
  UnsupportedValue: 'the controller does not know a value of the route',
};

/** How far the HTTPRoutes of a cluster have come, by the conditions for each of our own parentRefs. */
export function readRouteConditions(context: ClusterContext, shards: ObservedShards): RouteConditions {
  const findings: Finding[] = [];
  const problems = new Map<string, string>();
  for (const [role, numbered] of Object.entries(shards)) {
    for (const route of numbered.values()) {
      const problem = problemOf(route, role, context);
      if (problem === undefined) continue;
      findings.push(problem.finding);
      for (const hostname of hostnamesOf(route)) problems.set(hostname, problem.reason);
    }
  }
  return { findings, problems };
}

interface RouteProblem {
  readonly reason: string;
  readonly finding: Finding;
}

function problemOf(route: KubeObject, role: string, { id, clock }: ClusterContext): RouteProblem | undefined {
  const whereOf = (parent: ParentReference): string => {
    const names = hostnamesOf(route).length;
    return `${role} route of ${names} ${names === 1 ? 'name' : 'names'}, ${describeParent(parent)}`;
  };
  for (const parent of parentRefsOf(route)) {
    const said = saidOf(route, parent);
    const refusals = said.map((conditions) => refusalIn(conditions, route));
    const verdicts = said.map((conditions) => conditionOf(conditions, 'Accepted'));
    // Two controllers may look at one Gateway; one that serves the route is enough.
    const isServed = verdicts.some(
      (verdict, index) =>
        verdict?.status === 'True' &&
        isCurrent(verdict, route.metadata.generation) &&
        refusals[index] === undefined,
    );
    if (isServed) continue;
    const refusal = refusals.find((one) => one !== undefined);
    if (refusal !== undefined) {
      const message = `${whereOf(parent)}: ${describeCondition(refusal.type, refusal.condition, REMEDIES)}`;
      return {
        reason: refusal.condition.reason,
        finding: finding('RouteNotAccepted', id, message, { object: referenceOf(route) }),
      };
    }
    const missing = missingVerdict(
      route,
      verdicts.find((one) => one !== undefined),
      'Accepted',
      clock,
    );
    if (missing === undefined) continue;
    const message = `${whereOf(parent)}: ${missing.what}, a minute after it was written`;
    return {
      reason: 'NotObserved',
      finding: finding('RouteNotObserved', id, message, { object: referenceOf(route) }),
    };
  }
  return undefined;
}

/** The conditions that controllers have written for one parentRef, whatever they are called. */
function saidOf(route: KubeObject, parent: ParentReference): readonly unknown[] {
  return listOf(get(route.status, 'parents'))
    .filter((one) => {
      const reference = get(one, 'parentRef');
      const section = textOf(get(reference, 'sectionName'));
      return (
        textOf(get(reference, 'name')) === parent.name &&
        (textOf(get(reference, 'namespace')) ?? route.metadata.namespace) === parent.namespace &&
        (textOf(get(reference, 'kind')) ?? 'Gateway') === parent.kind &&
        (section === undefined || section === parent.sectionName)
      );
    })
    .map((one) => get(one, 'conditions'));
}

function refusalIn(
  conditions: unknown,
  route: KubeObject,
): { readonly type: string; readonly condition: Condition } | undefined {
  for (const type of ['Accepted', 'ResolvedRefs']) {
    const condition = conditionOf(conditions, type);
    if (condition?.status === 'False' && isCurrent(condition, route.metadata.generation))
      return { type, condition };
  }
  return undefined;
}

function describeParent({ kind, namespace, name, sectionName }: ParentReference): string {
  const listener = sectionName === undefined ? '' : `, listener ${sectionName}`;
  return `${kind} ${namespace}/${name}${listener}`;
}
