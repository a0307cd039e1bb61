import {
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';
import { startOf } from './node-source.ts';
import type { Located, Position, PositionOf } from './positions.ts';
import { type Finding, type ReadProblemCode, Refused } from './problem.ts';
import { type ResolvedScalar, resolveScalar } from './resolve-scalar.ts';

/** What a YAML document holds once read. Maps have no prototype: a key like `toString` is there only if it was written. */
export type YamlValue = null | boolean | number | string | YamlValue[] | YamlMap;
export interface YamlMap {
  [key: string]: YamlValue;
}

/** How far a reader goes. */
export interface ComposeLimits {
  readonly maxAliases: number;
  /** Largest number of values once aliases and merges are unfolded. */
  readonly maxValues: number;
  /** Whether integers beyond 2^53-1 are refused; otherwise they become the nearest double, as in Helm. */
  readonly exactIntegers: boolean;
}

export interface ComposedDocument {
  readonly value: YamlValue;
  /** Where the document's content begins in the text. */
  readonly offset: number;
  readonly positions: Located;
  readonly findings: readonly Finding[];
}

/** A value with what its use as a key, an alias or a merge needs to know. */
interface Node {
  readonly kind: 'scalar' | 'map' | 'list';
  readonly value: YamlValue;
  readonly at: Position;
  readonly entries: ReadonlyMap<string, Located>;
  /** Number of values in it, itself included, with aliases unfolded. */
  readonly size: number;
  readonly scalar?: ResolvedScalar;
  readonly items?: readonly Node[];
  readonly viaAlias?: boolean;
}

interface State {
  readonly source: string;
  readonly events: readonly Event[];
  readonly positionOf: PositionOf;
  readonly limits: ComposeLimits;
  readonly findings: Finding[];
  /** The latest node of each anchor; null while that node is still being read. */
  readonly anchors: Map<string, Node | null>;
  next: number;
  aliases: number;
  values: number;
}

const MAX_FINDINGS = 100;
const UNSAFE_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const NO_ENTRIES: ReadonlyMap<string, Located> = new Map();

/**
 * Builds the value of one document from the parser's events, as Helm does, and notes everything that Helm would refuse or
 * that its versions read differently.
 *
 * @param first index of the event behind the document's own.
 * @throws Refused when going on would cost too much.
 */
export function composeDocument(
  source: string,
  events: readonly Event[],
  first: number,
  positionOf: PositionOf,
  limits: ComposeLimits,
): ComposedDocument {
  const state: State = {
    source,
    events,
    positionOf,
    limits,
    findings: [],
    anchors: new Map(),
    next: first,
    aliases: 0,
    values: 0,
  };
  const rootEvent = events[first];
  const offset = Math.max(0, rootEvent === undefined ? 0 : startOf(rootEvent, source));
  const root = composeValue(state, offset);
  return {
    value: root.value,
    offset,
    positions: { key: null, value: root.at, entries: root.entries },
    findings: state.findings,
  };
}

/** `fallback` is the offset that stands for a node left out. */
function composeNode(state: State, fallback: number): Node {
  const event = state.events[state.next++];
  if (event === undefined) throw new Refused([unexpectedEnd(fallback)]);
  const start = startOf(event, state.source);
  const offset = start === -1 ? fallback : start;
  if (event.type === EVENT_ID.ALIAS) return composeAlias(state, event.anchorStart, event.anchorEnd);
  if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP)
    throw new Refused([unexpectedEnd(offset)]);
  const anchor = anchorOf(state, event);
  if (anchor !== undefined) state.anchors.set(anchor, null);
  const node = composeContent(state, event, offset);
  if (anchor !== undefined) state.anchors.set(anchor, node);
  return node;
}

function composeContent(
  state: State,
  event: ScalarEvent | SequenceEvent | MappingEvent,
  offset: number,
): Node {
  const tag = event.tagStart === -1 ? '' : state.source.slice(event.tagStart, event.tagEnd);
  if (tag !== '' && (tag !== '!!str' || event.type !== EVENT_ID.SCALAR)) {
    note(
      state,
      'UnsupportedTag',
      event.tagStart,
      `Expected no tag but !!str before a scalar, found ${tag.slice(0, 60)}`,
      'Remove the tag.',
    );
  }
  count(state, 1, offset);
  if (event.type === EVENT_ID.SCALAR) return composeScalar(state, event, offset, tag !== '');
  const at = state.positionOf(offset);
  return event.type === EVENT_ID.SEQUENCE ? composeList(state, offset, at) : composeMap(state, offset, at);
}

