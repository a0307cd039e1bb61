import { spawnSync } from 'node:child_process';
import { chmod, copyFile, readdir, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { bundleCommandLine, bundleLauncher } from './bundle-command-line.ts';
import { projectRoot } from './write-generated.ts';

/** Writes `dist`: the library as modules with declarations, and the command line as one bundle with its launcher. */
async function build(): Promise<void> {
  const dist = resolve(projectRoot, 'dist');
  await rm(dist, { recursive: true, force: true });
  compileLibrary();
  await copyGenerated(dist);
  await writeFile(resolve(dist, 'cli-bundle.cjs'), await bundleCommandLine());
  await writeFile(resolve(dist, 'cli.cjs'), await bundleLauncher());
  await chmod(resolve(dist, 'cli.cjs'), 0o755);
}

function compileLibrary(): void {
  const compiler = resolve(projectRoot, 'node_modules/.bin/tsc');
  const { status } = spawnSync(compiler, ['-p', 'tsconfig.build.json'], {
    cwd: projectRoot,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('the compiler found errors');
}

/** Generated modules are JavaScript already; the compiler leaves them out. */
async function copyGenerated(dist: string): Promise<void> {
  const source = resolve(projectRoot, 'src');
  for (const path of await readdir(source, { recursive: true })) {
    if (/\.generated\.(js|d\.ts)$/.test(path)) await copyFile(resolve(source, path), resolve(dist, path));
  }
}

await build();
