import { statSync } from 'node:fs';
import { join } from 'node:path';
import { compareWithGolden } from '../library/compare.ts';
import type { RenderedManifest } from '../library/manifest.ts';
import { toYaml } from '../library/to-yaml.ts';
import { extraFiles } from './extra-files.ts';
import { readBytes } from './input/read-input.ts';
import type { Outcome } from './outcome.ts';
import type { Output } from './output.ts';
import { patchText } from './text/patch-text.ts';
import { printable } from './text/printable.ts';
import type { Style } from './text/style.ts';

/** What a check compares with what is there, and how. */
export interface Checked extends Output {
  /** Whether the texts are compared, or the objects in them, whatever their layout and comments. */
  readonly mode: 'text' | 'objects';
  readonly style: Style;
}

/** What a file should hold. */
interface Expected {
  readonly text: string;
  readonly manifests: readonly RenderedManifest[];
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
  if (place === 'a file')
    return outcomeOf([fileDifference(path, { text, manifests: checked.manifests }, checked)]);
  const differences = checked.manifests.map((rendered) =>
    fileDifference(join(path, rendered.source), { text: toYaml([rendered]), manifests: [rendered] }, checked),
  );
  const extra = extraFiles(path, checked).map((file) => `${printable(file)}: not rendered, but there\n`);
  return outcomeOf([...differences, ...extra]);
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
function fileDifference(path: string, expected: Expected, { mode, style }: Checked): string {
  const content = readBytes(path);
  if (typeof content === 'string')
    return `${printable(path)}: expected a file, found ${printable(content)}\n`;
  const found = new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
  if (found === expected.text) return '';
  if (mode === 'text') return patchText(path, found, expected.text, style);
  const { differences } = compareWithGolden(expected.manifests, found);
  return differences.map((difference) => `${printable(`${path}: ${difference}`)}\n`).join('');
}
