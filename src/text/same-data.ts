import { isRecord } from './json.ts';

/**
 * Whether two pieces of JSON data are the same, whatever the order of keys and the prototypes of maps. A key whose value is
 * undefined is not there.
 */
export function sameData(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one)) return Array.isArray(other) && sameLists(one, other);
  if (!isRecord(one) || !isRecord(other)) return false;
  let left = 0;
  for (const key of Object.keys(one)) {
    if (one[key] === undefined) continue;
    if (!Object.hasOwn(other, key) || !sameData(one[key], other[key])) return false;
    left += 1;
  }
  for (const key of Object.keys(other)) if (other[key] !== undefined) left -= 1;
  return left === 0;
}

function sameLists(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, index) => sameData(item, other[index]));
}
