const LONGEST_LINE = 100;

/** A text on lines of at most 100 characters, all but the first indented. Words are not broken, blanks in front kept. */
export function wrapped(text: string, indentation: string): string {
  const lines: string[] = [];
  let line = /^\s*\S+\s*/.exec(text)?.[0] ?? '';
  for (const word of text.slice(line.length).match(/\S+\s*/g) ?? []) {
    if (line.length + word.trimEnd().length > LONGEST_LINE) {
      lines.push(line.trimEnd());
      line = indentation;
    }
    line += word;
  }
  return [...lines, line.trimEnd()].join('\n');
}