function composeScalar(state: State, event: ScalarEvent, offset: number, tagged: boolean): Node {
  const text = scalarText(event, state.source);
  const plain = event.style === SCALAR_STYLE.PLAIN && !tagged;
  const scalar: ResolvedScalar = plain ? resolveScalar(text) : { kind: 'string', value: text };
  const value = scalar.kind === 'null' ? null : scalar.kind === 'int' ? Number(scalar.value) : scalar.value;
  return { kind: 'scalar', value, at: state.positionOf(offset), entries: NO_ENTRIES, size: 1, scalar };
}

/** The text of a scalar. Other than in JavaScript, Helm's block scalars have no line break at their end that the file lacks. */
function scalarText(event: ScalarEvent, source: string): string {
  const text = getScalarValue(source, event);
  const isBlock = event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK;
  const isCut = isBlock && event.valueEnd === source.length && !/[\r\n]$/.test(source);
  return isCut && text.endsWith('\n') ? text.slice(0, -1) : text;
}

function composeList(state: State, offset: number, at: Position): Node {
  const value: YamlValue[] = [];
  const items: Node[] = [];
  const entries = new Map<string, Located>();
  let size = 1;
  while (!atEnd(state)) {
    const item = composeValue(state, offset);
    entries.set(String(items.length), { key: null, value: item.at, entries: item.entries });
    items.push(item);
    value.push(item.value);
    size += item.size;
  }
  return { kind: 'list', value, at, entries, size, items };
}

function composeMap(state: State, offset: number, at: Position): Node {
  const value: YamlMap = Object.create(null);
  const entries = new Map<string, Located>();
  const written = new Map<string, Position>();
  let size = 1;
  for (let first = true; !atEnd(state); first = false) {
    const keyEvent = state.events[state.next];
    const keyOffset = keyEvent === undefined ? -1 : startOf(keyEvent, state.source);
    const keyStart = keyOffset === -1 ? offset : keyOffset;
    const merge = keyEvent !== undefined && isMergeKey(keyEvent, state.source);
    const keyNode = composeNode(state, keyStart);
    const key = merge ? undefined : keyOf(state, keyNode, keyStart, written);
    const entry = merge ? composeNode(state, keyStart) : composeValue(state, keyStart);
    size += entry.size;
    if (merge) mergeInto(state, value, entries, entry, keyStart, first);
    if (key === undefined) continue;
    value[key] = entry.value;
    entries.set(key, { key: keyNode.at, value: entry.at, entries: entry.entries });
  }
  return { kind: 'map', value, at, entries, size };
}

/** A node that stands as a value: here integers must be exact and numbers finite. */
function composeValue(state: State, fallback: number): Node {
  const event = state.events[state.next];
  const node = composeNode(state, fallback);
  if (node.scalar === undefined || event === undefined) return node;
  const start = startOf(event, state.source);
  const finding = numberFinding(state, node.scalar, start === -1 ? fallback : start);
  if (finding !== undefined) add(state, finding);
  return node;
}

function composeAlias(state: State, start: number, end: number): Node {
  const name = state.source.slice(start, end);
  const offset = start - 1;
  state.aliases++;
  if (state.aliases > state.limits.maxAliases) {
    throw new Refused([
      {
        code: 'TooManyAliases',
        offset,
        message: `Expected at most ${state.limits.maxAliases} aliases, found more`,
        hint: 'Write the values out.',
      },
    ]);
  }
  const at = state.positionOf(offset);
  const node = state.anchors.get(name);
  if (node === undefined || node === null) {
    const found = node === null ? 'one inside the value it stands for' : 'one without an anchor before it';
    note(
      state,
      'AliasUndefined',
      offset,
      `Expected *${name.slice(0, 60)} to stand for an earlier value, found ${found}`,
      `Put &${name.slice(0, 60)} before the value it stands for.`,
    );
    return {
      kind: 'scalar',
      value: null,
      at,
      entries: NO_ENTRIES,
      size: 1,
      scalar: { kind: 'string', value: '' },
    };
  }
  count(state, node.size, offset);
  return { ...node, at, viaAlias: true };
}

function anchorOf(state: State, event: ScalarEvent | SequenceEvent | MappingEvent): string | undefined {
  return event.anchorStart === -1 ? undefined : state.source.slice(event.anchorStart, event.anchorEnd);
}

function isMergeKey(event: Event, source: string): boolean {
  if (event.type !== EVENT_ID.SCALAR || event.style !== SCALAR_STYLE.PLAIN || event.tagStart !== -1)
    return false;
  return event.valueStart !== -1 && getScalarValue(source, event) === '<<';
}

