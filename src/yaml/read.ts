import { EVENT_ID, type Event, parseEvents, YAMLException } from 'js-yaml';
import {
  type ComposedDocument,
  type ComposeLimits,
  composeDocument,
  type YamlMap,
  type YamlValue,
} from './compose.ts';
import { helmSyntaxFindings } from './helm-syntax.ts';
import { startOf } from './node-source.ts';
import { type Located, type PositionOf, positionsOf } from './positions.ts';
import { type Finding, type ReadProblem, Refused } from './problem.ts';
import { decodeSource, textFinding } from './source-text.ts';

/** Deepest nesting of maps and lists. */
export const MAX_READ_DEPTH = 100;
/** Largest values file. */
export const MAX_READ_BYTES = 1024 * 1024;
/** Largest number of aliases in a file. */
export const MAX_ALIASES = 100;

/** Most problems that are named for one file. */
const MAX_PROBLEMS = 100;
const VALUES_LIMITS: ComposeLimits = { maxAliases: MAX_ALIASES, maxValues: 250_000, exactIntegers: true };
const STREAM_LIMITS: ComposeLimits = { maxAliases: MAX_ALIASES, maxValues: 20_000_000, exactIntegers: false };
/** Largest stream of manifests. */
export const MAX_STREAM_BYTES = 64 * 1024 * 1024;

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
 * {@link MAX_ALIASES} aliases or 250,000 unfolded values, more than {@link MAX_READ_BYTES}, nesting over
 * {@link MAX_READ_DEPTH}, keys named `__proto__`, `constructor` or `prototype`.
 *
 * An empty file, a file of comments and `null` are an empty map. Maps of the result have no prototype. A map or list that
 * an alias names is the same object in every place: copy before changing.
 *
 * @param source the bytes of the file, or its text.
 * @param options.file name for problems.
 */
export function readDocument(source: string | Uint8Array, options: { readonly file: string }): ReadDocument {
  return guarded(source, options.file, MAX_READ_BYTES, (file) => {
    const documents = documentsOf(file.events);
    const second = documents.find((first, index) => index > 0 && !isEmpty(file.events[first]));
    if (second !== undefined) throw new Refused([severalDocuments(file, second)]);
    const [document] = documents.slice(0, 1).map((first) => compose(file, first, VALUES_LIMITS));
    if (document === undefined || document.value === null) {
      const positions = document?.positions ?? {
        key: null,
        value: { line: 1, column: 1 },
        entries: new Map(),
      };
      return { ok: true, value: Object.create(null), positions };
    }
    if (typeof document.value !== 'object' || Array.isArray(document.value))
      throw new Refused([notMap(document)]);
    return { ok: true, value: document.value, positions: document.positions };
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
  return guarded(source, options.file, MAX_STREAM_BYTES, (file) => {
    const documents = documentsOf(file.events)
      .filter((first) => !isEmpty(file.events[first]))
      .map((first) => compose(file, first, STREAM_LIMITS).value);
    return { ok: true, documents };
  });
}

interface ParsedFile {
  readonly text: string;
  readonly events: readonly Event[];
  readonly positionOf: PositionOf;
}

type Failure = { readonly ok: false; readonly problems: readonly ReadProblem[] };

/** Parses the source and hands it to `build`; whatever is refused on the way comes back as problems. */
function guarded<Result>(
  source: string | Uint8Array,
  name: string,
  maxBytes: number,
  build: (file: ParsedFile) => Result,
): Result | Failure {
  let positionOf: PositionOf = () => ({ line: 1, column: 1 });
  try {
    const text = decodeSource(source, maxBytes);
    positionOf = positionsOf(text);
    const finding = textFinding(text);
    if (finding !== undefined) throw new Refused([finding]);
    const events = parse(text);
    const findings = helmSyntaxFindings(events, text);
    if (findings.length > 0) throw new Refused(findings.slice(0, MAX_PROBLEMS));
    return build({ text, events, positionOf });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const problems = error.findings
      .toSorted((one, other) => one.offset - other.offset)
      .map(({ offset, ...problem }) => ({ ...problem, file: name, ...positionOf(offset) }));
    return { ok: false, problems };
  }
}

function parse(text: string): Event[] {
  try {
    // The parser counts the scalar at the bottom as a level too.
    return parseEvents(text, { maxDepth: MAX_READ_DEPTH + 1 });
  } catch (error) {
    if (error instanceof YAMLException) throw new Refused([syntaxFinding(error)]);
    throw error;
  }
}

function syntaxFinding({ reason, mark }: YAMLException): Finding {
  const offset = mark?.position ?? 0;
  if (reason.startsWith('nesting exceeded')) {
    return {
      code: 'TooDeep',
      offset,
      message: `Expected maps and lists nested at most ${MAX_READ_DEPTH} levels deep, found more`,
      hint: 'Flatten the values.',
    };
  }
  return {
    code: 'YamlSyntax',
    offset,
    message: `Expected YAML, found a mistake: ${reason}`,
    hint: 'Check indentation, quotes, brackets and blanks behind colons here and in the line before.',
  };
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
  if (document.findings.length > 0) throw new Refused(document.findings);
  return document;
}

function severalDocuments(file: ParsedFile, second: number): Finding {
  const event = file.events[second];
  return {
    code: 'SeveralDocuments',
    offset: event === undefined ? 0 : startOf(event, file.text),
    message: 'Expected one document, found content behind a second ---',
    hint: 'Put it into a file of its own; Helm 3 ignores it, Helm 4 merges it.',
  };
}

function notMap(document: ComposedDocument): Finding {
  const { value } = document;
  return {
    code: 'TopLevelNotMap',
    offset: document.offset,
    message: `Expected a map of values, found ${Array.isArray(value) ? 'a list' : JSON.stringify(value)?.slice(0, 60)}`,
    hint: 'Write key: value, with a blank behind the colon.',
  };
}
