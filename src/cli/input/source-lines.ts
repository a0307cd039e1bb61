import type { ValueSource } from '../../values/load/source.ts';
import type { LineOf } from '../text/problem-text.ts';

/** The lines of the files that values were read from, by the names that messages call them. */
export function sourceLines(sources: readonly ValueSource[]): LineOf {
  const lines = new Map<string, readonly string[]>();
  return (file, line) => {
    const known = lines.get(file) ?? linesOf(sources, file);
    lines.set(file, known);
    return known[line - 1];
  };
}

function linesOf(sources: readonly ValueSource[], file: string): readonly string[] {
  const source = sources.find((candidate) => candidate.kind === 'file' && candidate.name === file);
  if (source?.kind !== 'file') return [];
  const { text } = source;
  return (typeof text === 'string' ? text : new TextDecoder().decode(text)).split(/\r\n|\n|\r/);
}
