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
  const findings: Finding[] = [];
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    return [wrongType([], `expected a map of values, found ${foundText(values)}`, 'write {} for none')];
  }
  try {
    visit(values, [], findings);
  } catch (error) {
    // What a proxy does when it is read is up to whoever made it.
    return [wrongType([], `expected plain data, found some that throws: ${String(error)}`)];
  }
  return findings;
}

function wrongType(path: Path, message: string, hint = 'change the value'): Finding {
  return { severity: 'error', code: 'WrongType', path, message, hint };
}

function visit(value: unknown, path: Path, findings: Finding[]): void {
  const refuse = (code: string, message: string, hint = 'change the value') => {
    findings.push({ severity: 'error', code, path, message, hint });
  };
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'string') {
    if (!value.isWellFormed()) refuse('BadFormat', 'expected Unicode text, found half of a surrogate pair');
  } else if (typeof value === 'number') {
    if (!Number.isFinite(value)) refuse('WrongType', `expected a finite number, found ${value}`);
  } else if (typeof value !== 'object') {
    refuse('WrongType', `expected what JSON can say, found ${typeof value}`);
  } else if (path.length >= MAX_DEPTH) {
    refuse('OutOfRange', `expected at most ${MAX_DEPTH} levels of maps and lists, found more`);
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      visit(item, [...path, index], findings);
    });
  } else visitMap(value, path, findings);
}

function visitMap(map: object, path: Path, findings: Finding[]): void {
  if (!isPlain(map)) {
    const name = /^\[object (\w+)\]$/.exec(Object.prototype.toString.call(map))?.[1] ?? 'Object';
    findings.push(wrongType(path, `expected a plain map, found an object of a class (${name})`));
    return;
  }
  for (const [key, { value, get }] of Object.entries(Object.getOwnPropertyDescriptors(map))) {
    if (get !== undefined) {
      findings.push(wrongType([...path, key], 'expected a value, found a getter', 'read it before'));
    } else if (!isRefusedKey(key) && key.isWellFormed()) {
      visit(value, [...path, key], findings);
    } else {
      findings.push({
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
