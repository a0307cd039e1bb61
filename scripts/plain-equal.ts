/**
 * Whether two pieces of plain data are the same, keys in any order. Takes the place of ajv's own comparison in the
 * compiled validators: that one asks objects for their methods, which maps without a prototype do not have and maps
 * with a key such as `valueOf` have only in name.
 */
export default function plainEqual(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return one === other;
  }
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every(
      (key) => Object.hasOwn(other, key) && plainEqual(Reflect.get(one, key), Reflect.get(other, key)),
    )
  );
}
