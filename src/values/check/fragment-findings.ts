import { isDataMap } from '../../template/index.ts';
import type { FragmentDefinition } from '../definition.ts';
import type { FragmentPlace } from '../fragment-places.ts';
import { checkMeaning } from '../kubernetes/meaning/index.ts';
import { checkShape } from '../kubernetes/structure.ts';
import { isFrozenPlain, type PlainMap, type PlainValue } from '../load/plain.ts';
import type { Finding } from './finding.ts';

/**
 * Everything that Kubernetes would have against the pieces of manifests in some values: first whether they have the
 * shape of their type, then, where they have, what its API server would say of them. Defaults are not looked at.
 *
 * @param user what the user wrote of the values.
 */
export function fragmentFindings(
  places: readonly FragmentPlace[],
  values: PlainMap,
  user: PlainMap,
): readonly Finding[] {
  return places
    .filter(({ path }) => isWritten(user, path))
    .flatMap(({ path, definition }) => {
      const value = path.reduce<PlainValue | undefined>(
        (at, key) => (isDataMap(at) ? (at[key] as PlainValue) : undefined),
        values,
      );
      if (typeof value !== 'object' || value === null || isFrozenPlain(value)) return [];
      // A list for a map is told of by the schema.
      if (Array.isArray(value) !== (definition.shape === 'list')) return [];
      return findingsOf(value, definition, path);
    });
}

/** Whether the user wrote something at the first two steps of a path, below which all else is the default. */
export function isWritten(user: PlainMap, [section = '', key = '']: readonly string[]): boolean {
  const written = user[section];
  return isDataMap(written) && Object.hasOwn(written, key);
}

function findingsOf(value: object, { shape, of }: FragmentDefinition, path: readonly string[]): Finding[] {
  const findings: Finding[] = [];
  const onSound = (type: string, sound: Readonly<Record<string, unknown>>, at: Finding['path']) => {
    checkMeaning(type, sound, at, findings);
  };
  const type = { kind: 'type', name: of } as const;
  checkShape(value, shape === 'list' ? { kind: 'list', of: type } : type, path, { findings, onSound });
  return oneForEachPath(findings);
}

/** What is told first of a place is closest to it. */
function oneForEachPath(findings: readonly Finding[]): Finding[] {
  const byPath = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.severity} ${JSON.stringify(finding.path)}`;
    if (!byPath.has(key)) byPath.set(key, finding);
  }
  return [...byPath.values()];
}
