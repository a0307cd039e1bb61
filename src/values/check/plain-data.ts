import { quoted } from '../load/origin.ts';
import { isRefusedKey, MAX_DEPTH, type Path, type PlainMap } from '../load/plain.ts';
import type { ShapeCode } from './codes.ts';
import type { Finding } from './finding.ts';
import { foundText } from './words.ts';

/** Values of a program as values of a file would be, or what keeps them from being that. */
export type ReadPlain =
  | { readonly ok: true; readonly data: PlainMap }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/**
 * Reads data of a program as values. What no values file can say is a finding: half of a surrogate pair, a number that is
 * not finite, anything that JSON has not, the keys that JavaScript treats specially, and nesting that has no end.
 */
export function readPlain(values: unknown): ReadPlain {
  const walk: Walk = { findings: [], around: new Set(), left: MAX_VALUES };
  try {
    if (typeof values !== 'object' || values === null || Array.isArray(values)) {
      const message = `expected a map of values, found ${foundText(values)}`;
      return { ok: false, findings: [wrongType([], message, 'write {} for none')] };
    }
    visit(values, [], walk);
    // Everything in it has been looked at.
    return walk.findings.length === 0
      ? { ok: true, data: values as PlainMap }
      : { ok: false, findings: walk.findings };
  } catch (error) {
    // What a proxy does when it is read is up to whoever made it.
    const message = `expected plain data, found some that throws: ${String(error)}`;
    return { ok: false, findings: [wrongType([], message)] };
  }
}

/** Most values in all, each counted where it stands: what is shared is walked as often by everybody after us. */
const MAX_VALUES = 100_000;

interface Walk {
  readonly findings: Finding[];
  /** The maps and lists around the present value. */
  readonly around: Set<object>;
  /** How many values may still come; negative: too many have, and that has been said. */
  left: number;
}

function wrongType(path: Path, message: string, hint = 'change the value'): Finding {
  return { severity: 'error', code: 'WrongType', path, message, hint };
}

function visit(value: unknown, path: Path, walk: Walk): void {
  const refuse = (code: ShapeCode, message: string, hint = 'change the value') => {
    walk.findings.push({ severity: 'error', code, path, message, hint });
  };
  if (walk.left < 0) return;
  walk.left -= 1;
  if (walk.left < 0) refuse('OutOfRange', `expected at most ${MAX_VALUES} values, found more`);
  else if (value === null || typeof value === 'boolean') return;
  else if (typeof value === 'string') {
    if (!value.isWellFormed()) refuse('BadFormat', 'expected Unicode text, found half of a surrogate pair');
  } else if (typeof value === 'number') {
    if (!Number.isFinite(value)) refuse('WrongType', `expected a finite number, found ${value}`);
  } else if (typeof value !== 'object') {
    refuse('WrongType', `expected what JSON can say, found ${typeof value}`);
  } else if (walk.around.has(value)) {
    refuse('OutOfRange', 'expected data that ends, found a map or list that contains itself');
  } else if (path.length >= MAX_DEPTH) {
    refuse('OutOfRange', `expected at most ${MAX_DEPTH} levels of maps and lists, found more`);
  } else {
    walk.around.add(value);
    if (Array.isArray(value)) visitList(value, path, walk);
    else visitMap(value, path, walk);
    walk.around.delete(value);
  }
}

function visitList(list: readonly unknown[], path: Path, walk: Walk): void {
  // A list may claim any length without holding anything.
  for (let index = 0; index < list.length && walk.left >= 0; index += 1)
    visit(list[index], [...path, index], walk);
}

function visitMap(map: object, path: Path, walk: Walk): void {
  if (!isPlain(map)) {
    const name = /^\[object (\w+)\]$/.exec(Object.prototype.toString.call(map))?.[1] ?? 'Object';
    walk.findings.push(wrongType(path, `expected a plain map, found an object of a class (${name})`));
    return;
  }
  for (const [key, { value, get }] of Object.entries(Object.getOwnPropertyDescriptors(map))) {
    if (get !== undefined) {
      walk.findings.push(wrongType([...path, key], 'expected a value, found a getter', 'read it before'));
    } else if (!isRefusedKey(key) && key.isWellFormed()) {
      visit(value, [...path, key], walk);
    } else {
      walk.findings.push({
        severity: 'error',
        code: 'BadFormat',
        path: [...path, key.toWellFormed()],
        message: `the key ${quoted(key.toWellFormed())} is not allowed`,
        hint: 'change the key',
        atKey: true,
      });
    }
  }
}

/** Of no class: also a map without prototype, or of another realm as in test runners. */
function isPlain(map: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(map);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
