import { at, isRecord, type JsonRecord, listOf } from './json.ts';

/** Maps whose keys are free, so that a key more than desired is a difference. */
const FREE_MAPS = new Set(['nodeSelector', 'selector', 'matchLabels']);

/**
 * Whether an observed value already says everything that the desired value says. Fields that the API server or a
 * webhook added do not count; lists must have the same elements in the same order; an empty desired map or list
 * asks for an empty one.
 */
export function says(observed: unknown, desired: unknown, key = ''): boolean {
  if (Array.isArray(desired)) {
    const items = listOf(observed);
    if (items.length !== desired.length) return false;
    for (const [index, item] of desired.entries()) if (!says(items[index], item)) return false;
    return true;
  }
  if (!isRecord(desired)) return observed === desired;
  if (!isRecord(observed)) return observed === undefined && countOf(desired) === 0;
  let wanted = 0;
  for (const name of Object.keys(desired)) {
    if (desired[name] === undefined) continue;
    if (!Object.hasOwn(observed, name) || !says(observed[name], desired[name], name)) return false;
    wanted += 1;
  }
  return (wanted > 0 && !FREE_MAPS.has(key)) || Object.keys(observed).length === wanted;
}

/** How many fields have a value. */
function countOf(record: JsonRecord): number {
  return Object.values(record).filter((value) => value !== undefined).length;
}

/** {@link says} for whole objects: everything but identity, which must already agree. */
export function objectSays(observed: object, desired: object): boolean {
  if (!isRecord(observed) || !isRecord(desired)) return false;
  for (const name of Object.keys(desired)) {
    if (name === 'metadata' || desired[name] === undefined) continue;
    if (!Object.hasOwn(observed, name) || !says(observed[name], desired[name], name)) return false;
  }
  return ['labels', 'annotations'].every((name) => {
    const want = at(desired, 'metadata', name);
    return want === undefined || says(at(observed, 'metadata', name), want);
  });
}
