import { expected, type Finding, Refused } from './problem.ts';

/**
 * The text of a source file in UTF-8; a leading byte order mark is dropped.
 *
 * @param maxBytes largest size in bytes of UTF-8.
 * @throws Refused for a larger source and for bytes that are not UTF-8.
 */
export function decodeSource(source: string | Uint8Array, maxBytes: number): string {
  if (byteLength(source, maxBytes) > maxBytes) {
    throw new Refused([
      {
        code: 'TooLarge',
        offset: 0,
        message: expected(`at most ${maxBytes} bytes`, 'more'),
        hint: 'keep only values here; large data belongs in a ConfigMap or Secret of its own',
      },
    ]);
  }
  const text = typeof source === 'string' ? wellFormed(source) : decode(source);
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** Size in UTF-8; text that is too long or surely short enough is not counted. */
function byteLength(source: string | Uint8Array, maxBytes: number): number {
  if (typeof source !== 'string') return source.byteLength;
  if (source.length > maxBytes || source.length * 3 <= maxBytes) return source.length;
  return new TextEncoder().encode(source).byteLength;
}

/**
 * What no two of Helm's versions and YAML readers agree on, wherever in the text it stands: characters that some refuse or
 * take for line breaks, odd document markers, directives. Undefined when there is none.
 */
export function textFinding(text: string): Finding | undefined {
  return characterFinding(text) ?? markerFinding(text) ?? openingFinding(text);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refused([notUtf8()]);
  }
}

function wellFormed(text: string): string {
  if (text.isWellFormed()) return text;
  throw new Refused([notUtf8()]);
}

function notUtf8(): Finding {
  return {
    code: 'NotUtf8',
    offset: 0,
    message: expected('text in UTF-8', 'bytes that are not'),
    hint: 'save the file as UTF-8',
  };
}

/** Characters that Helm refuses, and line breaks that only some YAML readers take for such. */
const REFUSED_CHARACTER =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]|(?:^|(?<=[\r\n]))\ufeff/;

function characterFinding(text: string): Finding | undefined {
  const match = REFUSED_CHARACTER.exec(text);
  if (match === null) return undefined;
  const code = match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return {
    code: 'CharacterNotAllowed',
    offset: match.index,
    message: expected('printable text', `the character U+${code}`),
    hint: `remove it, or write it as "\\u${code}" inside double quotes`,
  };
}

/** A line that begins with `---` but is not a bare document marker. */
const ODD_MARKER = /^---(?![ \t]*$|[ \t]+#).*/m;
const BLANK_LINE = /[ \t]*(?:#.*)?(?:\r\n?|\n)/y;

function markerFinding(text: string): Finding | undefined {
  const odd = ODD_MARKER.exec(text);
  if (odd === null) return undefined;
  return {
    code: 'DocumentMarker',
    offset: odd.index,
    message: expected('nothing but a comment behind ---', JSON.stringify(odd[0].slice(0, 40))),
    hint: 'put the content on the next line; Helm 4 refuses this line',
  };
}

function openingFinding(text: string): Finding | undefined {
  const offset = firstContent(text);
  if (text[offset] === '%') {
    return {
      code: 'DirectiveNotAllowed',
      offset,
      message: expected('values', 'a YAML directive'),
      hint: 'remove the line; Helm 4 refuses directives',
    };
  }
  if (!/^(?:\.\.\.|[ \t]+---)(?:\s|$)/.test(text.slice(offset))) return undefined;
  return {
    code: 'DocumentMarker',
    offset,
    message: expected('values', 'the mark of a document where none can be'),
    hint: 'remove the line',
  };
}

function firstContent(text: string): number {
  let offset = 0;
  // A sticky pattern remembers where it is, so each call has its own.
  const blankLine = new RegExp(BLANK_LINE);
  while (blankLine.test(text)) offset = blankLine.lastIndex;
  return offset;
}
