/** A place in a source file; line and column count from 1, columns in UTF-16 code units as editors count them. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Where a value and everything in it stand: a tree of the same shape as the value.
 *
 * - `key`: the key of a map entry; null for list items and the root. A key that came in through `<<` stands in the map it
 *   was merged from.
 * - `value`: the first character of the value, its anchor and tag included; for an alias, the alias; for a value left out
 *   (`key:`), its key.
 * - `entries`: by key of a map, or by index (`"0"`, `"1"`, ...) of a list; what an alias stands for is where it is written.
 */
export interface Located {
  readonly key: Position | null;
  readonly value: Position;
  readonly entries: ReadonlyMap<string, Located>;
}

/**
 * The place of a path, or of the nearest map or list around it when the path does not exist (a missing key is reported
 * where it should have been).
 */
export function locate(root: Located, path: readonly (string | number)[]): Located {
  let place = root;
  for (const step of path) {
    const next = place.entries.get(String(step));
    if (next === undefined) break;
    place = next;
  }
  return place;
}

/** Turns offsets into positions; built once per file. */
export type PositionOf = (offset: number) => Position;

export function positionsOf(text: string): PositionOf {
  const starts = lineStarts(text);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

function lineStarts(text: string): number[] {
  // Of CR LF the latter ends the line; a CR alone ends one too.
  const lines = text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text;
  const starts = [0];
  for (let end = lines.indexOf('\n'); end !== -1; end = lines.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}
