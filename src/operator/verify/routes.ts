import { get, listOf, numberOf, textOf } from '../../planner/world/json.ts';
import { isChallengeSolver, isOurs, parentRefsOf } from '../../planner/world/objects.ts';
import type { Said } from '../checks/check.ts';
import { ok } from '../checks/check.ts';
import { all, type SeenObject } from '../checks/facts.ts';
import type { KindName } from '../checks/kinds.ts';
import { entriesOf, isOfRelease, type VerifyFacts } from './facts.ts';

/** Routes of the release and of the runtime, on the Gateways of the release. */
export function ownRoutes(facts: VerifyFacts, kind: 'HTTPRoute' | 'TLSRoute'): readonly SeenObject[] {
  const answer = all(facts, kind);
  return answer.seen ? answer.value.filter((route) => isOurs(route) || isOfRelease(route, facts)) : [];
}

/** Routes of others on the Gateways of the release, but for those of challenges: they take no request of ours. */
export function foreignRoutes(facts: VerifyFacts, kind: 'HTTPRoute' | 'TLSRoute'): readonly SeenObject[] {
  const answer = all(facts, kind);
  if (!answer.seen) return [];
  const entries = entriesOf(facts);
  return answer.value.filter(
    (route) =>
      !isOurs(route) &&
      !isOfRelease(route, facts) &&
      !isChallengeSolver(route) &&
      parentRefsOf(route).some((parent) =>
        entries.some(({ namespace, name }) => parent.namespace === namespace && parent.name === name),
      ),
  );
}

/** A backend of a route. */
export interface Backend {
  readonly namespace: string;
  readonly name: string;
  readonly port: number | undefined;
}

/** The Services that a route sends requests to. */
export function backendsOf(route: SeenObject): readonly Backend[] {
  return listOf(get(route.spec, 'rules'))
    .flatMap((rule) => listOf(get(rule, 'backendRefs')))
    .filter((ref) => (textOf(get(ref, 'kind')) ?? 'Service') === 'Service')
    .map((ref) => ({
      namespace: textOf(get(ref, 'namespace')) ?? route.metadata.namespace ?? '',
      name: textOf(get(ref, 'name')) ?? '',
      port: numberOf(get(ref, 'port')),
    }));
}

/**
 * What is said of each of many objects, and one line for all that are well: of thousands nobody reads that.
 *
 * @param problem what is wrong with one; undefined when nothing is.
 */
export function ofMany<T>(
  objects: readonly T[],
  what: KindName | string,
  problem: (object: T) => Said | undefined,
): readonly Said[] {
  const problems = objects.flatMap((object) => problem(object) ?? []);
  const well = objects.length - problems.length;
  return [...problems, ...(well === 0 ? [] : [ok(`${well} ${what}`, 'all is well')])];
}
