import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { toYaml } from '../library/to-yaml.ts';
import { sha256Hex } from '../text/hash.ts';
import { extraFiles } from './extra-files.ts';
import { reasonOf } from './input/read-input.ts';
import type { Outcome } from './outcome.ts';
import type { Output } from './output.ts';
import { pruneFile } from './prune.ts';
import { refusal } from './refusal.ts';
import { printable } from './text/printable.ts';
import { LIST_NAME } from './written-files.ts';
import { readWritten, saveWritten } from './written-list.ts';

/**
 * Writes the objects below a directory, one file each as Helm does, and says which files there are not rendered. With prune
 * those go that an earlier run has written and nobody has changed; a list in the directory tells them from all others.
 */
export function writeOutput(directory: string, output: Output, prune: boolean): Outcome {
  const list = readWritten(directory);
  if (!list.ok)
    return refusal(66, list.message, 'remove the list; --prune then leaves what earlier runs wrote');
  const work: Work = { directory, written: new Map(list.files), path: directory, stdout: '', stderr: '' };
  const failures = [
    failureOf(work, () => {
      writeObjects(work, output);
      settleOthers(work, extraFiles(directory, output), prune);
    }),
    failureOf(work, () => saveList(work)),
  ];
  const { stdout, stderr } = work;
  const failure = failures.find((each) => each !== undefined);
  if (failure !== undefined) return { exitCode: 74, stdout, stderr: stderr + failure };
  return stderr === '' ? { exitCode: 0, stdout } : { exitCode: 0, stdout, stderr };
}

/** What is done so far. */
interface Work {
  readonly directory: string;
  /** What this run or an earlier one has written, with its hash. */
  readonly written: Map<string, string>;
  /** The file that is at work. */
  path: string;
  stdout: string;
  stderr: string;
}

function failureOf(work: Work, step: () => void): string | undefined {
  try {
    step();
    return undefined;
  } catch (error) {
    return `error: cannot write ${printable(work.path)}: found ${printable(reasonOf(error))}\n`;
  }
}

function writeObjects(work: Work, { manifests }: Output): void {
  for (const rendered of manifests) {
    const text = toYaml([rendered]);
    work.path = join(work.directory, rendered.source);
    mkdirSync(dirname(work.path), { recursive: true });
    writeFileSync(work.path, text);
    work.written.set(rendered.source, sha256Hex(text));
    work.stdout += `wrote ${printable(work.path)}\n`;
  }
}

/** Removes of what is not rendered what may go, and names what stays. */
function settleOthers(work: Work, files: readonly string[], prune: boolean): void {
  for (const file of files) {
    work.path = file;
    const path = relative(work.directory, file);
    const because = prune ? pruneFile(work.directory, path, work.written.get(path)) : 'but there';
    if (because === undefined) work.stdout += `removed ${printable(file)}\n`;
    else work.stderr += `${printable(file)}: not rendered, ${because}; it stays\n`;
  }
}

/** Of what was written, what is still there. */
function saveList({ directory, written }: Work): void {
  const there = [...written].filter(([path]) => existsSync(join(directory, path)));
  if (there.length > 0 || existsSync(join(directory, LIST_NAME))) saveWritten(directory, new Map(there));
}
