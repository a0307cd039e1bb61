import { failed, ok, type Said } from './check.ts';
import { type ClusterFacts, one } from './facts.ts';
import { definitionOf } from './gateway-api.ts';
import { definitionName, KINDS, type KindName } from './kinds.ts';
import { ifSeen } from './look.ts';
import { placeName } from './object-name.ts';

/** Versions that are taken where the newest is not served; those of the planner. */
const ALSO: Partial<Readonly<Record<KindName, readonly string[]>>> = { TLSRoute: ['v1alpha3', 'v1alpha2'] };

/** Whether the definition of a kind is there, established, and serves a version that is used. */
export function installed(facts: ClusterFacts, kind: KindName): readonly Said[] {
  const name = definitionName(kind);
  const object = placeName('CustomResourceDefinition', '', name);
  return ifSeen(one(facts, 'CustomResourceDefinition', '', name), object, (found): readonly Said[] => {
    if (found === undefined) return [failed(object, `the definition of ${kind}`, 'none')];
    const { served, established } = definitionOf(found);
    const wanted = [KINDS[kind].version, ...(ALSO[kind] ?? [])];
    if (!wanted.some((version) => served.includes(version)))
      return [failed(object, `${wanted.join(' or ')} to be served`, served.join(', ') || 'no version')];
    return [
      established
        ? ok(object, served.join(', '))
        : failed(object, 'Established is True', 'it is not established'),
    ];
  });
}
