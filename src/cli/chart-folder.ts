import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isGeneratedChart } from '../helm/chart-yaml.ts';
import { reasonOf } from './input/read-input.ts';
import type { Outcome } from './outcome.ts';
import { printable } from './text/printable.ts';

/**
 * Writes a chart folder as a whole, or not at all: the files are written beside it and then moved in.
 *
 * @param files by their path inside the folder.
 */
export function replaceChartFolder(
  folder: string,
  files: ReadonlyMap<string, string>,
  chartName: string,
): Outcome {
  const target = resolve(folder);
  try {
    if (!mayReplace(target)) return refusal(folder);
    mkdirSync(dirname(target), { recursive: true });
    const fresh = join(dirname(target), `.${basename(target)}.${process.pid}`);
    mkdirSync(fresh);
    writeFiles(fresh, files);
    moveInto(fresh, target);
  } catch (error) {
    const reason = printable(reasonOf(error));
    return { exitCode: 74, stderr: `error: cannot write ${printable(folder)}: found ${reason}\n` };
  }
  return { exitCode: 0, stdout: `wrote ${chartName} to ${folder} (${files.size} files)\n` };
}

/** What is not there, is empty, or was written by this command before. */
function mayReplace(target: string): boolean {
  if (!existsSync(target)) return true;
  if (readdirSync(target).length === 0) return true;
  const chartYaml = join(target, 'Chart.yaml');
  return existsSync(chartYaml) && isGeneratedChart(readFileSync(chartYaml, 'utf8'));
}

function refusal(folder: string): Outcome {
  return {
    exitCode: 74,
    stderr: `error: ${printable(folder)} holds something that this command has not written\n  hint: choose another folder, or remove this one\n`,
  };
}

function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** A reader sees the old chart or the new one, but for the moment between two renames. */
function moveInto(fresh: string, target: string): void {
  const old = `${fresh}.old`;
  const isReplaced = existsSync(target);
  if (isReplaced) renameSync(target, old);
  renameSync(fresh, target);
  if (isReplaced) rmSync(old, { recursive: true, force: true });
}
