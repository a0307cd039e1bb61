import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emitDocument } from '../src/index.ts';
import { RELEASE, type UserValues } from './example.ts';
import { median } from './measure.ts';
import { atMost, type Row, showRatio, showTime } from './table.ts';

const PROJECT = new URL('../', import.meta.url);

/** The command as it is installed: the built file that package.json names. */
function commandFile(): string {
  const { bin }: { readonly bin?: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(new URL('package.json', PROJECT), 'utf8'),
  );
  return fileURLToPath(new URL(bin?.['kubebyon-gateway'] ?? 'dist/cli.js', PROJECT));
}

/** A whole process from start to exit: the built command line that renders the example, and node that does nothing. */
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
  const empty: number[] = [];
  const cold: number[] = [];
  const uncached: number[] = [];
  timeOfProcess(render, withCache);
  for (let round = 0; round < rounds; round += 1) {
    empty.push(timeOfProcess(['-e', '0'], withoutCache));
    cold.push(timeOfProcess(render, withCache));
    uncached.push(timeOfProcess(render, withoutCache));
  }
  const ratioTo = (times: readonly number[]) =>
    median(times.map((time, round) => time / (empty[round] ?? 0)));
  return [
    { what: 'node -e 0 as a cold process', figure: showTime(median(empty)), relation: '1x' },
    {
      what: 'render as a cold process',
      figure: showTime(median(cold)),
      relation: `${showRatio(ratioTo(cold))} node -e 0`,
      target: atMost(ratioTo(cold), 2, 'x'),
    },
    {
      what: "render as a cold process, without Node's compile cache",
      figure: showTime(median(uncached)),
      relation: `${showRatio(ratioTo(uncached))} node -e 0`,
    },
  ];
}

function timeOfProcess(args: readonly string[], env: NodeJS.ProcessEnv): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env,
    maxBuffer: 64 * 2 ** 20,
  });
  const passed = performance.now() - start;
  if (status !== 0) throw new Error(`node ${args.join(' ')} failed:\n${stderr}`);
  return passed;
}
