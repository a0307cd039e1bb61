/** Values as Helm loads them: files and flags laid over each other and over the defaults, with every origin kept. */
export { type Coalesced, coalesce } from './coalesce.ts';
export { type Layered, layerSources, SOURCE_KINDS } from './layer.ts';
export type { Origin } from './origin.ts';
export {
  frozenPlain,
  type Path,
  type PlainList,
  type PlainMap,
  type PlainValue,
  type Scalar,
  showPath,
} from './plain.ts';
export { type PlainValues, readPlainValues } from './plain-values.ts';
export type { LoadProblem } from './problem.ts';
export type { FileProblem, Position, Positions, ReadYaml } from './read-yaml.ts';
export { setFilePaths } from './set-expression.ts';
export type { FileSource, SetFileSource, SetKind, SetSource, ValueSource } from './source.ts';
export { type FoundOrigin, findOrigin, type Sourced, type SourcedMap } from './sourced.ts';
