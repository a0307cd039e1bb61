import { COLLECTION_STYLE, EVENT_ID, type Event, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import { endOf, lineStart, startOf } from './node-source.ts';
import { expected, type Finding, type ReadProblemCode } from './problem.ts';

/** Longest key without a leading `?`, from its first character to the colon. */
const MAX_KEY_CHARACTERS = 1024;

/** A tab before the text of a line, also behind the `-`, `?` or `:` that begins it; brackets may close after a tab. */
const TAB_INDENTATION = /^(?: *(?:[-?:] +)*[-?:]\t| *(?:[-?:] +)*\t[ \t]*(?![ \t\]},]))/gm;

/** A map or list that the walk is in. `key` is the key whose value comes next. */
interface Frame {
  readonly isMap: boolean;
  readonly inFlow: boolean;
  key: Event | undefined;
  isEmpty: boolean;
}

/** Part of the text where tabs may begin a line: inside quotes, block scalars, `{}` and `[]`. */
interface Range {
  readonly start: number;
  end: number;
}

/**
 * What the JavaScript parser lets pass or reads in another way than Helm's parser, go-yaml: text that begins with tabs,
 * marks inside `{}` and `[]`, the form of keys, some escapes. Each is refused, so that no file is read in two ways.
 *
 * @param events the parser's events of the whole text.
 */
export function helmSyntaxFindings(events: readonly Event[], source: string): Finding[] {
  const findings: Finding[] = [];
  const ranges: Range[] = [];
  const frames: Frame[] = [];
  for (const event of events) {
    const frame = frames.at(-1);
    if (event.type === EVENT_ID.POP) {
      frames.pop();
      continue;
    }
    if (event.type === EVENT_ID.DOCUMENT) {
      frames.push({ isMap: false, inFlow: false, key: undefined, isEmpty: true });
      continue;
    }
    checkNode(event, frame, source, findings);
    exemptFromTabs(event, frame, ranges);
    if (frame !== undefined) {
      frame.key = frame.isMap && frame.key === undefined ? event : undefined;
      frame.isEmpty = false;
    }
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
      const inFlow = event.style === COLLECTION_STYLE.FLOW;
      frames.push({ isMap: event.type === EVENT_ID.MAPPING, inFlow, key: undefined, isEmpty: true });
    }
  }
  findings.push(...tabFindings(ranges, source));
  return findings;
}

function checkNode(event: Event, frame: Frame | undefined, source: string, findings: Finding[]): void {
  add(findings, anchorFinding(event, source));
  if (event.type === EVENT_ID.SCALAR) {
    add(findings, escapeFinding(event, source));
    add(findings, blockScalarFinding(event, source));
    if (frame?.inFlow === true) add(findings, flowTextFinding(event, source));
  }
  if (frame?.isMap !== true) return;
  if (frame.key === undefined) add(findings, keyFinding(event, frame, source));
  else add(findings, valueFinding(event, frame.key, source));
}

function add(findings: Finding[], finding: Finding | undefined): void {
  if (finding !== undefined) findings.push(finding);
}

/** Anchors and aliases are letters, digits, `-` and `_`, and end where a blank, a line or a flow entry ends. */
function anchorFinding(event: Event, source: string): Finding | undefined {
  if (!('anchorStart' in event) || event.anchorStart === -1) return undefined;
  const name = source.slice(event.anchorStart, event.anchorEnd);
  if (/^[0-9A-Za-z_-]+$/.test(name) && /^[\s,\]}]?$/.test(source.charAt(event.anchorEnd))) return undefined;
  return {
    code: 'YamlSyntax',
    offset: event.anchorStart - 1,
    message: expected(
      'an anchor of letters, digits, - and _ with a blank behind it',
      JSON.stringify(source.slice(event.anchorStart - 1, event.anchorEnd + 1).slice(0, 60)),
    ),
    hint: 'rename the anchor, or put the text into quotes',
  };
}

/**
 * `\/` and halves of surrogate pairs, which JSON has, are errors to Helm, and so are code points beyond Unicode; empty lines
 * behind an escaped line break are read differently.
 */
function escapeFinding(event: ScalarEvent, source: string): Finding | undefined {
  if (event.style !== SCALAR_STYLE.DOUBLE_QUOTED || event.fast) return undefined;
  const text = source.slice(event.valueStart, event.valueEnd);
  for (const match of text.matchAll(
    /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(?:\r\n?|\n)[ \t]*[\r\n]?|[\s\S])/g,
  )) {
    const code = Number.parseInt(match[1] ?? match[2] ?? '0', 16);
    const isCharacter = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    if (isCharacter && match[0] !== '\\/' && !/^\\(?:\r\n?|\n)[ \t]*[\r\n]$/.test(match[0])) continue;
    return {
      code: 'EscapeNotAllowed',
      offset: event.valueStart + match.index,
      message: expected(
        'an escape that Helm knows',
        match[0].trimEnd() === '\\' ? 'an escaped line break before an empty line' : match[0],
      ),
      hint: match[0] === '\\/' ? 'write / without the backslash' : 'write the character itself',
    };
  }
  return undefined;
}

/** A block scalar whose text begins with a tab: Helm takes it for indentation. */
function blockScalarFinding(event: ScalarEvent, source: string): Finding | undefined {
  if (event.style !== SCALAR_STYLE.LITERAL_BLOCK && event.style !== SCALAR_STYLE.FOLDED_BLOCK)
    return undefined;
  const text = source.slice(event.valueStart, event.valueEnd);
  const tab = /^[ \r\n]*\t/.exec(text);
  if (tab === null) return undefined;
  return syntax(
    event.valueStart + tab[0].length - 1,
    'text that begins with a blank or letter',
    'a tab',
    'indent with blanks',
  );
}

