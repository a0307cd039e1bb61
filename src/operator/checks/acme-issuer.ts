import { at, get, isRecord, listOf } from '../../planner/world/json.ts';
import type { SeenObject } from './facts.ts';

/** Whether an issuer is one of ACME that has no solver for DNS-01, by which alone a wildcard is proven. */
export function cannotProveWildcards({ spec }: SeenObject): boolean {
  return (
    isRecord(get(spec, 'acme')) &&
    !listOf(at(spec, 'acme', 'solvers')).some((solver) => isRecord(get(solver, 'dns01')))
  );
}
