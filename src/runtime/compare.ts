import { isRecord, listOf } from './json.ts';

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
    return items.length === desired.length && desired.every((item, index) => says(items[index], item));
  }
  if (isRecord(desired)) {
    const keys = Object.keys(desired).filter((name) => desired[name] !== undefined);
    if (!isRecord(observed)) return keys.length === 0 && observed === undefined;
    if ((keys.length === 0 || FREE_MAPS.has(key)) && Object.keys(observed).length !== keys.length)
      return false;
    return keys.every((name) => Object.hasOwn(observed, name) && says(observed[name], desired[name], name));
  }
  return observed === desired;
}

/** {@link says} for whole objects: everything but identity, which must already agree. */
export function objectSays(observed: object, desired: object): boolean {
  const { metadata: want, ...wantBody } = desired as {
    metadata?: { labels?: unknown; annotations?: unknown };
  };
  const { metadata: have, ...haveBody } = observed as {
    metadata?: { labels?: unknown; annotations?: unknown };
  };
  return (
    says(haveBody, wantBody) &&
    (want?.labels === undefined || says(have?.labels, want.labels)) &&
    (want?.annotations === undefined || says(have?.annotations, want.annotations))
  );
}
