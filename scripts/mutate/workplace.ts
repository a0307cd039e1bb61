import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../write-generated.ts';

/** A copy of the project in which one mutant at a time is tried. */
export interface Workplace {
  /** Replaces a file of the copy, and gives what puts the old one back. */
  put(file: string, text: string): () => void;
  /** Whether a command of the project ends with 0 within its time. */
  passes(command: string, args: readonly string[], seconds: number): Promise<boolean>;
  remove(): void;
}

const PARTS = [
  'src',
  'test',
  'scripts',
  'fixtures',
  'golden',
  'schemas',
  'charts',
  'docs',
  'tools',
  'bench',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
  'vitest.conformance.config.ts',
  'LICENSE',
  'README.md',
  'README.zh-CN.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'biome.json',
];

export function makeWorkplace(): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'kubebyon-mutate-'));
  for (const part of PARTS)
    cpSync(join(projectRoot, part), join(folder, part), {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    });
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  // Only what may be mutated and what imports it is compiled each time.
  const tsconfig = join(folder, 'tsconfig.json');
  writeFileSync(
    tsconfig,
    JSON.stringify({ ...JSON.parse(readFileSync(tsconfig, 'utf8')), include: ['src'] }),
  );
  return {
    put: (file, text) => {
      const path = join(folder, file);
      const before = readFileSync(path, 'utf8');
      writeFileSync(path, text);
      return () => writeFileSync(path, before);
    },
    passes: async (command, args, seconds) => {
      const child = spawn(join(projectRoot, 'node_modules/.bin', command), args, {
        cwd: folder,
        stdio: 'ignore',
        detached: true,
      });
      const timer = setTimeout(() => {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      }, seconds * 1000);
      const [code] = await once(child, 'exit');
      clearTimeout(timer);
      return code === 0;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
