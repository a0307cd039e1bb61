import { markdownTable as plainTable } from '../src/text/markdown.ts';
import { TITLES } from './rows.ts';
import { cellsOf, HEAD, type Row } from './table.ts';

const BEGIN = '<!-- figures: written by npm run bench -- --write -->';
const END = '<!-- end of figures -->';

/**
 * The page with new figures in its table. Rows that were not measured now stay as they are; the table has every row of the
 * benchmark, in order.
 *
 * @throws Error for a page without the marks between which the table stands.
 */
export function withFigures(page: string, rows: readonly Row[], machine: string): string {
  const [before, table, after] = partsOf(page);
  const known = new Map(rowsIn(table));
  const measured = new Map(rows.map((row) => [row.what, cellsOf(row)]));
  const lines = TITLES.map(
    (title) => measured.get(title) ?? known.get(title) ?? [title, 'not measured', '', '', ''],
  );
  return `${before}${BEGIN}\n\n${plainTable(HEAD, lines)}\n\n${machine}\n\n${END}${after}`;
}

/** The titles of the table of figures, as they stand on the page. */
export function titlesIn(page: string): readonly string[] {
  const [, table] = partsOf(page);
  return rowsIn(table).map(([title]) => title);
}

function partsOf(page: string): readonly [string, string, string] {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin)
    throw new Error(`docs/performance.md: expected the lines ${BEGIN} and ${END}`);
  return [page.slice(0, begin), page.slice(begin + BEGIN.length, end), page.slice(end + END.length)];
}

function rowsIn(table: string): readonly (readonly [string, readonly string[]])[] {
  const lines = table.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(2).map((line) => {
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    return [cells[0] ?? '', cells];
  });
}