/** The text of a key as Helm has it; undefined, with a finding, for a key that is refused. */
function keyOf(state: State, node: Node, offset: number, written: Map<string, Position>): string | undefined {
  const key = keyText(node.scalar);
  if (key === undefined) {
    note(
      state,
      'KeyNotAllowed',
      offset,
      `Expected text, an integer or a boolean as a key, found ${describe(node)}`,
      'Put the key into quotes.',
    );
    return undefined;
  }
  if (node.scalar?.kind === 'int' && state.limits.exactIntegers && !Number.isSafeInteger(node.value)) {
    note(
      state,
      'IntegerTooLarge',
      offset,
      `Expected a key of at most 15 digits, found ${key}`,
      'Put the key into quotes.',
    );
  }
  if (UNSAFE_KEYS.has(key)) {
    note(
      state,
      'UnsafeKey',
      offset,
      `Expected a key that cannot change how objects behave, found ${key}`,
      'Rename the key.',
    );
    return undefined;
  }
  const earlier = written.get(key);
  if (earlier !== undefined) {
    note(
      state,
      'DuplicateKey',
      offset,
      `Expected the key ${JSON.stringify(key.slice(0, 60))} once, found it in line ${earlier.line} and again in line ${node.at.line}`,
      'Remove one of the two; Helm would silently take the last.',
    );
    return undefined;
  }
  written.set(key, node.at);
  return key;
}

function keyText(scalar: ResolvedScalar | undefined): string | undefined {
  switch (scalar?.kind) {
    case 'string':
      return scalar.value;
    case 'bool':
      return String(scalar.value);
    case 'int':
      // Helm has no text for keys beyond int64.
      return scalar.value < 1n << 63n ? String(scalar.value) : undefined;
    default:
      return undefined;
  }
}

function describe(node: Node): string {
  switch (node.scalar?.kind) {
    case undefined:
      return `a ${node.kind}`;
    case 'null':
      return 'null';
    case 'float':
      return 'a floating-point number';
    default:
      return 'an integer of 64 bits';
  }
}

/** Merges maps behind the entries that are there; in a list of maps the first one wins, as among the entries. */
function mergeInto(
  state: State,
  value: YamlMap,
  entries: Map<string, Located>,
  source: Node,
  offset: number,
  first: boolean,
): void {
  const maps = source.kind === 'list' && source.viaAlias !== true ? (source.items ?? []) : [source];
  if (!first) {
    note(
      state,
      'MergeNotAllowed',
      offset,
      'Expected << as the first key of its map, found keys before it',
      'Move << to the top; Helm lets it overwrite the keys before it.',
    );
  }
  for (const map of maps) {
    if (map.kind !== 'map') {
      note(
        state,
        'MergeNotAllowed',
        offset,
        `Expected << to name a map or a list of maps, found a ${map.kind}`,
        'Name a map.',
      );
      return;
    }
    const own = map.value as YamlMap; // a node of kind 'map' holds a map
    count(state, map.size, offset);
    for (const [key, place] of map.entries) {
      if (Object.hasOwn(value, key)) continue;
      value[key] = own[key] ?? null;
      entries.set(key, place);
    }
  }
}

function numberFinding(state: State, scalar: ResolvedScalar, offset: number): Finding | undefined {
  if (scalar.kind === 'float' && !Number.isFinite(scalar.value)) {
    return {
      code: 'NotFinite',
      offset,
      message: 'Expected a finite number, found infinity or not-a-number',
      hint: 'Put it into quotes if text is meant.',
    };
  }
  const integer = scalar.kind === 'int' || (scalar.kind === 'float' && scalar.wide);
  if (!integer || !state.limits.exactIntegers || Number.isSafeInteger(Number(scalar.value))) return undefined;
  return {
    code: 'IntegerTooLarge',
    offset,
    message: 'Expected an integer between -9007199254740991 and 9007199254740991, found one beyond',
    hint: 'Put it into quotes if text is meant; Helm would change its last digits.',
  };
}

function atEnd(state: State): boolean {
  if (state.events[state.next]?.type !== EVENT_ID.POP) return false;
  state.next++;
  return true;
}

function count(state: State, values: number, offset: number): void {
  state.values += values;
  if (state.values <= state.limits.maxValues) return;
  const unfolded = state.aliases > 0;
  throw new Refused([
    {
      code: unfolded ? 'TooManyAliases' : 'TooLarge',
      offset,
      message: `Expected at most ${state.limits.maxValues} values${unfolded ? ' once aliases are unfolded' : ''}, found more`,
      hint: unfolded ? 'Write the values out.' : 'Split the file.',
    },
  ]);
}

function note(state: State, code: ReadProblemCode, offset: number, message: string, hint: string): void {
  add(state, { code, offset, message, hint });
}

function add(state: State, finding: Finding): void {
  if (state.findings.length < MAX_FINDINGS) state.findings.push(finding);
}

function unexpectedEnd(offset: number): Finding {
  return {
    code: 'YamlSyntax',
    offset,
    message: 'Expected a value, found the end of the document',
    hint: 'Complete the document.',
  };
}
