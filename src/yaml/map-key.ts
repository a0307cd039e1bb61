import type { ResolvedScalar } from './resolve-scalar.ts';

/** Keys that reach the prototype of an object when a careless program copies them. */
export const UNSAFE_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * The text that Helm makes of a scalar that stands as a key: `yes` is the key `true`, `010` the key `8`. Undefined for what
 * Helm refuses (null, integers beyond int64) and for floats, which it prints with the precision of 32 bits.
 */
export function keyText(scalar: ResolvedScalar): string | undefined {
  switch (scalar.kind) {
    case 'string':
      return scalar.value;
    case 'bool':
      return String(scalar.value);
    case 'int':
      return scalar.value < 1n << 63n ? String(scalar.value) : undefined;
    default:
      return undefined;
  }
}

/** What stands in place of a key, in words. */
export function describeKey(scalar: ResolvedScalar | undefined, kind: string): string {
  if (scalar === undefined) return `a ${kind}`;
  if (scalar.kind === 'null') return 'null';
  return scalar.kind === 'float' ? 'a floating-point number' : 'an integer beyond 64 bits';
}
