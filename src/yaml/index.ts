/**
 * YAML that every reader reads alike: written by the emitter, read as Helm reads it. The reader loads js-yaml; a program that
 * only writes imports `emit.ts` alone.
 */
export type { YamlMap, YamlValue } from './compose.ts';
export { type EmittedDocument, emitDocument, emitDocuments } from './emit.ts';
export { type Located, locate, type Position } from './positions.ts';
export type { ReadProblem, ReadProblemCode } from './problem.ts';
export { MAX_VALUES, type ReadDocument, type ReadDocuments, readDocument, readDocuments } from './read.ts';
export { type ResolvedScalar, resolveScalar } from './resolve-scalar.ts';
