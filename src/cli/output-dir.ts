import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RenderedManifest } from '../library/render.ts';
import { toYaml } from '../library/to-yaml.ts';
import { reasonOf } from './input/read-input.ts';
import type { Outcome } from './outcome.ts';
import { printable } from './text/printable.ts';

/** The files that `--output-dir` writes, by their path below the directory: one per object, as Helm does. */
export function outputFiles(manifests: readonly RenderedManifest[]): ReadonlyMap<string, string> {
  return new Map(manifests.map((rendered) => [rendered.source, toYaml([rendered])]));
}

/** Writes the objects below a directory. Files of other objects are left alone, as Helm leaves them. */
export function writeOutput(directory: string, manifests: readonly RenderedManifest[]): Outcome {
  let stdout = '';
  for (const [source, text] of outputFiles(manifests)) {
    const path = join(directory, source);
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    } catch (error) {
      const stderr = `error: cannot write ${printable(path)}: found ${printable(reasonOf(error))}\n`;
      return { exitCode: 74, stdout, stderr };
    }
    stdout += `wrote ${path}\n`;
  }
  return { exitCode: 0, stdout };
}
