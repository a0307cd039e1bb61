/**
 * Where a value was written. For a values file: its name, line and column (both from 1). For a flag: the flag and
 * the assignment as typed, e.g. `--set gatewayAPI.addressMode=single`, without line and column.
 */
export type Origin = {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
};

const LONGEST_FLAG_TEXT = 100;

/**
 * The origin of what a flag sets. The text is made safe to print on one terminal line: control characters are
 * escaped, and it is cut after 100 characters, so that a long JSON value does not bury the message.
 *
 * @param flag the flag with its dashes, e.g. `--set-json`
 * @param assignment the part of its argument that sets the value, e.g. `a.b=1`
 */
export function flagOrigin(flag: string, assignment: string): Origin {
  return { file: `${flag} ${oneLine(assignment, LONGEST_FLAG_TEXT)}`, line: null, column: null };
}

/** A text in double quotes for a message: one line, no control characters, at most 60 characters of it. */
export function quoted(text: string): string {
  return `"${oneLine(text, 60)}"`;
}

function oneLine(text: string, longest: number): string {
  const head = text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text;
  return head.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
