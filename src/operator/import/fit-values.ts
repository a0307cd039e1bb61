import { isMap, type PlainMap, type PlainValue, plainMap } from '../../values/load/plain.ts';

/** The heading that `helm get values` prints without `-o yaml`. */
const HEADING = /^(USER-SUPPLIED|COMPUTED) VALUES:[ \t]*\r?\n/;

/** What `helm get values` prints as a values file: a comment for its heading, so that lines keep their numbers, and nothing for `null`. */
export function valuesOfHelm(text: string): string {
  const rest = text.replace(HEADING, '#\n');
  return /^(#\n)?\s*null\s*$/.test(rest) ? '' : rest;
}

/** Values without what stands at some paths; a section that is left without anything goes as well. */
export function withoutPaths(values: PlainMap, paths: readonly (readonly string[])[]): PlainMap {
  return paths.reduce((left, path) => without(left, path), values);
}

function without(values: PlainMap, [key, ...below]: readonly string[]): PlainMap {
  if (key === undefined || !Object.hasOwn(values, key)) return values;
  const inner = values[key];
  const kept = below.length > 0 && isMap(inner) ? without(inner, below) : undefined;
  // Elements of lists are not taken apart: a list without one of them would mean something else.
  if (below.length > 0 && kept === undefined) return values;
  const entries = Object.entries(values).flatMap(
    ([name, value]): readonly (readonly [string, PlainValue])[] => {
      if (name !== key) return [[name, value]];
      return kept === undefined || Object.keys(kept).length === 0 ? [] : [[name, kept]];
    },
  );
  return plainMap(entries);
}
