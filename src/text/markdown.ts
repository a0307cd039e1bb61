/** A table of Markdown. What is in the cells must be Markdown already: see {@link escapeBars}. */
export function markdownTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [columns, columns.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** {@link markdownTable} with columns as wide as their widest cell, for text that is read as it is. */
export function alignedTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map((_, column) =>
    Math.max(3, ...[columns, ...rows].map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(columns), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** A bar would end a cell, in code too. */
export function escapeBars(text: string): string {
  return text.replaceAll('|', '\\|');
}
