import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emitDocument } from '../src/index.ts';
import { RELEASE, type UserValues } from './example.ts';
import { helmEnvironment, helms, openChart, templateArguments } from './helms.ts';
import { medianOf, ratioOf, type Times } from './measure.ts';
import { atLeast, atMost, type Row, showRatio, showTime } from './table.ts';

const PROJECT = new URL('../', import.meta.url);

/** The command as it is installed: the built file that package.json names. */
function commandFile(): string {
  const { bin }: { readonly bin?: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(new URL('package.json', PROJECT), 'utf8'),
  );
  return fileURLToPath(new URL(bin?.['kubebyon-gateway'] ?? 'dist/cli.js', PROJECT));
}

/** Whole processes from start to exit: the built command line that renders the example, node that does nothing, Helm. */
export function coldStart(user: UserValues, rounds: number): readonly Row[] {
  const command = commandFile();
  if (!existsSync(command)) {
    return [
      { what: 'render as a cold process', figure: 'not measured', relation: 'run "npm run build" first' },
    ];
  }
  const folder = mkdtempSync(join(tmpdir(), 'kubebyon-bench-'));
  try {
    const file = join(folder, 'values.yaml');
    writeFileSync(file, emitDocument(user));
    return rowsOf(command, file, folder, rounds);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function rowsOf(command: string, valuesFile: string, cache: string, rounds: number): readonly Row[] {
  const { name, namespace = 'default' } = RELEASE;
  const target = ['--chart', 'multi-node', '--namespace', namespace, '--values', valuesFile];
  const render = [command, 'render', name, ...target];
  const withCache = { ...process.env, XDG_CACHE_HOME: cache };
  const withoutCache = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' };
  const built = helms();
  const open = openChart(cache);
  const node = process.execPath;
  const times = measureProcesses(
    [
      { name: 'empty', program: node, args: ['-e', '0'], env: withoutCache },
      { name: 'cold', program: node, args: render, env: withCache },
      { name: 'uncached', program: node, args: render, env: withoutCache },
      ...built.flatMap(({ name: helm, file: program }) => {
        const env = helmEnvironment(cache);
        return [
          { name: helm, program, args: templateArguments(valuesFile), env },
          { name: openOf(helm), program, args: templateArguments(valuesFile, open), env },
        ];
      }),
    ],
    rounds,
  );
  const cold = ratioOf(times, 'cold', 'empty');
  return [
    { what: 'node -e 0 as a cold process', figure: showTime(medianOf(times, 'empty')), relation: '1x' },
    {
      what: 'render as a cold process',
      figure: showTime(medianOf(times, 'cold')),
      relation: `${showRatio(cold)} node -e 0`,
      target: atMost(cold, 2, 'x'),
    },
    {
      what: "render as a cold process, without Node's compile cache",
      figure: showTime(medianOf(times, 'uncached')),
      relation: `${showRatio(ratioOf(times, 'uncached', 'empty'))} node -e 0`,
    },
    ...(built.length === 0 ? [NO_HELM] : built.flatMap((helm) => helmRows(helm.name, times))),
  ];
}

const NO_HELM: Row = {
  what: 'helm template of the same chart as a cold process',
  figure: 'not measured',
  relation: '"npm run test:conformance" builds Helm',
};

/** The chart whose schema takes anything for a piece of a manifest. */
function openOf(helm: string): string {
  return `${helm}, pieces unchecked`;
}

function helmRows(name: string, times: Times<string>): readonly Row[] {
  const ratio = ratioOf(times, name, 'cold');
  const toOpen = ratioOf(times, name, openOf(name));
  return [
    {
      what: `${name} template of the same chart as a cold process`,
      figure: showTime(medianOf(times, name)),
      relation: `${showRatio(ratio)} render as a cold process`,
      target: atLeast(ratio, 1, 'x'),
    },
    {
      what: `the same with a schema that takes anything for a piece of a manifest`,
      figure: showTime(medianOf(times, openOf(name))),
      relation: `${showRatio(toOpen)} with what the chart checks`,
      target: atMost(toOpen, 1.1, 'x'),
    },
  ];
}

interface Process {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** Runs all processes once for the caches of files and of compiled code, then in interleaved rounds. */
function measureProcesses(processes: readonly Process[], rounds: number): Times<string> {
  for (const one of processes) timeOfProcess(one);
  const times = new Map(processes.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round += 1) {
    for (const one of processes) times.get(one.name)?.push(timeOfProcess(one));
  }
  return times;
}

function timeOfProcess({ program, args, env }: Process): number {
  const start = performance.now();
  const { status, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    env,
    maxBuffer: 64 * 2 ** 20,
  });
  const passed = performance.now() - start;
  if (status !== 0)
    throw new Error(`${program} ${args.join(' ')} failed:\n${stderr ?? ''}${error?.message ?? ''}`);
  return passed;
}
