/**
 * Makes small mistakes in the sources, one at a time, and sees whether a test notices.
 *
 *   node scripts/mutate.ts [--sample 150] [--seed 1] [--workers 2] [--only PART_OF_A_PATH]
 *
 * Mistakes that do not compile do not count. Ends with 0 when at least 85 % are caught and every one that is not stands in
 * scripts/mutate/survivors.json with its reason, else with 1.
 */
import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { randomFrom } from '../test/simulation/random.ts';
import { findMutants, type Mutant } from './mutate/find-mutants.ts';
import { makeWorkplace, type Workplace } from './mutate/workplace.ts';
import { projectRoot } from './write-generated.ts';

/** Where mistakes are made, and the tests that must notice: the quick ones first, the others only when those did not. */
const AREAS = [
  {
    sources: 'src/planner/{ownership,https,withdrawal,routes,backend}/*.ts',
    tests: [
      ['test/planner/rules.test.ts', 'test/planner/worlds.test.ts'],
      ['test/planner'],
      ['test/simulation'],
    ],
  },
  {
    sources: 'src/values/constraints/*.ts',
    tests: [['test/values', 'test/chart/golden.test.ts', 'test/helm', 'test/chart/random-values.test.ts']],
  },
] as const;

const LEAST_CAUGHT = 0.85;

type Fate = 'caught' | 'survived' | 'does not compile';

interface Tried extends Mutant {
  readonly fate: Fate;
}

interface Task {
  readonly mutant: Mutant;
  readonly tests: readonly (readonly string[])[];
}

async function fateOf({ mutant, tests }: Task, workplace: Workplace): Promise<Fate> {
  const restore = workplace.put(mutant.file, mutant.text);
  try {
    if (!(await workplace.passes('tsc', ['--noEmit'], 120))) return 'does not compile';
    for (const files of tests) {
      const args = ['run', '--bail', '1', '--maxWorkers', '1', ...files];
      if (!(await workplace.passes('vitest', args, 240))) return 'caught';
    }
    return 'survived';
  } finally {
    restore();
  }
}

/** Takes one task after the other until none is left. */
async function work(tasks: Task[], done: (tried: Tried) => void): Promise<void> {
  const workplace = makeWorkplace();
  try {
    for (let task = tasks.pop(); task !== undefined; task = tasks.pop())
      done({ ...task.mutant, fate: await fateOf(task, workplace) });
  } finally {
    workplace.remove();
  }
}

const keyOf = ({ file, before, after }: Mutant): string => `${file}: ${oneLine(before)} -> ${oneLine(after)}`;

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').slice(0, 100);
}

function reasonsOfSurvivors(): ReadonlyMap<string, string> {
  const text = readFileSync(join(projectRoot, 'scripts/mutate/survivors.json'), 'utf8');
  return new Map(Object.entries(JSON.parse(text) as Record<string, string>));
}

function report(tried: readonly Tried[]): boolean {
  const counted = tried.filter(({ fate }) => fate !== 'does not compile');
  const caught = counted.filter(({ fate }) => fate === 'caught').length;
  const reasons = reasonsOfSurvivors();
  const unexplained = counted.filter((one) => one.fate === 'survived' && !reasons.has(keyOf(one)));
  for (const one of unexplained)
    console.log(`survived ${one.file}:${one.line}: ${oneLine(one.before)} -> ${oneLine(one.after)}`);
  const score = counted.length === 0 ? 1 : caught / counted.length;
  const rest = counted.length - caught - unexplained.length;
  console.log(
    `${caught} of ${counted.length} caught (${(100 * score).toFixed(1)} %), ${rest} not caught for a known reason, ${unexplained.length} for none; ${tried.length - counted.length} did not compile`,
  );
  return score >= LEAST_CAUGHT && unexplained.length === 0;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sample: { type: 'string', default: '150' },
      seed: { type: 'string', default: '1' },
      workers: { type: 'string', default: String(availableParallelism()) },
      only: { type: 'string', default: '' },
    },
  });
  const all = AREAS.flatMap(({ sources, tests }): Task[] =>
    globSync(sources, { cwd: projectRoot })
      .sort()
      .filter((file) => file.includes(values.only))
      .flatMap((file) => findMutants(file, readFileSync(join(projectRoot, file), 'utf8')))
      .map((mutant) => ({ mutant, tests })),
  );
  const tasks = randomFrom(Number(values.seed)).shuffle(all).slice(0, Number(values.sample));
  console.log(`${tasks.length} of ${all.length} mistakes, seed ${values.seed}`);
  const tried: Tried[] = [];
  const started = performance.now();
  const total = tasks.length;
  const done = (one: Tried): void => {
    tried.push(one);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(`${tried.length}/${total} ${seconds} s: ${one.fate} ${one.file}:${one.line}`);
  };
  await Promise.all(Array.from({ length: Number(values.workers) }, () => work(tasks, done)));
  process.exitCode = report(tried) ? 0 : 1;
}

if (import.meta.main) await main();
