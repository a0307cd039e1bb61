import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** A copy of parts of the project that a test changes as a contributor would. */
export interface Scratch {
  /** Replaces a text that stands in a file exactly once. */
  edit(file: string, from: string, to: string): void;
  write(file: string, text: string): void;
  /** The errors of the compiler, one line each; empty when it compiles. */
  errors(): readonly string[];
  /** Runs a module of the copy and gives what it prints. */
  run(code: string): string;
  remove(): void;
}

/** @param parts files and folders of the project, which stand in the copy at the same places. */
export function scratchCopy(parts: readonly string[]): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'kubebyon-scratch-'));
  for (const part of [...parts, 'tsconfig.json', 'package.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const start = (command: string, args: readonly string[]): string => {
    const { stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
    return stdout === '' ? stderr : stdout;
  };
  return {
    edit: (file, from, to) => {
      const path = join(folder, file);
      const parted = readFileSync(path, 'utf8').split(from);
      if (parted.length !== 2)
        throw new Error(`${file}: ${JSON.stringify(from)} stands ${parted.length - 1} times`);
      writeFileSync(path, parted.join(to));
    },
    write: (file, text) => writeFileSync(join(folder, file), text),
    errors: () =>
      start(join(root, 'node_modules/.bin/tsc'), ['--noEmit', '-p', '.'])
        .split('\n')
        .filter((line) => line.includes('error TS')),
    run: (code) => {
      writeFileSync(join(folder, 'scratch.ts'), code);
      return start(process.execPath, ['scratch.ts']);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
