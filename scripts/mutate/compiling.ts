import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../write-generated.ts';
import { withMutant } from './find-mutants.ts';
import type { NumberedMutant } from './switches.ts';

/**
 * The numbers of the mutants that the compiler refuses. Each round of the compiler takes one mutant of every file and looks
 * which files it complains of; a mutant that breaks another file only counts as one that compiles.
 *
 * @param progress told of each round.
 */
export function refusedByCompiler(
  mutants: readonly NumberedMutant[],
  progress: (done: number, all: number) => void,
): ReadonlySet<number> {
  const folder = mkdtempSync(join(tmpdir(), 'kubebyon-mutate-'));
  try {
    copySources(folder, [...new Set(mutants.map(({ file }) => file))]);
    const byFile = Map.groupBy(mutants, ({ file }) => file);
    const rounds = Math.max(0, ...[...byFile.values()].map(({ length }) => length));
    const refused = new Set<number>();
    for (let round = 0; round < rounds; round += 1) {
      progress(round, rounds);
      const tried = [...byFile.values()].flatMap((ofFile) => ofFile[round] ?? []);
      for (const { id } of refusedOf(folder, tried)) refused.add(id);
    }
    return refused;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The compiler looks at the files with mutants and what they import, and keeps between rounds what it knows of the others. */
function copySources(folder: string, files: readonly string[]): void {
  cpSync(join(projectRoot, 'src'), join(folder, 'src'), { recursive: true });
  cpSync(join(projectRoot, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  const { compilerOptions } = Object(JSON.parse(readFileSync(join(projectRoot, 'tsconfig.json'), 'utf8')));
  const incremental = { incremental: true, tsBuildInfoFile: 'known.tsbuildinfo' };
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...compilerOptions, ...incremental }, files }),
  );
}

function refusedOf(folder: string, tried: readonly NumberedMutant[]): readonly NumberedMutant[] {
  const originals = tried.map(({ file }) => readFileSync(join(folder, file), 'utf8'));
  tried.forEach((mutant, index) => {
    writeFileSync(join(folder, mutant.file), withMutant(originals[index] ?? '', mutant));
  });
  const compiler = join(projectRoot, 'node_modules/.bin/tsc');
  const { stdout } = spawnSync(compiler, ['--noEmit', '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
  });
  tried.forEach(({ file }, index) => {
    writeFileSync(join(folder, file), originals[index] ?? '');
  });
  const complained = new Set([...stdout.matchAll(/^(\S+?)\(\d+,\d+\): error/gm)].map(([, file]) => file));
  return tried.filter(({ file }) => complained.has(file));
}
