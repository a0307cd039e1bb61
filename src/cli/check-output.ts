import { statSync } from 'node:fs';
import { join } from 'node:path';
import { chartNamed } from '../chart/charts.ts';
import type { RenderedManifest } from '../library/manifest.ts';
import { toYaml } from '../library/to-yaml.ts';
import { jsonText } from '../text/json-text.ts';
import { compareGolden, isJson } from './compare-golden.ts';
import { extraFiles } from './extra-files.ts';
import type { FileDifference } from './file-difference.ts';
import { codeOf, readBytes, reasonOf, shownName } from './input/read-input.ts';
import type { Output } from './output.ts';
import { textChanges } from './text/text-changes.ts';

/** What a check compares with what is there, and how. */
export interface Checked extends Output {
  /** Whether the texts are compared, or the objects in them, whatever their layout and comments. */
  readonly mode: 'text' | 'objects';
}

/** What differs, or why nothing could be compared. */
export type CheckedOutput =
  | { readonly ok: true; readonly files: readonly FileDifference[] }
  | { readonly ok: false; readonly message: string; readonly hint: string };

/**
 * Compares what is rendered with a file, or with a directory that `--output-dir` wrote.
 *
 * @param path "-" reads standard input.
 */
export function checkOutput(path: string, checked: Checked): CheckedOutput {
  const place = placeOf(path);
  if (place === 'a file') return { ok: true, files: fileDifferences(path, checked.manifests, checked) };
  if (place === 'a directory') return { ok: true, files: directoryDifferences(path, checked) };
  const hint = 'write it first, without --check; a directory with --output-dir';
  return { ok: false, message: `${path}: expected a file or a directory, found ${place.reason}`, hint };
}

type Place = 'a file' | 'a directory' | { readonly reason: string };

function placeOf(path: string): Place {
  if (path === '-') return 'a file';
  try {
    return statSync(path).isDirectory() ? 'a directory' : 'a file';
  } catch (error) {
    return { reason: codeOf(error) === 'ENOTDIR' ? 'none' : reasonOf(error) };
  }
}

function directoryDifferences(path: string, checked: Checked): readonly FileDifference[] {
  const differences = checked.manifests.flatMap((rendered) =>
    fileDifferences(join(path, rendered.source), [rendered], checked),
  );
  return [...differences, ...leftOver(path, checked)];
}

function leftOver(path: string, checked: Checked): readonly FileDifference[] {
  try {
    return extraFiles(path, checked).map((file) => ({ file, what: 'not rendered', changes: [] }));
  } catch (error) {
    return [unreadable(join(path, chartNamed(checked.chart).name), reasonOf(error))];
  }
}

/** How a file differs from what it should hold, if it does. */
function fileDifferences(
  path: string,
  manifests: readonly RenderedManifest[],
  { mode }: Checked,
): readonly FileDifference[] {
  const content = readBytes(path);
  const file = shownName(path);
  if (content === 'none') return [{ file, what: 'not there', changes: [] }];
  if (typeof content === 'string') return [unreadable(file, content)];
  const found = new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
  const expected = isJson(found) ? jsonText(manifests.map(({ manifest }) => manifest)) : toYaml(manifests);
  if (found === expected) return [];
  if (mode === 'text') return [{ file, what: 'differs', changes: textChanges(file, found, expected) }];
  const { what, changes } = compareGolden(manifests, content);
  return changes.length === 0 ? [] : [{ file, what, changes }];
}

function unreadable(file: string, reason: string): FileDifference {
  return {
    file,
    what: 'unreadable',
    changes: [{ object: null, line: null, text: `expected a file that can be read, found ${reason}` }],
  };
}
