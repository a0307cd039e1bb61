import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';
import { projectRoot } from './write-generated.ts';

/**
 * Bundles the command line into one CommonJS file. CommonJS, because importing `node:fs` as a module makes Node load
 * its streams as well, which takes as long as rendering. What one command needs is evaluated for that command only.
 */
export async function bundleCommandLine(): Promise<string> {
  const code = required(await bundleFile('src/cli/main.ts'));
  return `${code}\n//${createHash('sha256').update(code).digest('hex').slice(0, 8)}\n`;
}

/**
 * Bundles what only `sync` runs, beside the bundle of all commands: what it needs of Node would be loaded by every start
 * otherwise, and takes longer than rendering.
 */
export async function bundleSync(): Promise<string> {
  return `${await bundleFile(SYNC)}\n`;
}

/** Bundles what starts the command line; see `src/cli/launch.ts`. */
export async function bundleLauncher(): Promise<string> {
  return `#!/usr/bin/env node\n${await bundleFile('src/cli/launch.ts')}`;
}

/** The modules whose code is in the bundles, by their paths. */
export async function bundledModules(): Promise<readonly string[]> {
  const outputs = await Promise.all(['src/cli/main.ts', SYNC].map(outputOf));
  return [...new Set(outputs.flatMap(({ moduleIds }) => moduleIds))];
}

/** Names of Node's modules that the bundle of all commands loads at its start. */
export async function modulesOfStart(): Promise<readonly string[]> {
  return (await outputOf('src/cli/main.ts')).imports;
}

/** Packages that only `sync` needs: loaded from where they were installed, because they find files of their own. */
const INSTALLED = ['pino', 'prom-client'];

/** Where the bundle of {@link SYNC} lies, seen from the bundle of all commands. */
const SYNC_BUNDLE = './sync-bundle.cjs';
const SYNC = 'src/cli/sync/run-sync.ts';

/** A script that is run by `node:vm` cannot import; what started it gives it a `require`. */
function required(code: string): string {
  const asked = /\bimport\((["'`])\.\/sync-bundle\.cjs\1\)/g;
  if (!asked.test(code))
    throw new Error(`expected the command line to ask for ${SYNC_BUNDLE}, found that it does not`);
  return code.replace(asked, `Promise.resolve(require("${SYNC_BUNDLE}"))`);
}

async function bundleFile(path: string): Promise<string> {
  return inAscii((await outputOf(path)).code);
}

async function outputOf(path: string) {
  const bundle = await rolldown({
    input: resolve(projectRoot, path),
    platform: 'node',
    external: INSTALLED,
    plugins: [syncApart, pureYaml, unfrozen],
    treeshake: { moduleSideEffects: false },
  });
  const { output } = await bundle.generate({
    format: 'cjs',
    codeSplitting: false,
    minify: true,
    comments: false,
  });
  await bundle.close();
  return output[0];
}

/** Leaves what `sync` runs to its own bundle. */
const syncApart: Plugin = {
  name: 'sync-apart',
  resolveId: (id, importer) =>
    importer !== undefined && id.endsWith('/sync/run-sync.ts') ? { id: SYNC_BUNDLE, external: true } : null,
};

/** Lets what the reader does not use of js-yaml be left out: its schemas and its writer, which take effect nowhere. */
const pureYaml: Plugin = {
  name: 'pure-yaml',
  transform: {
    filter: { id: /node_modules\/js-yaml\// },
    handler: (code) =>
      code.replace(
        /= (new [A-Z]|define[A-Z]\w*Tag\(|Symbol\(|Object\.assign\(|String\.raw)/g,
        '= /* @__PURE__ */ $1',
      ),
  },
};

/**
 * Leaves definitions unfrozen. Frozen ones show in the tests that nothing changes them; to freeze the thousands of them
 * takes a tenth of a start.
 */
const unfrozen: Plugin = {
  name: 'unfrozen',
  transform: {
    filter: { id: /\/src\/(template|values|chart)\/.*\.ts$/ },
    handler: (code) => code.replaceAll('Object.freeze(', '('),
  },
};

/** A source of ASCII takes half the memory of any other and is read faster. Escapes mean the same in texts and patterns. */
function inAscii(code: string): string {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
