import fc from 'fast-check';
import { isDataMap } from '../../../src/template/index.ts';

/** One change of a piece, and what kind it is. */
export interface Changed {
  readonly kind: ChangeKind;
  readonly value: unknown;
}

export const CHANGE_KINDS = [
  'type',
  'misspelt',
  'range',
  'missing',
  'duplicate',
  'contradiction',
  'none',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** A piece changed in one place: another type, a misspelt key, a value out of range, a part gone, one twice, one too many. */
export function changedOnce(piece: unknown, others: fc.Arbitrary<unknown>): fc.Arbitrary<Changed> {
  const places = placesIn(piece);
  return fc
    .tuple(fc.constantFrom(...places), fc.constantFrom(...CHANGE_KINDS), others, fc.nat(1_000))
    .map(([place, kind, other, salt]) => ({
      kind,
      value: edited(piece, place, changeOf(kind, other, salt)),
    }));
}

type Place = readonly (string | number)[];
type Change = (value: unknown) => unknown;

function placesIn(value: unknown, path: Place = []): readonly Place[] {
  const inside = Array.isArray(value)
    ? value.flatMap((item, index) => placesIn(item, [...path, index]))
    : isDataMap(value)
      ? Object.entries(value).flatMap(([key, item]) => placesIn(item, [...path, key]))
      : [];
  return [path, ...inside];
}

function edited(value: unknown, [step, ...rest]: Place, change: Change): unknown {
  if (step === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((item, index) => (index === step ? edited(item, rest, change) : item));
  if (!isDataMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === step ? edited(item, rest, change) : item]),
  );
}

function changeOf(kind: ChangeKind, other: unknown, salt: number): Change {
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[salt % items.length];
  switch (kind) {
    case 'none':
      return (value) => value;
    case 'type':
      return () => pick([1, 'text', true, [], {}, '8080', 1.5, null]);
    case 'misspelt':
      return (value) => (isDataMap(value) ? renamed(value, salt) : value);
    case 'range':
      return (value) => {
        if (typeof value === 'number') return pick([-1, 0, 70_000, 2 ** 31, 101, 511, 512]);
        return typeof value === 'string'
          ? pick(['', '-', 'A_B', '../x', '/x', 'x'.repeat(300), '-1', 'a b'])
          : value;
      };
    case 'missing':
      return (value) => {
        if (Array.isArray(value)) return value.slice(1);
        if (!isDataMap(value)) return value;
        const gone = pick(Object.keys(value));
        return Object.fromEntries(Object.entries(value).filter(([key]) => key !== gone));
      };
    case 'duplicate':
      return (value) => (Array.isArray(value) ? [...value, ...value] : value);
    case 'contradiction':
      return (value) => (isDataMap(value) && isDataMap(other) ? { ...other, ...value } : value);
  }
}

function renamed(value: Readonly<Record<string, unknown>>, salt: number): unknown {
  const keys = Object.keys(value);
  const key = keys[salt % keys.length];
  if (key === undefined) return { noSuchKey: 1 };
  const wrong = salt % 2 === 0 ? `${key.slice(0, -1)}` : key.toLowerCase() + key.slice(0, 1);
  return Object.fromEntries(
    Object.entries(value).map(([each, item]) => [each === key ? wrong || 'x' : each, item]),
  );
}
