import { at, listOf, numberOf, textOf } from '../text/json.ts';

/** Readers of data of unknown shape: what a server sends is checked where it is used. */
export { at, isRecord, type JsonRecord } from '../text/json.ts';

export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  return textOf(at(value, ...path));
}

export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  return numberOf(at(value, ...path));
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  return listOf(at(value, ...path));
}

/** Parsed JSON, or undefined when it is none. `undefined` is no JSON, so nothing is lost. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
