import { EVENT_ID, type Event } from 'js-yaml';
import {
  type ComposedDocument,
  type ComposeLimits,
  composeDocument,
  type YamlMap,
  type YamlValue,
} from './compose.ts';
import { tooManyValues } from './findings.ts';
import { helmSyntaxFindings } from './helm-syntax.ts';
import { startOf } from './node-source.ts';
import { MAX_READ_DEPTH, parse } from './parse.ts';
import { type Located, type PositionOf, positionsOf } from './positions.ts';
import { expected, type Finding, type ReadProblem, Refused } from './problem.ts';
import { decodeSource, textFinding } from './source-text.ts';

/** Largest values file. */
export const MAX_READ_BYTES = 1024 * 1024;
/** Largest number of aliases in a file. */
export const MAX_ALIASES = 100;

/** Largest number of values in a file once its aliases are unfolded, keys included. */
export const MAX_VALUES = 200_000;
/** Largest stream of manifests. */
export const MAX_STREAM_BYTES = 64 * 1024 * 1024;

/** Most problems that are named for one file. */
const MAX_PROBLEMS = 100;

interface ReadLimits extends ComposeLimits {
  readonly maxBytes: number;
}

const VALUES_LIMITS: ReadLimits = {
  maxBytes: MAX_READ_BYTES,
  maxAliases: MAX_ALIASES,
  maxValues: MAX_VALUES,
  exactIntegers: true,
};
const STREAM_LIMITS: ReadLimits = {
  maxBytes: MAX_STREAM_BYTES,
  maxAliases: MAX_ALIASES,
  maxValues: 100 * MAX_VALUES,
  exactIntegers: false,
};

/** A values file: its map and where everything in it stands, or everything that is wrong with it, in file order. */
export type ReadDocument =
  | { readonly ok: true; readonly value: YamlMap; readonly positions: Located }
  | { readonly ok: false; readonly problems: readonly ReadProblem[] };

/** A stream of manifests: its documents, or what is wrong with it. */
export type ReadDocuments =
  | { readonly ok: true; readonly documents: readonly YamlValue[] }
  | { readonly ok: false; readonly problems: readonly ReadProblem[] };

/**
 * Reads a values file exactly as Helm 3.17 to 4.3 read it, or refuses it; it never reads another value. Refused is what
 * Helm refuses, what its versions read differently (several documents, directives), what it reads at random or silently
 * loses (duplicate keys, keys of fractions, integers beyond 2^53-1), and what is only ever an attack: more than
 * {@link MAX_ALIASES} aliases or {@link MAX_VALUES} values, more than {@link MAX_READ_BYTES}, nesting over {@link MAX_READ_DEPTH}
 * levels, keys named `__proto__`, `constructor` or `prototype`.
 *
 * An empty file, a file of comments and `null` are an empty map. Maps of the result have no prototype. A map or list that
 * an alias names is the same object in every place: copy before changing.
 *
 * @param source the bytes of the file, or its text.
 * @param options.file name for problems.
 * @param options.large for files that programs write: as large as {@link readDocuments} takes them.
 */
export function readDocument(
  source: string | Uint8Array,
  options: { readonly file: string; readonly large?: boolean },
): ReadDocument {
  const limits = options.large === true ? { ...STREAM_LIMITS, exactIntegers: true } : VALUES_LIMITS;
  return guarded(source, options.file, limits, (file) => {
    const [first, ...others] = documentsOf(file.events);
    const second = others.find((document) => !isEmpty(file.events[document]));
    if (second !== undefined) throw new Refused([severalDocuments(file, second)]);
    if (first === undefined) return { ok: true, value: emptyMap(), positions: NOWHERE };
    const document = compose(file, first, limits);
    const { value, positions } = document;
    if (value === null) return { ok: true, value: emptyMap(), positions };
    if (typeof value === 'object' && !Array.isArray(value)) return { ok: true, value, positions };
    throw new Refused([notMap(document)]);
  });
}

