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
