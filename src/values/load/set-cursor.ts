/** A place in a flag's argument; reading moves it on. */
export type Cursor = { readonly text: string; at: number };

/** What was read, and the character that ended it, which is consumed; `''` when the text ended. */
export type Piece = { readonly text: string; readonly stop: string };

/**
 * Reads up to the first of some characters.
 *
 * @param stops the characters that end the piece
 * @param escapes whether a backslash takes the next character as it is, stop or not. One at the very end is dropped.
 */
export function readUntil(cursor: Cursor, stops: string, escapes: boolean): Piece {
  let piece = '';
  while (cursor.at < cursor.text.length) {
    const character = cursor.text.charAt(cursor.at++);
    if (stops.includes(character)) return { text: piece, stop: character };
    piece += escapes && character === '\\' ? cursor.text.charAt(cursor.at++) : character;
  }
  return { text: piece, stop: '' };
}

/** Whether everything was read. */
export function atEnd(cursor: Cursor): boolean {
  return cursor.at >= cursor.text.length;
}

/** Consumes one character if it is the next one. */
export function accept(cursor: Cursor, character: string): boolean {
  if (cursor.text.charAt(cursor.at) !== character || atEnd(cursor)) return false;
  cursor.at++;
  return true;
}

/** What Go's unicode.IsSpace takes for white space. */
const SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** Skips white space, then one comma. Tells whether a comma or the end was met, so that no value stands here. */
export function skipSpacesAndComma(cursor: Cursor): boolean {
  while (SPACE.test(cursor.text.charAt(cursor.at))) cursor.at++;
  return atEnd(cursor) || accept(cursor, ',');
}
