import { structuredPatch } from 'diff';
import { objectName } from './object-name.ts';
import { printable } from './printable.ts';
import type { Style } from './style.ts';

/** Two texts that share nothing take too long to align. */
const MAX_DIFF_MILLISECONDS = 2000;

/** How a file differs from what is rendered, as a unified diff whose hunks name the object that they are in. */
export function patchText(path: string, found: string, rendered: string, style: Style): string {
  const patch = structuredPatch(path, 'rendered', found, rendered, undefined, undefined, {
    timeout: MAX_DIFF_MILLISECONDS,
  });
  if (patch === undefined) return `${printable(path)}: differs too much to be shown line by line\n`;
  const [before, after] = [found.split('\n'), rendered.split('\n')];
  const hunks = patch.hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => {
    const first = lines.findIndex((line) => !line.startsWith(' '));
    const name = lines[first]?.startsWith('-')
      ? objectAround(before, oldStart + first)
      : objectAround(after, newStart + first);
    const head = `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@${name === undefined ? '' : ` ${name}`}`;
    return [style.faint(printable(head)), ...lines.map((line) => paintLine(line, style))];
  });
  const heads = [`--- ${path}`, '+++ rendered'].map((line) => style.strong(printable(line)));
  return [...heads, ...hunks.flat(), ''].join('\n');
}

function paintLine(line: string, style: Style): string {
  const text = printable(line);
  if (line.startsWith('-')) return style.error(text);
  return line.startsWith('+') ? style.good(text) : text;
}

/**
 * KIND/NAMESPACE/NAME of the document around a line of YAML, as far as it is written the way that Helm and this command
 * write it.
 *
 * @param line counted from 1.
 */
function objectAround(lines: readonly string[], line: number): string | undefined {
  const begin = lines.lastIndexOf('---', Math.max(line - 1, 0)) + 1;
  const next = lines.indexOf('---', begin);
  const document = lines.slice(begin, next === -1 ? undefined : next);
  const metadata = document.slice(document.indexOf('metadata:') + 1);
  const kind = fieldOf(document, 'kind: ');
  const name = fieldOf(metadata, '  name: ');
  if (kind === undefined || name === undefined) return undefined;
  const namespace = fieldOf(metadata.slice(0, endOfMap(metadata)), '  namespace: ');
  return objectName(kind, namespace, name);
}

/** Where the map that lines begin in the middle of ends: at the next key of the document. */
function endOfMap(lines: readonly string[]): number | undefined {
  const end = lines.findIndex((line) => /^\S/.test(line));
  return end === -1 ? undefined : end;
}

function fieldOf(lines: readonly string[], key: string): string | undefined {
  return lines
    .find((line) => line.startsWith(key))
    ?.slice(key.length)
    .replace(/^"(.*)"$/, '$1');
}
