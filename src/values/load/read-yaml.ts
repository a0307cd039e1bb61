import type { Origin } from './origin.ts';
import { isMap, type PlainMap, type PlainValue } from './plain.ts';
import type { LoadProblem } from './problem.ts';
import type { FileSource } from './source.ts';
import type { Sourced, SourcedEntry, SourcedMap } from './sourced.ts';

/** A line and column in a file, both from 1. */
export type Position = { readonly line: number; readonly column: number };

/** Where a value and all that is in it stand: a tree of the value's shape, list items by index (`"0"`, `"1"`, ...). */
export type Positions = {
  /** The place of the value's key; null at the top and in lists. */
  readonly key: Position | null;
  /** The place of the value itself. */
  readonly value: Position;
  readonly entries: ReadonlyMap<string, Positions>;
};

/** A reason to refuse a file, as the reader tells it. */
export type FileProblem<Code extends string> = Position & {
  readonly code: Code;
  readonly message: string;
  readonly hint: string;
  readonly file: string;
};

/**
 * Reads one values file as Helm reads YAML; never throws for bad input. `readDocument` of the yaml room is one. It
 * must bound the size of what aliases unfold to.
 */
export type ReadYaml<Code extends string> = (
  source: string | Uint8Array,
  options: { readonly file: string },
) =>
  | { readonly ok: true; readonly value: PlainMap; readonly positions: Positions }
  | { readonly ok: false; readonly problems: readonly FileProblem<Code>[] };

/** What a file says, with the place of everything; null when it cannot be used. */
export type SourcedFile<Code extends string> = {
  readonly root: SourcedMap | null;
  readonly problems: readonly LoadProblem<Code>[];
};

/** Reads a file source, giving every value and key its line and column. */
export function readFileSource<Code extends string>(
  source: FileSource,
  readYaml: ReadYaml<Code>,
): SourcedFile<Code> {
  const read = readYaml(source.text, { file: source.name });
  if (!read.ok) return { root: null, problems: read.problems.map(loadProblem) };
  return { root: placedMap(read.value, read.positions, source.name), problems: [] };
}

function loadProblem<Code extends string>({
  code,
  message,
  hint,
  file,
  line,
  column,
}: FileProblem<Code>): LoadProblem<Code> {
  return { severity: 'error', code, path: '', message, hint, origin: { file, line, column } };
}

function placed(value: PlainValue, at: Positions, file: string): Sourced {
  if (typeof value !== 'object' || value === null) {
    return { kind: 'scalar', origin: originOf(at.value, file), value };
  }
  if (isMap(value)) return placedMap(value, at, file);
  const items = value.map((item, index) => placed(item, at.entries.get(String(index)) ?? at, file));
  return { kind: 'list', origin: originOf(at.value, file), items };
}

function placedMap(map: PlainMap, at: Positions, file: string): SourcedMap {
  const entries = new Map<string, SourcedEntry>();
  for (const [key, item] of Object.entries(map)) {
    const itemAt = at.entries.get(key) ?? at;
    entries.set(key, { key: originOf(itemAt.key ?? itemAt.value, file), value: placed(item, itemAt, file) });
  }
  return { kind: 'map', origin: originOf(at.value, file), entries };
}

function originOf({ line, column }: Position, file: string): Origin {
  return { file, line, column };
}
