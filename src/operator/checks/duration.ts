const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** `3 d`, `20 min`: a time as somebody says it, rounded down. Milliseconds go in. */
export function spoken(milliseconds: number): string {
  const [unit, size] = UNITS.find(([, one]) => milliseconds >= 2 * one) ?? (['s', 1_000] as const);
  return `${Math.floor(Math.max(0, milliseconds) / size)} ${unit}`;
}
