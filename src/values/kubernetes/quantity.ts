import type { Grammar } from '../grammar.ts';

const NUMBER = '([0-9]+(\\.[0-9]*)?|\\.[0-9]+)';

/** A quantity of a resource, as `500m` or `1.5Gi`. Source: k8s.io/apimachinery/pkg/api/resource, `ParseQuantity`. */
export const QUANTITY: Grammar = {
  pattern: `^[+-]?${NUMBER}([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]{1,3})?$`,
  maxLength: 64,
  expected: 'a quantity, as in "500m" or "512Mi"',
};

const PARTS = /^([+-]?)([0-9]*)\.?([0-9]*)(.*)$/;

/** Powers of ten by unit, in billionths. */
const DECIMAL: Readonly<Record<string, number>> = {
  n: 0,
  u: 3,
  m: 6,
  '': 9,
  k: 12,
  M: 15,
  G: 18,
  T: 21,
  P: 24,
  E: 27,
};

const BILLION = 1_000_000_000n;

/** Powers of 1024 by unit, in billionths. */
const BINARY: Readonly<Record<string, bigint>> = Object.fromEntries(
  ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((unit, index) => [unit, 1024n ** BigInt(index + 1) * BILLION]),
);

/** The powers of ten that units and fractions mostly ask for. */
const TENS: readonly bigint[] = Array.from({ length: 28 }, (_, power) => 10n ** BigInt(power));

/** A quantity in billionths, the smallest that Kubernetes tells apart; what is smaller is rounded up, away from zero. */
export function quantityIn(quantity: unknown): bigint {
  const [, sign = '', whole = '', fraction = '', unit = ''] = PARTS.exec(String(quantity)) ?? [];
  // More digits than these say nothing: the largest quantity is below 2^63.
  const digits = BigInt(`${whole}${fraction.slice(0, 60)}` || '0');
  const scale = fraction.slice(0, 60).length;
  const power = BINARY[unit];
  const amount =
    power === undefined ? shifted(digits, exponentOf(unit) - scale) : divided(digits * power, scale);
  return sign === '-' ? -amount : amount;
}

function exponentOf(unit: string): number {
  return DECIMAL[unit] ?? 9 + Math.max(-200, Math.min(200, Number(unit.slice(1))));
}

function shifted(digits: bigint, places: number): bigint {
  return places >= 0 ? digits * tenTo(places) : divided(digits, -places);
}

function divided(digits: bigint, places: number): bigint {
  const by = tenTo(places);
  return (digits + by - 1n) / by;
}

function tenTo(places: number): bigint {
  return TENS[places] ?? 10n ** BigInt(places);
}

/** Whether two quantities are the same amount. */
export function isOfQuantity(one: unknown, other: unknown): boolean {
  return quantityIn(one) === quantityIn(other);
}
