import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ChartName, chartNamed } from '../chart/charts.ts';
import type { RenderedManifest } from '../library/render.ts';
import { toYaml } from '../library/to-yaml.ts';
import { extraFiles, isWrittenByUs } from './extra-files.ts';
import { reasonOf } from './input/read-input.ts';
import type { Outcome } from './outcome.ts';
import { printable } from './text/printable.ts';

/** What is written below a directory. */
export interface Output {
  readonly chart: ChartName;
  readonly manifests: readonly RenderedManifest[];
  /** Whether these are all objects of the chart, so that files of others are left over. */
  readonly isComplete: boolean;
  /** What is left over of an earlier run goes. */
  readonly prune: boolean;
}

/** The files that `--output-dir` writes, by their path below the directory: one per object, as Helm does. */
export function outputFiles(manifests: readonly RenderedManifest[]): ReadonlyMap<string, string> {
  return new Map(manifests.map((rendered) => [rendered.source, toYaml([rendered])]));
}

/**
 * Writes the objects below a directory, and says which files there are not rendered any more. With `prune` those that an
 * earlier run has written go; a file that begins in another way is nobody's to remove.
 */
export function writeOutput(directory: string, { chart, manifests, isComplete, prune }: Output): Outcome {
  const files = outputFiles(manifests);
  let stdout = '';
  let stderr = '';
  let path = directory;
  try {
    for (const [source, text] of files) {
      path = join(directory, source);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      stdout += `wrote ${printable(path)}\n`;
    }
    for (const file of isComplete ? extraFiles(directory, chartNamed(chart).name, files) : []) {
      path = join(directory, file);
      if (!isWrittenByUs(directory, file)) {
        stderr += `${printable(path)}: not rendered, and not written by this command; it stays\n`;
      } else if (prune) {
        rmSync(path);
        stdout += `removed ${printable(path)}\n`;
      } else {
        stderr += `${printable(path)}: not rendered any more; --prune removes it\n`;
      }
    }
  } catch (error) {
    const failure = `error: cannot write ${printable(path)}: found ${printable(reasonOf(error))}\n`;
    return { exitCode: 74, stdout, stderr: stderr + failure };
  }
  return stderr === '' ? { exitCode: 0, stdout } : { exitCode: 0, stdout, stderr };
}
