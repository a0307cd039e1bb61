import { isDeepStrictEqual } from 'node:util';
import {
  type ChartName,
  evaluateChart,
  loadValues,
  type Problem,
  type Release,
  render,
  type ValueSource,
} from '../../../src/index.ts';
import { readDocuments } from '../../../src/yaml/index.ts';
import type { Rendering } from '../support/helm-batch.ts';
import { type SchemaRefusal, schemaRefusal } from './schema-refusal.ts';

/** What comes of values: objects in their order, or a refusal by one of the three gates. */
export type Outcome =
  | { readonly kind: 'objects'; readonly objects: readonly SourcedObject[] }
  /** The values cannot be read at all; each reader says it in words of its own. */
  | { readonly kind: 'unreadable' }
  | SchemaRefusal
  /** Helm refuses the name of the release before it looks at the chart. */
  | { readonly kind: 'release' }
  /** The constraints broken, as the text that both print. */
  | { readonly kind: 'constraints'; readonly text: string };

/** An object and the file of the chart that it comes from, as `kubebyon-multi-node/templates/api-service.yaml`. */
export interface SourcedObject {
  readonly source: string;
  readonly object: unknown;
}

const SCHEMA_CODES: ReadonlySet<string> = new Set([
  ...['UnknownKey', 'WrongType', 'NotAllowed', 'OutOfRange', 'BadFormat', 'Required'],
]);

/** Errors of the library that the language of templates cannot say: Helm renders such values. */
export const LIBRARY_ONLY: ReadonlySet<string> = new Set([
  ...[
    'DuplicateEntry',
    'PartMissing',
    'PartsContradict',
    'PartOutOfRange',
    'PartMalformed',
    'PartNotAllowed',
  ],
  ...['VolumeMissing', 'RequestAboveLimit', 'VariableOfChart', 'StrategyWithoutProgress'],
]);

/** What the library makes of values. Like Helm it stops at the first gate that refuses. */
export function ourOutcome(chart: ChartName, sources: readonly ValueSource[], release: Release): Outcome {
  const loaded = loadValues(chart, sources);
  const { problems } = render(loaded, release);
  const errors = problems.filter(({ severity, code }) => severity === 'error' && !LIBRARY_ONLY.has(code));
  if (errors.length === 0) {
    const manifests = evaluateChart(chart, loaded.values, release);
    return {
      kind: 'objects',
      objects: manifests.map(({ source, manifest }) => ({ source, object: plain(manifest) })),
    };
  }
  const ofSchema = errors.filter(({ code }) => SCHEMA_CODES.has(code));
  const unreadable = loaded.problems.filter(
    ({ severity, code }) => severity === 'error' && !LIBRARY_ONLY.has(code),
  );
  if (unreadable.some((problem) => !ofSchema.includes(problem))) {
    return { kind: 'unreadable' };
  }
  if (ofSchema.length > 0) return { kind: 'schema', paths: ofSchema.map(plainPath).toSorted() };
  return { kind: 'constraints', text: errors.map(textOf).join('\n') };
}

/** A path as `a.b.0.c`, which is how Helm 3.17 writes one. */
function plainPath({ path }: Problem): string {
  return path.replace(/\\(.)|\[(\d+)\]/g, (_, escaped?: string, index?: string) => escaped ?? `.${index}`);
}

function textOf({ code, path, message, hint }: Problem): string {
  return `error ${code} ${path}: ${message}\n  hint: ${hint}`;
}

/** What Helm makes of values. */
export function helmOutcome(rendering: Rendering): Outcome {
  if (rendering.ok) return { kind: 'objects', objects: objectsOf(rendering.output) };
  const { error } = rendering;
  const failure =
    /^execution error at \(\S+\/templates\/checks\/constraints\.yaml:[\d:]+\): \n(.*)\n\nUse --debug/s;
  const text = failure.exec(error)?.[1];
  if (text?.startsWith('error BadFormat values: ')) return { kind: 'schema', paths: 'not told' };
  if (text !== undefined) return { kind: 'constraints', text };
  if (error.startsWith('release name ')) return { kind: 'release' };
  const refusal = schemaRefusal(error);
  if (refusal !== undefined) return refusal;
  if (/^failed (to parse|parsing) /.test(error)) return { kind: 'unreadable' };
  throw new Error(`Helm cannot use the chart: ${error}`);
}

/** The objects in the output of `helm template`, read as Helm reads, not as YAML 1.2. */
export function objectsOf(output: string): readonly SourcedObject[] {
  const read = readDocuments(output, { file: 'output of helm template' });
  if (!read.ok) throw new Error(`${JSON.stringify(read.problems.slice(0, 3))} in\n${output}`);
  const documents = read.documents.filter((document) => document !== null);
  const sources = [...output.matchAll(/^# Source: (.*)$/gm)].map(([, source = '']) => source);
  if (sources.length !== documents.length) throw new Error(`a document without a source in\n${output}`);
  return documents.map((object, index) => ({ source: sources[index] ?? '', object: plain(object) }));
}

/** Maps with the usual prototype, so that they can be compared. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** Where two outcomes differ, in a few lines; undefined when they are the same. */
export function difference(ours: Outcome, helm: Outcome): string | undefined {
  if (isDeepStrictEqual(ours, helm)) return undefined;
  if (helm.kind === 'release') {
    const isTold = ours.kind === 'constraints' && ours.text.includes('error ReleaseNameUnfit');
    return isTold ? undefined : `Helm refuses the name of the release, the library: ${summary(ours)}`;
  }
  if (ours.kind === 'schema' && helm.kind === 'schema' && helm.paths === 'not told') return undefined;
  if (ours.kind !== 'objects' || helm.kind !== 'objects') {
    return `the library: ${summary(ours)}\nHelm: ${summary(helm)}`;
  }
  const [expected, found] = [ours, helm].map(({ objects }) => objects.map(({ source }) => source));
  if (!isDeepStrictEqual(expected, found)) {
    return `the library renders ${expected?.join(', ')}\nHelm renders ${found?.join(', ')}`;
  }
  const index = ours.objects.findIndex((object, i) => !isDeepStrictEqual(object, helm.objects[i]));
  const [mine, theirs] = [ours, helm].map(({ objects }) => JSON.stringify(objects[index]?.object));
  return `${ours.objects[index]?.source} differs\nthe library: ${mine}\nHelm: ${theirs}`;
}

function summary(outcome: Outcome): string {
  return outcome.kind === 'objects' ? `${outcome.objects.length} objects` : JSON.stringify(outcome);
}
