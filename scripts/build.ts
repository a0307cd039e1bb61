import { spawnSync } from 'node:child_process';
import { chmod, copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { projectRoot } from './write-generated.ts';

const dist = resolve(projectRoot, 'dist');

/** Writes `dist`: the library as modules with declarations, and the command line as one file. */
async function build(): Promise<void> {
  await rm(dist, { recursive: true, force: true });
  compileLibrary();
  await copyGenerated();
  await bundleCommandLine();
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
async function copyGenerated(): Promise<void> {
  const source = resolve(projectRoot, 'src');
  for (const path of await readdir(source, { recursive: true })) {
    if (!/\.generated\.(js|d\.ts)$/.test(path)) continue;
    await mkdir(resolve(dist, path, '..'), { recursive: true });
    await copyFile(resolve(source, path), resolve(dist, path));
  }
}

async function bundleCommandLine(): Promise<void> {
  const bundle = await rolldown({ input: resolve(projectRoot, 'src/cli/main.ts'), platform: 'node' });
  const file = resolve(dist, 'cli.js');
  const { output } = await bundle.generate({
    format: 'esm',
    minify: true,
    comments: false,
    codeSplitting: false,
  });
  await bundle.close();
  await writeFile(file, inAscii(output[0].code));
  await chmod(file, 0o755);
}

/** A source of ASCII takes half the memory of any other and is read faster. Escapes mean the same in texts and patterns. */
function inAscii(code: string): string {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

await build();