/**
 * Reads a stream of manifests (the output of `helm template`, of kubectl or of the emitter) into its documents. Scalars
 * are read as in {@link readDocument}, but integers of any size become the nearest double, as in Helm. Documents without
 * content (comments only, or nothing between two `---`) are left out. At most {@link MAX_STREAM_BYTES}.
 */
export function readDocuments(
  source: string | Uint8Array,
  options: { readonly file: string },
): ReadDocuments {
  return guarded(source, options.file, STREAM_LIMITS, (file) => {
    const documents = documentsOf(file.events)
      .filter((first) => !isEmpty(file.events[first]))
      .map((first) => compose(file, first, STREAM_LIMITS).value);
    return { ok: true, documents };
  });
}

const NOWHERE: Located = { key: null, value: { line: 1, column: 1 }, entries: new Map() };

function emptyMap(): YamlMap {
  return Object.create(null);
}

interface ParsedFile {
  readonly text: string;
  readonly events: readonly Event[];
  readonly positionOf: PositionOf;
  /** What has been found wrong so far. */
  readonly findings: Finding[];
}

type Failure = { readonly ok: false; readonly problems: readonly ReadProblem[] };

/** Parses the source and hands it to `build`; whatever is found wrong on the way comes back as problems. */
function guarded<Result>(
  source: string | Uint8Array,
  name: string,
  limits: ReadLimits,
  build: (file: ParsedFile) => Result,
): Result | Failure {
  const findings: Finding[] = [];
  let positionOf: PositionOf = () => NOWHERE.value;
  try {
    const text = decodeSource(source, limits.maxBytes);
    positionOf = positionsOf(text);
    const finding = textFinding(text);
    if (finding !== undefined) throw new Refused([finding]);
    const events = parse(text);
    if (events.length > 2 * limits.maxValues) throw new Refused([tooManyValues(limits.maxValues)]);
    findings.push(...helmSyntaxFindings(events, text).slice(0, MAX_PROBLEMS));
    const result = build({ text, events, positionOf, findings });
    return findings.length === 0 ? result : failure(name, positionOf, findings);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return failure(name, positionOf, [...findings, ...error.findings]);
  }
}

function failure(file: string, positionOf: PositionOf, findings: readonly Finding[]): Failure {
  const problems = findings
    .toSorted((one, other) => one.offset - other.offset)
    .slice(0, MAX_PROBLEMS)
    .map(({ offset, ...problem }) => ({ ...problem, file, ...positionOf(offset) }));
  return { ok: false, problems };
}

/** For every document the index of its first event. */
function documentsOf(events: readonly Event[]): number[] {
  return events.flatMap((event, index) => (event.type === EVENT_ID.DOCUMENT ? [index + 1] : []));
}

/** Whether the document that begins with this event has no content at all. */
function isEmpty(event: Event | undefined): boolean {
  if (event === undefined) return true;
  return (
    event.type === EVENT_ID.SCALAR &&
    event.valueStart === -1 &&
    event.tagStart === -1 &&
    event.anchorStart === -1
  );
}

function compose(file: ParsedFile, first: number, limits: ComposeLimits): ComposedDocument {
  const document = composeDocument(file.text, file.events, first, file.positionOf, limits);
  file.findings.push(...document.findings);
  return document;
}

function severalDocuments(file: ParsedFile, second: number): Finding {
  const event = file.events[second];
  return {
    code: 'SeveralDocuments',
    offset: event === undefined ? 0 : startOf(event, file.text),
    message: expected('one document', 'content behind a second ---'),
    hint: 'put it into a file of its own; Helm 3 ignores it, Helm 4 merges it',
  };
}

function notMap(document: ComposedDocument): Finding {
  const { value } = document;
  return {
    code: 'TopLevelNotMap',
    offset: document.offset,
    message: expected(
      'a map of values',
      Array.isArray(value) ? 'a list' : JSON.stringify(value)?.slice(0, 60),
    ),
    hint: 'write key: value, with a blank behind the colon',
  };
}
