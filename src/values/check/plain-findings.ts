import { quoted } from '../load/origin.ts';
import { isRefusedKey, MAX_DEPTH, type Path } from '../load/plain.ts';
import type { Finding } from './finding.ts';

/**
 * What keeps data of a program from being values: what no values file can say. That is half of a surrogate pair,
 * a number that is not finite, anything that JSON has not, the keys that JavaScript treats specially, and nesting
 * that has no end.
 */
export function plainFindings(values: unknown): readonly Finding[] {
  const findings: Finding[] = [];
  visit(values, [], findings);
  return findings;
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
  for (const [key, value] of Object.entries(map)) {
    if (!isRefusedKey(key) && key.isWellFormed()) visit(value, [...path, key], findings);
    else {
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
