/** Seeds of histories in which something must show: first the one in which it did last time, then all in their order. */
export function seedsFrom(first: number, most: number): readonly number[] {
  return [first, ...Array.from({ length: most }, (_, index) => index + 1)];
}
