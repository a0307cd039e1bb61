import { spawnSync } from 'node:child_process';
import { chmod, cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { bundleCommandLine, bundleLauncher, bundlePlanner, PLANNER_BUNDLE } from './bundle-command-line.ts';
import { GENERATED_CODE, projectRoot } from './write-generated.ts';

/** Writes `dist`: the library as modules with declarations, and the command line as bundles with their launcher. */
async function build(): Promise<void> {
  const dist = resolve(projectRoot, 'dist');
  await rm(dist, { recursive: true, force: true });
  compileLibrary();
  await openModels(dist);
  await copyGenerated(dist);
  await writeFile(resolve(dist, 'cli-bundle.cjs'), await bundleCommandLine());
  await writeFile(resolve(dist, PLANNER_BUNDLE), await bundlePlanner());
  await writeFile(resolve(dist, 'cli.cjs'), await bundleLauncher());
  await chmod(resolve(dist, 'cli.cjs'), 0o755);
}

/** What things mean stands in the declarations, where editors read it; a second time in the code it is a sixth of that. */
function compileLibrary(): void {
  const compiler = resolve(projectRoot, 'node_modules/.bin/tsc');
  for (const flags of [['--emitDeclarationOnly'], ['--declaration', 'false', '--removeComments']]) {
    const { status } = spawnSync(compiler, ['-p', 'tsconfig.build.json', ...flags], {
      cwd: projectRoot,
      stdio: 'inherit',
    });
    if (status !== 0) throw new Error('the compiler found errors');
  }
}

const MODEL_IMPORT = /^import type \{ (\w+) \} from ['"]@?kubernetes-models\/.*\n/gm;
const INLINE_MODEL = /import\("@?kubernetes-models\/[^"]+"\)\.\w+/g;
const MAP = 'Readonly<Record<string, unknown>>';

/**
 * Declarations name Kubernetes' types from packages that we only build with, and a user does not have.
 * In the package such a piece is a map: the schema is what checks it.
 */
async function openModels(dist: string): Promise<void> {
  const files = (await readdir(dist, { recursive: true })).filter((name) => name.endsWith('.d.ts'));
  for (const file of files) {
    const path = resolve(dist, file);
    await writeFile(path, withoutModels(await readFile(path, 'utf8')));
  }
}

function withoutModels(declared: string): string {
  const names = [...declared.matchAll(MODEL_IMPORT)].map(([, name]) => name);
  const plain = declared.replace(MODEL_IMPORT, '').replace(INLINE_MODEL, MAP);
  return names.reduce((text: string, name) => text.replace(new RegExp(`\\b${name}\\b`, 'g'), MAP), plain);
}

/** Generated modules are JavaScript already; the compiler leaves them out. */
async function copyGenerated(dist: string): Promise<void> {
  await cp(resolve(projectRoot, GENERATED_CODE), resolve(dist, 'generated'), { recursive: true });
}

await build();
