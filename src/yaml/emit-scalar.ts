/**
 * Text of a string in YAML, chosen so that every reader in use gives the same string back: YAML 1.1 and 1.2, the
 * Go reader of kubectl and Helm, PyYAML and the two JavaScript readers.
 */

/**
 * Plain text that no reader takes for anything but a string: it starts like a word, a path, a `--flag`, or it is a
 * Kubernetes quantity or duration. Everything else goes into quotes, also where one particular reader would not need them.
 */
const PLAIN =
  /^(?:(?:[A-Za-z/]|--[a-z])(?:[\w./@%+=$&*(),;'?!<>|~^[\]-]|:(?=[^ ])|(?<! )#| (?=[^ ]))*|[0-9]+(?:ms|[smh]|[KMGT]i))$/;

/** Words that start like a string and yet are a boolean, a null or a number to some reader, in any spelling. */
const MISREAD = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf|infinity|e[-+]?[\d_.]+)$/i;

/**
 * Characters that some reader refuses, folds or drops (delete, the C1 controls, line and paragraph separators, byte
 * order marks), and characters that hide or reorder text. They are only ever written as escapes.
 */
const UNSAFE = String.raw`\u007f-\u00a0\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\ufffe\uffff`;
const ESCAPED = new RegExp(`[${UNSAFE}]`, 'g');

/**
 * What a literal block cannot carry exactly: control characters, carriage returns, unsafe characters; blanks at the end
 * of a line; more than one line break at the end, which tools that trim output lose.
 */
const NOT_LITERAL = new RegExp(String.raw`[\0-\x08\x0b-\x1f${UNSAFE}]|[ \t](?:\n|$)|\n\n$`);

/** Longest plain text: a bound on the work of {@link PLAIN}; longer text goes into quotes. */
const MAX_PLAIN_LENGTH = 1000;

/** Longest key, in bytes of UTF-8: beyond 1,024 characters readers stop looking for the colon. */
export const MAX_KEY_BYTES = 1000;

/** Raised by the functions here and by the emitter's fast path; the emitter turns it into an error that names the path. */
export class NotRepresentable extends Error {}

/** Text of a string on one line: plain where that is safe, else in double quotes. Throws for a lone surrogate. */
export function inlineText(text: string): string {
  const plain = text.length <= MAX_PLAIN_LENGTH && PLAIN.test(text) && !MISREAD.test(text);
  return plain ? text : quotedText(text);
}

/** Text of a mapping key, without the colon. Throws for a lone surrogate and for a key over {@link MAX_KEY_BYTES}. */
export function keyText(key: string): string {
  // A code unit is at most three bytes, so short keys need no count.
  if (key.length > MAX_KEY_BYTES / 3 && utf8Length(key) > MAX_KEY_BYTES) throw new NotRepresentable();
  const text = inlineText(key);
  if (text.length > MAX_KEY_BYTES + 2) throw new NotRepresentable();
  return text;
}

/** Text in double quotes; every escape is one that YAML 1.1 and Go's reader know. Throws for a lone surrogate. */
export function quotedText(text: string): string {
  if (!text.isWellFormed()) throw new NotRepresentable();
  return JSON.stringify(text).replace(ESCAPED, escapeCodeUnit);
}

/** Whether a literal block (`|` or `|-`) gives exactly this text in every reader. */
export function fitsLiteralBlock(text: string): boolean {
  const first = text.charCodeAt(0);
  return first > 0x20 && !NOT_LITERAL.test(text) && text.isWellFormed();
}

/** A literal block with its lines indented by `indent`, from the indicator to before the line break that ends it. */
export function literalBlock(text: string, indent: string): string {
  const clipped = text.endsWith('\n');
  const body = clipped ? text.slice(0, -1) : text;
  return `${clipped ? '|' : '|-'}\n${indent}${body.replace(/\n(?=[^\n])/g, `\n${indent}`)}`;
}

/**
 * Text of a finite number: digits as they are, and fractions and exponents in the one form that YAML 1.1 also takes for
 * a number (`1.0e+21`, never `1e21`).
 */
export function numberText(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}

function escapeCodeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
