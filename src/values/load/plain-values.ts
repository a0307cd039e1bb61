import type { ShapeCode } from '../check/codes.ts';
import type { Finding } from '../check/finding.ts';
import { foundText } from '../check/words.ts';
import { quoted } from './origin.ts';
import {
  emptyPlainMap,
  isRefusedKey,
  MAX_DEPTH,
  type Path,
  type PlainMap,
  type PlainValue,
} from './plain.ts';
import { madeBy } from './plain-prototype.ts';

/** Values that a program has given. */
export interface PlainValues {
  /** A copy of all that can be values. */
  readonly values: PlainMap;
  /** What keeps the rest from being values. */
  readonly findings: readonly Finding[];
}

/**
 * Reads data of a program as values. Refused is what no values file can say: half of a surrogate pair, a number that is
 * not finite, anything that JSON has not, the keys that JavaScript treats specially, and nesting that has no end.
 *
 * Everything is read once, and what is checked is what is given back: a proxy may answer otherwise the next time.
 *
 * @param maxValues most values in all, keys included, each counted where it stands: what is shared is walked as often by
 * everybody after us.
 */
export function readPlainValues(values: unknown, maxValues: number): PlainValues {
  const walk: Walk = { findings: [], path: [], around: new Set(), left: maxValues, maxValues };
  try {
    if (typeof values !== 'object' || values === null || Array.isArray(values)) {
      const message = `expected a map of values, found ${foundText(values)}`;
      return { values: {}, findings: [wrongType([], message, 'write {} for none')] };
    }
    return { values: readMap(values, walk), findings: walk.findings };
  } catch (error) {
    // What a proxy does when it is read is up to whoever made it.
    const message = `expected plain data, found some that throws: ${thrownText(error)}`;
    return { values: {}, findings: [wrongType([], message)] };
  }
}

interface Walk {
  readonly findings: Finding[];
  /** Where the walk is. */
  readonly path: (string | number)[];
  /** The maps and lists around the present value. */
  readonly around: Set<object>;
  /** How many values and keys may still come; negative: too many have, and that has been said. */
  left: number;
  readonly maxValues: number;
}

function wrongType(path: Path, message: string, hint = 'change the value'): Finding {
  return { severity: 'error', code: 'WrongType', path, message, hint };
}

/** Something that was thrown may throw again when it is made a text. */
function thrownText(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return 'what cannot be printed';
  }
}

/** Reads the value of a key or at an index; one that is refused is null. */
function read(value: unknown, step: string | number, walk: Walk): PlainValue {
  if (walk.left < 0) return null;
  walk.left -= 1;
  walk.path.push(step);
  const plain = readHere(value, walk);
  walk.path.pop();
  return plain;
}

function readHere(value: unknown, walk: Walk): PlainValue {
  if (walk.left < 0)
    return refuse('OutOfRange', `expected at most ${walk.maxValues} values, found more`, walk);
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') {
    if (value.isWellFormed()) return value;
    return refuse('BadFormat', 'expected Unicode text, found half of a surrogate pair', walk);
  }
  if (typeof value === 'number') {
    return Number.isFinite(value)
      ? value
      : refuse('WrongType', `expected a finite number, found ${value}`, walk);
  }
  if (typeof value !== 'object')
    return refuse('WrongType', `expected what JSON can say, found ${typeof value}`, walk);
  if (walk.around.has(value))
    return refuse('OutOfRange', 'expected data that ends, found a map or list that contains itself', walk);
  if (walk.path.length >= MAX_DEPTH)
    return refuse('OutOfRange', `expected at most ${MAX_DEPTH} levels of maps and lists, found more`, walk);
  return Array.isArray(value) ? readList(value, walk) : readMap(value, walk);
}

function refuse(code: ShapeCode, message: string, { findings, path }: Walk): null {
  findings.push({ severity: 'error', code, path: [...path], message, hint: 'change the value' });
  return null;
}

function readList(list: readonly unknown[], walk: Walk): PlainValue {
  const items: PlainValue[] = [];
  const { length } = list;
  walk.around.add(list);
  // A list may claim any length without holding anything.
  for (let index = 0; index < length && walk.left >= 0; index += 1)
    items.push(read(list[index], index, walk));
  walk.around.delete(list);
  return items;
}

function readMap(map: object, walk: Walk): PlainMap {
  const { findings, path } = walk;
  const maker = madeBy(map);
  if (maker !== 'plain') {
    findings.push(wrongType([...path], `expected a plain map, found ${maker}`));
    return {};
  }
  const values = emptyPlainMap();
  walk.around.add(map);
  for (const key of Object.getOwnPropertyNames(map)) {
    const property = Object.getOwnPropertyDescriptor(map, key);
    // Only a proxy names a key that it has not.
    if (property === undefined) continue;
    walk.left -= walk.left > 0 ? 1 : 0;
    if (!isKey(key)) findings.push(refusedKey(path, key.toWellFormed()));
    else if (property.get !== undefined)
      findings.push(wrongType([...path, key], 'expected a value, found a getter', 'read it before'));
    else values[key] = read(property.value, key, walk);
  }
  walk.around.delete(map);
  return values;
}

function isKey(key: string): boolean {
  return !isRefusedKey(key) && key.isWellFormed();
}

function refusedKey(path: Path, key: string): Finding {
  return {
    severity: 'error',
    code: 'BadFormat',
    path: [...path, key],
    message: `the key ${quoted(key)} is not allowed`,
    hint: 'change the key',
    atKey: true,
  };
}
