import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ChartName, chartNamed } from '../chart/charts.ts';
import type { RenderedManifest } from '../library/render.ts';
import { toYaml } from '../library/to-yaml.ts';
import { extraFiles } from './extra-files.ts';
import { reasonOf } from './input/read-input.ts';
import type { Outcome } from './outcome.ts';
import { printable } from './text/printable.ts';

/** What is written below a directory. */
export interface Output {
  readonly chart: ChartName;
  readonly manifests: readonly RenderedManifest[];
  /** Whether these are all objects of the chart, so that files of others are left over. */
  readonly isComplete: boolean;
}

/** The files that `--output-dir` writes, by their path below the directory: one per object, as Helm does. */
export function outputFiles(manifests: readonly RenderedManifest[]): ReadonlyMap<string, string> {
  return new Map(manifests.map((rendered) => [rendered.source, toYaml([rendered])]));
}

/**
 * Writes the objects below a directory, and says which files there are not rendered. None is removed: nothing in a file
 * tells what this command has written from what `helm template` or a person has.
 */
export function writeOutput(directory: string, { chart, manifests, isComplete }: Output): Outcome {
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
      stderr += `${printable(path)}: not rendered, but there; it stays\n`;
    }
  } catch (error) {
    const failure = `error: cannot write ${printable(path)}: found ${printable(reasonOf(error))}\n`;
    return { exitCode: 74, stdout, stderr: stderr + failure };
  }
  return stderr === '' ? { exitCode: 0, stdout } : { exitCode: 0, stdout, stderr };
}
