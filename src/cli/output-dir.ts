import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toYaml } from '../library/to-yaml.ts';
import { extraFiles } from './extra-files.ts';
import { reasonOf } from './input/read-input.ts';
import type { Outcome } from './outcome.ts';
import type { Output } from './output.ts';
import { printable } from './text/printable.ts';

/**
 * Writes the objects below a directory, one file each as Helm does, and says which files there are not rendered. None is
 * removed: nothing in a file tells what this command has written from what `helm template` or a person has.
 */
export function writeOutput(directory: string, output: Output): Outcome {
  let stdout = '';
  let stderr = '';
  let path = directory;
  try {
    for (const rendered of output.manifests) {
      path = join(directory, rendered.source);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, toYaml([rendered]));
      stdout += `wrote ${printable(path)}\n`;
    }
    for (const file of extraFiles(directory, output)) {
      stderr += `${printable(file)}: not rendered, but there; it stays\n`;
    }
  } catch (error) {
    const failure = `error: cannot write ${printable(path)}: found ${printable(reasonOf(error))}\n`;
    return { exitCode: 74, stdout, stderr: stderr + failure };
  }
  return stderr === '' ? { exitCode: 0, stdout } : { exitCode: 0, stdout, stderr };
}
