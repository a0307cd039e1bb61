import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emitDocument } from '../src/index.ts';
import { RELEASE, type UserValues } from './example.ts';
import { helmEnvironment, helms, openChart, templateArguments } from './helms.ts';
import { medianOf, ratioOf, type Times } from './measure.ts';
import type { Process, ProcessPlan, ProcessTimes } from './process-worker.ts';
import { HELMS, PARTS } from './rows.ts';
import { atLeast, atMost, type Row, showRatio, showTime } from './table.ts';
import { bundleWorker, runWorker } from './worker.ts';

const PROJECT = new URL('../', import.meta.url);

/** The command as it is installed: the built file that package.json names. */
function commandFile(): string {
  const { bin }: { readonly bin?: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(new URL('package.json', PROJECT), 'utf8'),
  );
  return fileURLToPath(new URL(bin?.['kubebyon-gateway'] ?? 'dist/cli.js', PROJECT));
}

/** Whole processes from start to exit: the built command line that renders the example, node that does nothing, Helm. */
export async function coldStart(user: UserValues, rounds: number): Promise<readonly Row[]> {
  const command = commandFile();
  if (!existsSync(command))
    return PARTS.processes.map((what) => notMeasured(what, 'run "npm run build" first'));
  const folder = mkdtempSync(join(tmpdir(), 'kubebyon-bench-'));
  try {
    const file = join(folder, 'values.yaml');
    writeFileSync(file, emitDocument(user));
    const worker = await bundleWorker('process-worker.ts', folder);
    const plan: ProcessPlan = { processes: processesOf(command, file, folder), rounds };
    const times: ProcessTimes = runWorker(worker, [JSON.stringify(plan)]);
    return rowsOf(new Map(Object.entries(times)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function processesOf(command: string, valuesFile: string, folder: string): readonly Process[] {
  const { name, namespace = 'default' } = RELEASE;
  const target = ['--chart', 'multi-node', '--namespace', namespace, '--values', valuesFile];
  const render = [command, 'render', name, ...target];
  const program = process.execPath;
  const env = { PATH: process.env.PATH ?? '', HOME: folder };
  const withoutCache = { ...env, NODE_DISABLE_COMPILE_CACHE: '1' };
  const open = openChart(folder);
  return [
    { name: 'empty', program, args: ['-e', '0'], env: withoutCache },
    { name: 'cold', program, args: render, env: { ...env, XDG_CACHE_HOME: folder } },
    { name: 'uncached', program, args: render, env: withoutCache },
    { name: 'first', program, args: render, env, fresh: folder },
    ...helms().flatMap(({ name: helm, file }) => [
      { name: helm, program: file, args: templateArguments(valuesFile), env: helmEnvironment(folder) },
      {
        name: openOf(helm),
        program: file,
        args: templateArguments(valuesFile, open),
        env: helmEnvironment(folder),
      },
    ]),
  ];
}

function rowsOf(times: Times<string>): readonly Row[] {
  const [empty, cold, uncached, first, ...templates] = PARTS.processes;
  const timesEmpty = (name: string) => ratioOf(times, name, 'empty');
  const row = (what: string, name: string): Row => ({
    what,
    figure: showTime(medianOf(times, name)),
    relation: `${showRatio(timesEmpty(name))} node -e 0`,
  });
  return [
    { what: empty, figure: showTime(medianOf(times, 'empty')), relation: '1x' },
    { ...row(cold, 'cold'), target: atMost(timesEmpty('cold'), 1.6, 'x') },
    row(uncached, 'uncached'),
    row(first, 'first'),
    ...HELMS.flatMap(({ name }, index) => [
      helmRow(templates[2 * index] ?? name, name, times),
      openRow(templates[2 * index + 1] ?? name, name, times),
    ]),
  ];
}

/** The chart whose schema takes anything for a piece of a manifest. */
function openOf(helm: string): string {
  return `${helm}, pieces unchecked`;
}

function notMeasured(what: string, relation: string): Row {
  return { what, figure: 'not measured', relation };
}

const NO_HELM = '"npm run test:conformance" builds Helm';

function openRow(what: string, helm: string, times: Times<string>): Row {
  if (!times.has(helm)) return notMeasured(what, NO_HELM);
  const ratio = ratioOf(times, helm, openOf(helm));
  return {
    what,
    figure: showTime(medianOf(times, openOf(helm))),
    relation: `what the chart checks takes ${showRatio(ratio)}`,
    target: atMost(ratio, 1.1, 'x'),
  };
}

function helmRow(what: string, name: string, times: Times<string>): Row {
  if (!times.has(name)) return notMeasured(what, NO_HELM);
  const ratio = ratioOf(times, name, 'cold');
  return {
    what,
    figure: showTime(medianOf(times, name)),
    relation: `${showRatio(ratio)} render as a cold process`,
    target: atLeast(ratio, 1, 'x'),
  };
}
