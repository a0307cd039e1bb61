/** Some long lists as one. It copies them whole, which every plan pays for all clusters. */
export function joined<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const none: readonly T[] = [];
  return none.concat(...lists);
}
