import {
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';
import {
  aliasUndefined,
  duplicateKey,
  integerTooLarge,
  keyNotAllowed,
  mergeNotFirst,
  mergeNotMap,
  notFinite,
  tooManyAliases,
  tooManyUnfolded,
  tooManyValues,
  unexpectedEnd,
  unsafeKey,
  unsupportedTag,
} from './findings.ts';
import { describeKey, keyText, UNSAFE_KEYS } from './map-key.ts';
import { startOf } from './node-source.ts';
import type { Located, Position, PositionOf } from './positions.ts';
import { type Finding, Refused } from './problem.ts';
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
/** Stands for a value that could not be had, and is no wrong key. */
const NO_SCALAR: ResolvedScalar = { kind: 'string', value: '' };
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
    add(state, unsupportedTag(event.tagStart, tag));
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
  if (state.aliases > state.limits.maxAliases)
    throw new Refused([tooManyAliases(offset, state.limits.maxAliases)]);
  const at = state.positionOf(offset);
  const node = state.anchors.get(name);
  if (node === undefined || node === null) {
    add(state, aliasUndefined(offset, name, node === null));
    return { kind: 'scalar', value: null, at, entries: NO_ENTRIES, size: 1, scalar: NO_SCALAR };
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
  const key = node.scalar === undefined ? undefined : keyText(node.scalar);
  const finding =
    key === undefined
      ? keyNotAllowed(offset, describeKey(node.scalar, node.kind))
      : keyFinding(state, node, key, offset, written);
  if (finding !== undefined) {
    add(state, finding);
    return undefined;
  }
  if (key !== undefined) written.set(key, node.at);
  return key;
}

function keyFinding(
  state: State,
  node: Node,
  key: string,
  offset: number,
  written: ReadonlyMap<string, Position>,
): Finding | undefined {
  if (UNSAFE_KEYS.has(key)) return unsafeKey(offset, key);
  const earlier = written.get(key);
  if (earlier !== undefined) return duplicateKey(offset, key, earlier.line, node.at.line);
  return node.scalar === undefined ? undefined : numberFinding(state, node.scalar, offset);
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
  if (!first) add(state, mergeNotFirst(offset));
  for (const map of maps) {
    if (map.kind !== 'map') {
      add(state, mergeNotMap(offset, map.kind));
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
  if (scalar.kind === 'float' && !Number.isFinite(scalar.value)) return notFinite(offset);
  const isInteger = scalar.kind === 'int' || (scalar.kind === 'float' && scalar.wide);
  if (!isInteger || !state.limits.exactIntegers || Number.isSafeInteger(Number(scalar.value)))
    return undefined;
  return integerTooLarge(offset);
}

function atEnd(state: State): boolean {
  if (state.events[state.next]?.type !== EVENT_ID.POP) return false;
  state.next++;
  return true;
}

function count(state: State, values: number, offset: number): void {
  const { maxValues } = state.limits;
  state.values += values;
  if (state.values <= maxValues) return;
  throw new Refused([state.aliases > 0 ? tooManyUnfolded(offset, maxValues) : tooManyValues(maxValues)]);
}

function add(state: State, finding: Finding): void {
  if (state.findings.length < MAX_FINDINGS) state.findings.push(finding);
}