/** Inside `{}` and `[]` Helm takes every unquoted `?` for the mark of a key, and no text begins with a colon. */
function flowTextFinding(event: ScalarEvent, source: string): Finding | undefined {
  if (event.style !== SCALAR_STYLE.PLAIN || event.valueStart === -1) return undefined;
  const text = source.slice(event.valueStart, event.valueEnd);
  return text.startsWith(':') || text.includes('?') ? flowMark(event.valueStart) : undefined;
}

/**
 * A key without a leading `?` stands with its colon on one line, within 1,024 characters, and in a block map first on that
 * line.
 */
function keyFinding(event: Event, frame: Frame, source: string): Finding | undefined {
  const start = startOf(event, source);
  if (start === -1) return undefined;
  if (
    !frame.inFlow &&
    !frame.isEmpty &&
    !/^ *(?:\?[ \t]+)?$/.test(source.slice(lineStart(source, start), start))
  ) {
    return syntax(start, 'a key at the start of its line', 'other text before it', 'begin a new line');
  }
  const end = endOf(event);
  if (end === -1 || isExplicitKey(source, start)) return undefined;
  const colon = skip(source, end, /[ \t]*/y);
  if (source[colon] !== ':') return endsFlowEntry(source, end) ? undefined : keyOnTwoLines(start);
  const text = source.slice(start, colon);
  if (/[\r\n]/.test(text)) return keyOnTwoLines(start);
  if (frame.inFlow && isPlain(event) && /[,[\]{}]/.test(source.charAt(colon + 1))) return flowMark(start);
  const length = text.length <= MAX_KEY_CHARACTERS ? 0 : [...text].length;
  if (length <= MAX_KEY_CHARACTERS) return undefined;
  return {
    code: 'KeyTooLong',
    offset: start,
    message: expected(`a key of at most ${MAX_KEY_CHARACTERS} characters`, String(length)),
    hint: 'shorten the key; Helm refuses it',
  };
}

/** A block map does not begin on the line of its key. */
function valueFinding(event: Event, key: Event, source: string): Finding | undefined {
  if (event.type !== EVENT_ID.MAPPING || event.style !== COLLECTION_STYLE.BLOCK) return undefined;
  const keyStart = startOf(key, source);
  if (keyStart === -1 || /[\r\n]/.test(source.slice(keyStart, event.start))) return undefined;
  return syntax(
    event.start,
    'a map to begin on a line of its own',
    'one on the line of its key',
    'begin a new line',
  );
}

function isPlain(event: Event): boolean {
  return event.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.PLAIN;
}

/** Whether a `?` stands before the key on its line. */
function isExplicitKey(source: string, start: number): boolean {
  let offset = start - 1;
  while (source[offset] === ' ' || source[offset] === '\t') offset--;
  return offset < start - 1 && source[offset] === '?';
}

/** Whether a key stands alone in a flow map: `{a, b}`. */
function endsFlowEntry(source: string, end: number): boolean {
  const next = source[skip(source, end, /(?:[ \t\r\n]|(?<=[ \t\r\n])#.*)*/y)];
  return next === ',' || next === '}';
}

function skip(source: string, from: number, pattern: RegExp): number {
  pattern.lastIndex = from;
  return pattern.test(source) ? pattern.lastIndex : from;
}

/** Extends the last range while in a flow collection, which has no event that says where it ends. */
function exemptFromTabs(event: Event, frame: Frame | undefined, ranges: Range[]): void {
  const range = contentOf(event);
  if (range === undefined) return;
  const last = ranges.at(-1);
  if (frame?.inFlow === true && last !== undefined) last.end = Math.max(last.end, range.end);
  else if (!isPlain(event)) ranges.push(range);
}

/** The text of a scalar or the beginning of a collection, without tag and anchor, which may stand on a line before. */
function contentOf(event: Event): Range | undefined {
  if (event.type === EVENT_ID.SCALAR && event.valueStart !== -1) {
    return { start: event.valueStart, end: event.valueEnd };
  }
  if (event.type === EVENT_ID.ALIAS) return { start: event.anchorStart, end: event.anchorEnd };
  const isFlow = 'start' in event && event.style === COLLECTION_STYLE.FLOW;
  return isFlow ? { start: event.start, end: event.start } : undefined;
}

/** Lines that begin with a tab, be they blank or not, are errors to Helm except in the given ranges. */
function tabFindings(ranges: readonly Range[], source: string): Finding[] {
  let next = 0;
  for (const { index } of source.matchAll(TAB_INDENTATION)) {
    while ((ranges[next]?.end ?? Number.POSITIVE_INFINITY) <= index) next++;
    if ((ranges[next]?.start ?? Number.POSITIVE_INFINITY) <= index) continue;
    return [syntax(index, 'a line that begins with blanks or text', 'a tab', 'replace the tab by blanks')];
  }
  return [];
}

function keyOnTwoLines(offset: number): Finding {
  return finding(
    'KeyNotAllowed',
    offset,
    'a key and its colon on one line',
    'a line break',
    'write the key on one line',
  );
}

function flowMark(offset: number): Finding {
  return syntax(
    offset,
    'text in quotes inside { } or [ ]',
    '? or : where Helm takes it for a mark',
    'put the text into quotes, and a blank behind the colon of a key',
  );
}

function syntax(offset: number, what: string, found: string, hint: string): Finding {
  return finding('YamlSyntax', offset, what, found, hint);
}

function finding(code: ReadProblemCode, offset: number, what: string, found: string, hint: string): Finding {
  return { code, offset, message: expected(what, found), hint };
}
