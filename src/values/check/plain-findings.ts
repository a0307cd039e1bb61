import { quoted } from '../load/origin.ts';
import { isRefusedKey, MAX_DEPTH, type Path } from '../load/plain.ts';
import type { Finding } from './finding.ts';
import { foundText } from './words.ts';

/**
 * What keeps data of a program from being values: what no values file can say. That is half of a surrogate pair,
 * a number that is not finite, anything that JSON has not, the keys that JavaScript treats specially, and nesting
 * that has no end.
 */
export function plainFindings(values: unknown): readonly Finding[] {
  const walk: Walk = { findings: [], around: new Set(), left: MAX_VALUES };
  try {
    if (typeof values !== 'object' || values === null || Array.isArray(values)) {
      return [wrongType([], `expected a map of values, found ${foundText(values)}`, 'write {} for none')];
    }
    visit(values, [], walk);
  } catch (error) {
    // What a proxy does when it is read is up to whoever made it.
    return [wrongType([], `expected plain data, found some that throws: ${String(error)}`)];
  }
  return walk.findings;
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
  if (walk.left < 0) return;
  walk.left -= 1;
  const refusal = refusalOf(value, path, walk);
  if (refusal !== undefined) {
    const [code, message] = refusal;
    walk.findings.push({ severity: 'error', code, path, message, hint: 'change the value' });
  } else if (typeof value === 'object' && value !== null) {
    walk.around.add(value);
    if (Array.isArray(value)) visitList(value, path, walk);
    else visitMap(value, path, walk);
    walk.around.delete(value);
  }
}

/** Why a value is none, whatever is in it: code and message. */
function refusalOf(value: unknown, path: Path, walk: Walk): readonly [string, string] | undefined {
  if (walk.left < 0) return ['OutOfRange', `expected at most ${MAX_VALUES} values, found more`];
  switch (typeof value) {
    case 'boolean':
      return undefined;
    case 'string':
      if (value.isWellFormed()) return undefined;
      return ['BadFormat', 'expected Unicode text, found half of a surrogate pair'];
    case 'number':
      return Number.isFinite(value) ? undefined : ['WrongType', `expected a finite number, found ${value}`];
    case 'object':
      if (value === null) return undefined;
      if (walk.around.has(value)) {
        return ['OutOfRange', 'expected data that ends, found a map or list that contains itself'];
      }
      if (path.length < MAX_DEPTH) return undefined;
      return ['OutOfRange', `expected at most ${MAX_DEPTH} levels of maps and lists, found more`];
    default:
      return ['WrongType', `expected what JSON can say, found ${typeof value}`];
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
  for (const key of Object.getOwnPropertyNames(map)) {
    const own = Object.getOwnPropertyDescriptor(map, key);
    if (own?.get !== undefined) {
      walk.findings.push(wrongType([...path, key], 'expected a value, found a getter', 'read it before'));
    } else if (!isRefusedKey(key) && key.isWellFormed()) {
      visit(own?.value, [...path, key], walk);
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
