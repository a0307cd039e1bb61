import { structuredPatch } from 'diff';
import type { Change } from '../file-difference.ts';
import { objectName } from './object-name.ts';

/** Two texts that share nothing take too long to align. */
const MAX_DIFF_MILLISECONDS = 2000;

/** How a text differs from what is rendered: the hunks of a unified diff, each with the object that it is in. */
export function textChanges(file: string, found: string, rendered: string): readonly Change[] {
  const patch = structuredPatch(file, 'rendered', found, rendered, undefined, undefined, {
    timeout: MAX_DIFF_MILLISECONDS,
  });
  if (patch === undefined)
    return [{ object: null, line: null, text: 'differs too much to be shown line by line' }];
  const [before, after] = [found.split('\n'), rendered.split('\n')];
  return patch.hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => {
    const first = lines.findIndex((line) => !line.startsWith(' '));
    const object = lines[first]?.startsWith('-')
      ? objectAround(before, oldStart + first)
      : objectAround(after, newStart + first);
    const head = `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@${object === undefined ? '' : ` ${object}`}`;
    return { object: object ?? null, line: Math.max(oldStart + first, 1), text: [head, ...lines].join('\n') };
  });
}

/** Whether a change is a hunk, and not a sentence. */
export function isHunk({ text }: Change): boolean {
  return text.startsWith('@@ ');
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
