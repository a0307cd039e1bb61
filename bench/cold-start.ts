import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emitDocument } from '../src/index.ts';
import { RELEASE, type UserValues } from './example.ts';
import { median } from './measure.ts';
import { atMost, type Row, showRatio, showTime } from './table.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/** A whole process from start to exit: the built command line that renders the example, and node that does nothing. */
export function coldStart(user: UserValues, rounds: number): readonly Row[] {
  if (!existsSync(CLI)) {
    return [
      { what: 'render as a cold process', figure: 'not measured', relation: 'run "npm run build" first' },
    ];
  }
  const folder = mkdtempSync(join(tmpdir(), 'kubebyon-bench-'));
  try {
    const file = join(folder, 'values.yaml');
    writeFileSync(file, emitDocument(user));
    return measureProcesses(file, rounds);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measureProcesses(valuesFile: string, rounds: number): readonly Row[] {
  const { name, namespace = 'default' } = RELEASE;
  const render = ['render', name, '--chart', 'multi-node', '--namespace', namespace, '--values', valuesFile];
  const empty: number[] = [];
  const cold: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    empty.push(timeOfProcess(['-e', '0']));
    cold.push(timeOfProcess([CLI, ...render]));
  }
  const ratio = median(cold) / median(empty);
  return [
    { what: 'node -e 0 as a cold process', figure: showTime(median(empty)), relation: '1x' },
    {
      what: 'render as a cold process',
      figure: showTime(median(cold)),
      relation: `${showRatio(ratio)} node -e 0`,
      target: atMost(ratio, 2, 'x'),
    },
  ];
}

function timeOfProcess(args: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  });
  const passed = performance.now() - start;
  if (status !== 0) throw new Error(`node ${args.join(' ')} failed:\n${stderr}`);
  return passed;
}
