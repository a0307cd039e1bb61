import { EVENT_ID, type Event, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import type { Finding } from './problem.ts';

/** Longest key of one line, from its first character to the colon, that Helm takes for a key. */
const MAX_KEY_CHARACTERS = 1024;

/** Offset of a node's first character, its tag or anchor included; -1 for a node that was left out (`key:`). */
export function startOf(event: Event, source: string): number {
  switch (event.type) {
    case EVENT_ID.ALIAS:
      return event.anchorStart - 1;
    case EVENT_ID.SCALAR:
      return firstOf(event.tagStart, event.anchorStart, textStart(event, source));
    case EVENT_ID.SEQUENCE:
    case EVENT_ID.MAPPING:
      return firstOf(event.tagStart, event.anchorStart, event.start);
    default:
      return -1;
  }
}

function firstOf(tagStart: number, anchorStart: number, textStart: number): number {
  const present = [tagStart, anchorStart === -1 ? -1 : anchorStart - 1, textStart].filter(
    (offset) => offset !== -1,
  );
  return present.length === 0 ? -1 : Math.min(...present);
}

/** The event's own offset is behind the quote, and behind the header line of a block scalar. */
function textStart(event: ScalarEvent, source: string): number {
  if (event.valueStart === -1 || event.style === SCALAR_STYLE.PLAIN) return event.valueStart;
  if (event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED) {
    return event.valueStart - 1;
  }
  const header = source.slice(0, event.valueStart).replace(/(?:\r\n?|\n)$/, '');
  const lineStart = Math.max(header.lastIndexOf('\n'), header.lastIndexOf('\r')) + 1;
  const indicator = /[|>][-+0-9]*(?:[ \t]+#.*|[ \t]*)$/.exec(header.slice(lineStart));
  return lineStart + (indicator?.index ?? 0);
}

/** Offset behind a scalar or alias that stands as a key; -1 where there is no telling (block scalar, left out). */
function endOf(event: Event): number {
  if (event.type === EVENT_ID.ALIAS) return event.anchorEnd;
  if (event.type !== EVENT_ID.SCALAR) return -1;
  if (event.valueStart === -1) return Math.max(event.tagEnd, event.anchorEnd);
  if (event.style === SCALAR_STYLE.PLAIN) return event.valueEnd;
  if (event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED) {
    return event.valueEnd + 1;
  }
  return -1;
}

/**
 * What is wrong with the form of a key: without a leading `?` Helm wants a key and its colon on one line and within 1,024
 * characters, where the JavaScript reader allows more.
 */
export function keyFormFinding(event: Event, source: string): Finding | undefined {
  const start = startOf(event, source);
  const end = endOf(event);
  if (start === -1 || end === -1) return undefined;
  const colon = skip(source, end, /[ \t]*/y);
  if (source[colon] !== ':') {
    if (isExplicitKey(source, start) || endsFlowEntry(source, end)) return undefined;
    return keyOnTwoLines(start);
  }
  const text = source.slice(start, colon);
  if (/[\r\n]/.test(text)) return isExplicitKey(source, start) ? undefined : keyOnTwoLines(start);
  if (text.length <= MAX_KEY_CHARACTERS || [...text].length <= MAX_KEY_CHARACTERS) return undefined;
  return {
    code: 'KeyTooLong',
    offset: start,
    message: `Expected a key of at most ${MAX_KEY_CHARACTERS} characters, found ${[...text].length}`,
    hint: 'Shorten the key; Helm refuses it.',
  };
}

function keyOnTwoLines(offset: number): Finding {
  return {
    code: 'KeyNotAllowed',
    offset,
    message: 'Expected a key and its colon on one line, found a line break',
    hint: 'Write the key on one line; Helm refuses it.',
  };
}

/** Whether only a `?` stands before the key, as far as its line goes. */
function isExplicitKey(source: string, start: number): boolean {
  let offset = start - 1;
  while (source[offset] === ' ' || source[offset] === '\t') offset--;
  return offset < start - 1 && source[offset] === '?';
}

/** Whether the key stands alone in a flow map: `{a, b}`. */
function endsFlowEntry(source: string, end: number): boolean {
  const next = source[skip(source, end, /(?:[ \t\r\n]|(?<=[ \t\r\n])#.*)*/y)];
  return next === ',' || next === '}';
}

function skip(source: string, from: number, pattern: RegExp): number {
  pattern.lastIndex = from;
  return pattern.test(source) ? pattern.lastIndex : from;
}

/**
 * What is wrong with the escapes of a double-quoted scalar: `\/` and halves of surrogate pairs, which JSON has, are errors
 * to Helm, and so is a code point beyond Unicode.
 */
export function escapeFinding(event: ScalarEvent, source: string): Finding | undefined {
  if (event.style !== SCALAR_STYLE.DOUBLE_QUOTED || event.fast) return undefined;
  const text = source.slice(event.valueStart, event.valueEnd);
  for (const match of text.matchAll(/\\(?:u(?<four>[0-9A-Fa-f]{4})|U(?<eight>[0-9A-Fa-f]{8})|[^uU])/g)) {
    const code = Number.parseInt(match.groups?.four ?? match.groups?.eight ?? '0', 16);
    if (match[0] !== '\\/' && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) continue;
    return {
      code: 'EscapeNotAllowed',
      offset: event.valueStart + match.index,
      message: `Expected an escape that Helm knows, found ${match[0]}`,
      hint: match[0] === '\\/' ? 'Write / without the backslash.' : 'Write the character itself.',
    };
  }
  return undefined;
}
