import type { SourcedEntry, SourcedMap } from './sourced.ts';

/**
 * Lays one source of user values over another, as Helm does with several `-f`: maps merge at every depth, anything
 * else (null, list, scalar) replaces what was there. A section written twice counts as written where it was last.
 */
export function mergeMaps(below: SourcedMap, above: SourcedMap): SourcedMap {
  const entries = new Map(below.entries);
  for (const [key, entry] of above.entries) entries.set(key, mergeEntry(below.entries.get(key), entry));
  return { kind: 'map', origin: above.origin, entries };
}

function mergeEntry(below: SourcedEntry | undefined, above: SourcedEntry): SourcedEntry {
  if (below?.value.kind !== 'map' || above.value.kind !== 'map') return above;
  return { key: above.key, value: mergeMaps(below.value, above.value) };
}
