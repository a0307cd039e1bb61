import { spawnSync } from 'node:child_process';
import { cp, readdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { writeCommandLine } from './bundle-command-line.ts';
import { bundleDeclarations } from './bundle-declarations.ts';
import { GENERATED_CODE, projectRoot } from './write-generated.ts';

/**
 * Writes `dist`: the library as modules, what `sync` and `route-agent` run as well, its declarations, and the other commands as bundles with
 * their launcher.
 */
async function build(): Promise<void> {
  const dist = resolve(projectRoot, 'dist');
  await rm(dist, { recursive: true, force: true });
  const declared = resolve(dist, 'declared');
  compileLibrary(declared);
  await copyGenerated(dist, declared);
  await bundleDeclarations(declared, dist);
  await rm(declared, { recursive: true });
  await writeCommandLine(dist);
}

/** What things mean stands in the declarations, where editors read it; a second time in the code it is a sixth of that. */
function compileLibrary(declared: string): void {
  const compiler = resolve(projectRoot, 'node_modules/.bin/tsc');
  const runs = [
    ['--emitDeclarationOnly', '--declarationDir', declared],
    ['--declaration', 'false', '--removeComments'],
  ];
  for (const flags of runs) {
    const { status } = spawnSync(compiler, ['-p', 'tsconfig.build.json', ...flags], {
      cwd: projectRoot,
      stdio: 'inherit',
    });
    if (status !== 0) throw new Error('the compiler found errors');
  }
}

/** Generated modules are JavaScript already, with their declarations; the compiler leaves both out. */
async function copyGenerated(dist: string, declared: string): Promise<void> {
  const files = await readdir(resolve(projectRoot, GENERATED_CODE));
  for (const file of files) {
    const folder = file.endsWith('.d.ts') ? declared : dist;
    await cp(resolve(projectRoot, GENERATED_CODE, file), resolve(folder, 'generated', file));
  }
}

await build();
