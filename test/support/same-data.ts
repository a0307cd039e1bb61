/**
 * Whether two pieces of JSON-like data are the same: same kinds, numbers to the bit (0 is not -0), keys in any order.
 * Prototypes do not count. Much faster than an assertion, for loops over thousands of documents.
 */
export function sameData(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return Object.is(one, other);
  }
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const entries = Object.entries(one);
  const others = new Map(Object.entries(other));
  return (
    entries.length === others.size &&
    entries.every(([key, value]) => others.has(key) && sameData(value, others.get(key)))
  );
}
