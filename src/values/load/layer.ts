import { MAX_PADDING, type Padding } from './assign.ts';
import { type Layer, layFlag } from './lay-flag.ts';
import { mergeMaps } from './merge.ts';
import type { PlainMap } from './plain.ts';
import type { LoadProblem } from './problem.ts';
import { type ReadYaml, readFileSource } from './read-yaml.ts';
import type { FileSource, ValueSource } from './source.ts';
import { type SourcedMap, toPlainMap } from './sourced.ts';

/** What the user's sources say together. */
export type Layered<Code extends string> = {
  /** The user's values, before defaults. Maps have no prototype. */
  readonly user: PlainMap;
  /** The same values with where each was written; ask it with `findOrigin`. */
  readonly origins: SourcedMap;
  /** Everything wrong with the sources. A file or an assignment with an error is left out of the values. */
  readonly problems: readonly LoadProblem<Code>[];
};

/**
 * Lays the user's sources over each other as Helm does: first all files in their order, then all `--set-json`,
 * `--set`, `--set-string`, `--set-file` and `--set-literal` in this order, whatever the order given; within one kind
 * the order given counts. Files merge map by map; a flag edits what it names and replaces the value there.
 *
 * Never throws for bad input: it is told as a problem. Source: Helm docs, "Values Files" and "The Format and
 * Limitations of --set".
 */
export function layerSources<Code extends string>(
  sources: readonly ValueSource[],
  readYaml: ReadYaml<Code>,
): Layered<Code> {
  const padding: Padding = { left: MAX_PADDING };
  const problems: LoadProblem<Code>[] = [];
  let origins: SourcedMap = {
    kind: 'map',
    origin: { file: '', line: null, column: null },
    entries: new Map(),
  };
  for (const source of inHelmOrder(sources)) {
    const step =
      source.kind === 'file' ? layFile(origins, source, readYaml) : layFlag(origins, source, padding);
    origins = step.origins;
    problems.push(...step.problems);
  }
  return { user: toPlainMap(origins), origins, problems };
}

/** Every kind of source, in the order in which Helm lays them over each other. */
export const SOURCE_KINDS = ['file', 'set-json', 'set', 'set-string', 'set-file', 'set-literal'] as const;

function inHelmOrder(sources: readonly ValueSource[]): readonly ValueSource[] {
  return SOURCE_KINDS.flatMap((kind) => sources.filter((source) => source.kind === kind));
}

function layFile<Code extends string>(
  origins: SourcedMap,
  source: FileSource,
  readYaml: ReadYaml<Code>,
): Layer<Code> {
  const { root, problems } = readFileSource(source, readYaml);
  return { origins: root === null ? origins : mergeMaps(origins, root), problems };
}
