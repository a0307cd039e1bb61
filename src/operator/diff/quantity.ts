const UNITS: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const BINARY: Readonly<Record<string, number>> = { Ki: 1, Mi: 2, Gi: 3, Ti: 4, Pi: 5, Ei: 6 };

/**
 * A quantity of Kubernetes as a number, for comparing two of them; undefined for anything else.
 *
 * Source: Kubernetes, Quantity: `<number><suffix>`.
 */
export function quantityOf(value: unknown): number | undefined {
  const [, number, suffix = ''] =
    /^([+-]?\d{1,30}(?:\.\d{1,30})?)([a-zA-Z]{0,2}|[eE][+-]?\d{1,3})$/.exec(String(value)) ?? [];
  if (number === undefined) return undefined;
  const binary = Object.hasOwn(BINARY, suffix) ? BINARY[suffix] : undefined;
  if (binary !== undefined) return Number(number) * 1024 ** binary;
  const unit = Object.hasOwn(UNITS, suffix) ? UNITS[suffix] : undefined;
  if (unit !== undefined) return Number(`${number}e${unit}`);
  return /^[eE][+-]?\d+$/.test(suffix) ? Number(number + suffix) : undefined;
}
