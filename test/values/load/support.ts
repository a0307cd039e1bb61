import { type Coalesced, coalesce } from '../../../src/values/load/coalesce.ts';
import { type Layered, layerSources } from '../../../src/values/load/layer.ts';
import type { PlainMap } from '../../../src/values/load/plain.ts';
import type { SetKind, ValueSource } from '../../../src/values/load/source.ts';
import { readWithYamlPackage } from '../../support/values-reader.ts';

/** The files that `--set-file` finds in these tests. */
export const CONTENTS: ReadonlyMap<string, string> = new Map([
  ['one.txt', 'one\n'],
  ['two.txt', 'a,{b}\\\n'],
  ['a,b.txt', 'comma'],
]);

/** One flag as a source. */
export function flag(kind: SetKind, expression: string): ValueSource {
  return kind === 'set-file' ? { kind, expression, contents: CONTENTS } : { kind, expression };
}

/** One file as a source. */
export function file(name: string, text: string): ValueSource {
  return { kind: 'file', name, text };
}

/** Layers sources with the tests' reader. */
export function layer(...sources: readonly ValueSource[]): Layered<string> {
  return layerSources(sources, readWithYamlPackage);
}

/** What one flag alone says, as plain objects; throws when it has an error. */
export function valuesOf(kind: SetKind, expression: string): unknown {
  return cleanOf(layer(flag(kind, expression)));
}

/** The user values as plain objects; throws when there is an error. */
export function cleanOf({ user, problems }: Layered<string>): unknown {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('; '));
  return ordinary(user);
}

/** Messages of the errors of one flag alone. */
export function errorsOf(kind: SetKind, expression: string): readonly string[] {
  const { problems } = layer(flag(kind, expression));
  return problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

/** Layers and coalesces; gives the values as plain objects. */
export function valuesOver(defaults: PlainMap, ...sources: readonly ValueSource[]): unknown {
  return ordinary(coalesced(defaults, ...sources).values);
}

/** Layers and coalesces. */
export function coalesced(defaults: PlainMap, ...sources: readonly ValueSource[]): Coalesced {
  return coalesce(layer(...sources).user, defaults);
}

/** The same data in objects with the usual prototype, for comparison; keeps -0. */
export function ordinary(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordinary);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, ordinary(item)]));
}
