import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { type ChartName, chartNamed } from '../chart/charts.ts';
import type { RenderedManifest } from '../library/render.ts';
import { extraFiles } from './extra-files.ts';
import { readBytes } from './input/read-input.ts';
import type { Outcome } from './outcome.ts';
import { outputFiles } from './output-dir.ts';
import { printable } from './text/printable.ts';
import type { Style } from './text/style.ts';

/** What a check compares besides the text of all objects. */
export interface Checked {
  readonly chart: ChartName;
  readonly manifests: readonly RenderedManifest[];
  /** Whether these are all objects of the chart, so that files of others should not be there. */
  readonly isComplete: boolean;
  readonly style: Style;
}

/** Compares rendered text with a file, or rendered objects with a directory that `--output-dir` wrote. */
export function checkOutput(path: string, text: string, checked: Checked): Outcome {
  const place = placeOf(path);
  if (place === 'nothing') {
    const hint = 'write it first, without --check; a directory with --output-dir';
    return {
      exitCode: 66,
      stderr: `error: ${printable(path)}: expected a file or a directory, found none\n  hint: ${hint}\n`,
    };
  }
  if (place === 'a file') return outcomeOf([fileDifference(path, text, checked.style)]);
  const files = outputFiles(checked.manifests);
  const differences = [...files].map(([source, expected]) =>
    fileDifference(join(path, source), expected, checked.style),
  );
  const extra = checked.isComplete ? extraFiles(path, chartNamed(checked.chart).name, files) : [];
  return outcomeOf([
    ...differences,
    ...extra.map((file) => `${printable(join(path, file))}: not rendered, but there\n`),
  ]);
}

function outcomeOf(differences: readonly string[]): Outcome {
  const found = differences.filter((difference) => difference !== '');
  if (found.length === 0) return { exitCode: 0 };
  const count = found.length === 1 ? 'one file differs' : `${found.length} files differ`;
  return { exitCode: 3, stdout: found.join(''), stderr: `${count} from what is rendered\n` };
}

function placeOf(path: string): 'nothing' | 'a file' | 'a directory' {
  if (path === '-') return 'a file';
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 'nothing';
  return found.isDirectory() ? 'a directory' : 'a file';
}

/** How a file differs from what it should hold; empty when it does not. */
function fileDifference(path: string, expected: string, style: Style): string {
  const content = readBytes(path);
  if (typeof content === 'string')
    return `${printable(path)}: expected a file, found ${printable(content)}\n`;
  const found = new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
  return found === expected ? '' : unifiedDiff(printable(path), found, expected, style);
}

/** Two texts that share nothing take too long to align. */
const MAX_DIFF_MILLISECONDS = 2000;

function unifiedDiff(path: string, found: string, expected: string, style: Style): string {
  const patch = createTwoFilesPatch(path, 'rendered', found, expected, undefined, undefined, {
    timeout: MAX_DIFF_MILLISECONDS,
    headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
  });
  if (patch === undefined) return `${path}: differs too much to be shown line by line\n`;
  return patch.replace(/^.*\n/gm, (line) => paintLine(line.slice(0, -1), style));
}

function paintLine(line: string, style: Style): string {
  const text = printable(line);
  if (/^(---|\+\+\+) /.test(line)) return `${style.strong(text)}\n`;
  if (line.startsWith('-')) return `${style.error(text)}\n`;
  if (line.startsWith('+')) return `${style.good(text)}\n`;
  return `${line.startsWith('@@') ? style.faint(text) : text}\n`;
}
