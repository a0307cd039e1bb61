import { createHash } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';
import { compileCharts } from './compiled-charts/compile-charts.ts';
import { lateImports } from './late-imports.ts';
import { projectRoot } from './write-generated.ts';

const COMMAND_LINE = 'src/cli/main.ts';
const PLANNER = 'src/cli/planner.ts';

/** The bundle of the planner, by the name that the others load it by. */
const PLANNER_BUNDLE = 'planner-bundle.cjs';

/** Writes the command into a folder: its launcher `cli.cjs`, and the bundles that it loads. */
export async function writeCommandLine(folder: string): Promise<void> {
  await writeFile(join(folder, 'cli-bundle.cjs'), await bundleCommandLine());
  await writeFile(join(folder, PLANNER_BUNDLE), await bundlePlanner());
  await writeFile(join(folder, 'cli.cjs'), await bundleLauncher());
  await chmod(join(folder, 'cli.cjs'), 0o755);
}

/**
 * Bundles the command line into one CommonJS file. CommonJS, because importing `node:fs` as a module makes Node load
 * its streams as well, which takes as long as rendering. What one command needs is evaluated for that command only.
 * The planner is not in it: the time of a start grows with all that could be called.
 */
async function bundleCommandLine(): Promise<string> {
  return signed(await bundleFile(COMMAND_LINE));
}

/** Bundles what the command line loads of the planner. */
async function bundlePlanner(): Promise<string> {
  return signed(await bundleFile(PLANNER));
}

/**
 * As the function that the launcher calls, with a hash at the end, by which kept code is told from that of another build.
 * The function is written here, because to put it around the text at a start copies the text.
 */
function signed(code: string): string {
  return `(function (require, exports) {${code}\n})\n//${createHash('sha256').update(code).digest('hex').slice(0, 8)}\n`;
}

/** Bundles what starts the command line; see `src/cli/launch.ts`. */
async function bundleLauncher(): Promise<string> {
  return `#!/usr/bin/env node\n${await bundleFile('src/cli/launch.ts')}`;
}

/** The modules whose code is in the bundles, by their paths. */
export async function bundledModules(): Promise<readonly string[]> {
  const outputs = await Promise.all([COMMAND_LINE, PLANNER].map((path) => outputOf(path)));
  return [...new Set(outputs.flatMap(({ moduleIds }) => moduleIds))];
}

/** Names of Node's modules that the bundle of all commands loads at its start. */
export async function modulesOfStart(): Promise<readonly string[]> {
  return (await outputOf(COMMAND_LINE)).imports;
}

/** The modules that `render` evaluates while nothing is wrong, by their paths from the project's folder. */
export async function modulesOfRender(): Promise<readonly string[]> {
  const { moduleIds } = await outputOf('src/cli/commands/render.ts', [lateApart]);
  return moduleIds.map((id) => relative(projectRoot, id).replaceAll('\\', '/'));
}

async function bundleFile(path: string): Promise<string> {
  return inAscii((await outputOf(path)).code);
}

async function outputOf(path: string, before: readonly Plugin[] = []) {
  const bundle = await rolldown({
    input: resolve(projectRoot, path),
    platform: 'node',
    plugins: [...before, processesApart, pureYaml, unfrozen, plannerApart, compiledCharts, lateImports(LATE)],
    treeshake: { moduleSideEffects: false },
    // A long text that is inlined is there twice.
    optimization: { inlineConst: false },
  });
  const { output } = await bundle.generate({
    format: 'cjs',
    codeSplitting: false,
    dynamicImportInCjs: false,
    minify: true,
    comments: false,
  });
  await bundle.close();
  return output[0];
}

/** Leaves everything outside that is evaluated later, or not at all. */
const lateApart: Plugin = {
  name: 'late-apart',
  resolveId: (id, _importer, { kind }) =>
    kind === 'require-call' || kind === 'dynamic-import' ? { id, external: true } : null,
};

/** What commands that keep running load, by its path below `src/cli`, without ending. */
const PROCESSES = ['sync/run-sync', 'route-agent/run-route-agent', 'route-cleanup/run-route-cleanup'];

/**
 * Leaves what `sync`, `route-agent` and `route-cleanup` run outside: what it needs of Node would be loaded by every start otherwise, and takes
 * longer than rendering. The launcher loads the modules of the library in its place.
 */
const processesApart: Plugin = {
  name: 'processes-apart',
  resolveId: (id) => {
    const name = PROCESSES.find((each) => id.endsWith(`/${each}.ts`));
    return name === undefined ? null : { id: `./cli/${name}.js`, external: true };
  },
};

/** Charts as functions, in the place of what evaluates their definitions. */
const compiledCharts: Plugin = {
  name: 'compiled-charts',
  load: {
    filter: { id: /\/src\/library\/evaluation\.ts$/ },
    handler: () => ({
      code: compileCharts(resolve(projectRoot, 'scripts/compiled-charts/runtime.ts')),
      moduleType: 'js',
    }),
  },
};

/** What is not needed while nothing is wrong and nobody asks why, by who imports it. */
const LATE: Readonly<Record<string, readonly string[]>> = {
  'src/chart/charts.ts': [
    './hooks/route-cleanup.ts',
    './multi-node.ts',
    './single-node.ts',
    './tests/healthz.ts',
    '../values/constraints/index.ts',
  ],
  'src/chart/pods.ts': [
    '../contract/environment.ts',
    '../values/chart-definition.ts',
    './parts/edge-controller-environment.ts',
    './parts/environment.ts',
    './parts/route-agent-environment.ts',
  ],
  'src/values/check/advice-findings.ts': ['../api-strategy.ts', '../names.ts'],
};

/** Leaves the planner out of what imports it. */
const plannerApart: Plugin = {
  name: 'planner-apart',
  resolveId: {
    filter: { id: /\/planner\.ts$/ },
    handler: (id, importer) =>
      importer !== undefined && resolve(dirname(importer), id) === resolve(projectRoot, PLANNER)
        ? { id: `./${PLANNER_BUNDLE}`, external: true }
        : null,
  },
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
