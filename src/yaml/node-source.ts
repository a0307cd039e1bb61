import { EVENT_ID, type Event, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';

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

/** The smallest offset that is there; an anchor's offset is behind its `&`. */
function firstOf(tagStart: number, anchorStart: number, textStart: number): number {
  let first = textStart;
  if (tagStart !== -1 && (first === -1 || tagStart < first)) first = tagStart;
  if (anchorStart !== -1 && (first === -1 || anchorStart <= first)) first = anchorStart - 1;
  return first;
}

/** The event's own offset is behind the quote, and behind the header line of a block scalar. */
function textStart(event: ScalarEvent, source: string): number {
  if (event.valueStart === -1 || event.style === SCALAR_STYLE.PLAIN) return event.valueStart;
  if (event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED) {
    return event.valueStart - 1;
  }
  // Block scalar: the header line ends right before the text, or with the file.
  const headerEnd = event.valueStart - lineBreakBefore(source, event.valueStart);
  const headerStart = lineStart(source, headerEnd);
  const indicator = /[|>][-+0-9]*(?:[ \t]+#.*|[ \t]*)$/.exec(source.slice(headerStart, headerEnd));
  return headerStart + (indicator?.index ?? 0);
}

/** Offset of the first character of the line that holds this offset. */
export function lineStart(source: string, offset: number): number {
  let start = offset;
  while (start > 0 && lineBreakBefore(source, start) === 0) start--;
  return start;
}

/** Length of the line break that ends right before an offset, 0 for none. */
function lineBreakBefore(source: string, offset: number): number {
  const before = source[offset - 1];
  if (before === '\n') return source[offset - 2] === '\r' ? 2 : 1;
  return before === '\r' ? 1 : 0;
}

/** Offset behind a scalar or alias; -1 where there is no telling (block scalars, collections, nodes left out). */
export function endOf(event: Event): number {
  if (event.type === EVENT_ID.ALIAS) return event.anchorEnd;
  if (event.type !== EVENT_ID.SCALAR) return -1;
  if (event.valueStart === -1) return Math.max(event.tagEnd, event.anchorEnd);
  if (event.style === SCALAR_STYLE.PLAIN) return event.valueEnd;
  if (event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED) {
    return event.valueEnd + 1;
  }
  return -1;
}
