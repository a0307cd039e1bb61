import { MAX_INT32 } from '../../grammar.ts';
import { quoted } from '../../load/origin.ts';
import type { Path } from '../../load/plain.ts';
import { expectText, PORT_NAME } from './grammars.ts';
import { mapsOf, numberOf, type Place, type Sound, setKeys, tell, textOf } from './report.ts';

/**
 * Exactly one of some keys must be there.
 *
 * @param what what each of the keys gives, as "source".
 */
export function expectOne(place: Place, value: Sound, keys: readonly string[], what: string): void {
  const found = setKeys(value, keys);
  const [first, ...others] = found;
  const known = keys.length > 8 ? `${keys.slice(0, 8).join(', ')} and others` : keys.join(', ');
  if (first === undefined) {
    tell(place, [], {
      code: 'PartMissing',
      message: `expected one ${what}, found none`,
      hint: `add one of ${known}`,
    });
  }
  if (others.length === 0) return;
  // Maps merge, so what stands beside the key that was meant is mostly that of the default.
  const isOverDefault = found.includes(DEFAULT_HANDLER);
  const left = isOverDefault ? DEFAULT_HANDLER : first;
  tell(place, [found.find((key) => key !== left) ?? ''], {
    code: 'PartsContradict',
    message: `expected one ${what}, found ${found.join(' and ')}`,
    hint: isOverDefault
      ? `keep one of them; write ${left}: null to take away that of the default`
      : 'keep one of them',
  });
}

/** What the probes of the default values do. */
const DEFAULT_HANDLER = 'httpGet';

/** A number that is there lies between two bounds. */
export function expectRange(
  place: Place,
  value: Sound,
  key: string,
  [minimum, maximum]: readonly [number, number],
): void {
  const number = numberOf(value, key);
  if (number === undefined || (number >= minimum && number <= maximum)) return;
  const expected = maximum >= MAX_INT32 ? `at least ${minimum}` : `from ${minimum} to ${maximum}`;
  outOfRange(place, [key], expected, String(number));
}

/** Tells of a number outside its bounds. */
export function outOfRange(place: Place, inner: Path, expected: string, found: string): void {
  tell(place, inner, {
    code: 'PartOutOfRange',
    message: `expected ${expected}, found ${found}`,
    hint: 'change the value',
  });
}

/** A port by number or name. */
export function expectPort(place: Place, value: Sound, key: string): void {
  const port = value[key];
  if (typeof port === 'number') expectRange(place, value, key, [1, 65_535]);
  else if (typeof port === 'string' && /^\d+$/.test(port)) {
    tell(place, [key], {
      code: 'PartMalformed',
      message: `expected a number or the name of a port, found the text ${quoted(port)}`,
      hint: 'write the number without quotes',
    });
  } else expectText(place, [key], textOf(value, key), PORT_NAME);
}

/** A text that must not be there under a condition. */
export function forbid(place: Place, value: Sound, key: string, because: string, hint: string): void {
  const found = value[key];
  if (found === undefined || found === null || found === '') return;
  tell(place, [key], { code: 'PartsContradict', message: `expected no ${key} ${because}, found one`, hint });
}

/** Tells of a part that is needed and not there. */
export function missing(place: Place, inner: Path, what: string, hint: string): void {
  tell(place, inner, { code: 'PartMissing', message: `expected ${what}, found none`, hint });
}

/** One of some words. */
export function expectWord(place: Place, inner: Path, text: string, words: readonly string[]): void {
  if (words.includes(text)) return;
  tell(place, inner, {
    code: 'PartNotAllowed',
    message: `expected ${words.join(' or ')}, found ${quoted(text)}`,
    hint: `choose one of ${words.join(', ')}`,
  });
}

/** The maps in a list of a value by one of their texts, each with where that stands. */
export function identitiesIn(value: Sound, key: string, field: string): readonly Identity[] {
  return mapsOf(value, key).map(([index, item]) => [textOf(item, field), [key, index, field]]);
}

/** What must differ from others, and where it stands. */
export type Identity = readonly [identity: string, inner: Path];

/**
 * No two entries are the same. What has no identity is told of elsewhere.
 *
 * @param entries each entry's identity and where it stands.
 */
export function expectDifferent(place: Place, entries: readonly Identity[], what: string): void {
  if (entries.length < 2) return;
  const seen = new Set<string>();
  for (const [identity, inner] of entries) {
    if (identity === '') continue;
    if (seen.has(identity)) {
      tell(place, inner, {
        code: 'DuplicateEntry',
        message: `expected each ${what} once, found ${quoted(identity)} again`,
        hint: 'remove one of the two, or give it another value',
      });
    }
    seen.add(identity);
  }
}
