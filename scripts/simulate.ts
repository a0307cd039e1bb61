/**
 * Runs seeded histories of the runtime planner with faults and checks its invariants (docs/runtime.md).
 *
 *   node scripts/simulate.ts [--histories 10000] [--differential 2000] [--seed 1] [--workers 2] [--past]
 *
 * With --past the histories that broke an invariant once are run before. The differential histories compare a planner that remembers with one that starts anew. Exits 1 when a history breaks
 * an invariant or the two differ, naming its seed; `--seed N --histories 1 --differential 1` replays it.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { differenceOf } from '../test/simulation/differential.ts';
import { runHistory } from '../test/simulation/history.ts';
import { PAST_HISTORIES } from '../test/simulation/past-histories.ts';

/** The seeds of one worker: from the first on, each as many apart as there are workers. */
interface Share {
  readonly first: number;
  readonly step: number;
  readonly end: number;
  /** One past the last seed of the differential histories. */
  readonly differentialEnd: number;
  readonly past: typeof PAST_HISTORIES;
}

interface Tally {
  readonly histories: number;
  readonly plans: number;
  readonly writes: number;
  readonly rounds: number;
  readonly compared: number;
  /** What a person reads about histories that broke an invariant. */
  readonly failures: readonly string[];
}

const PROGRESS_EVERY = 250;

/** What a worker tells while it runs: how many histories it has run, or that one broke an invariant. */
type News = number | { readonly failure: string };

/** Runs a share of the histories, telling how far it is. */
function runShare({ first, step, end, differentialEnd, past }: Share, tell: (news: News) => void): Tally {
  const failures: string[] = [];
  const fail = (failure: string): void => {
    failures.push(failure);
    tell({ failure });
  };
  let tally: Tally = { histories: 0, plans: 0, writes: 0, rounds: 0, compared: 0, failures };
  for (const { seed, wildcards } of past) {
    const { violations } = runHistory({ seed, wildcards });
    if (violations.length > 0) fail(failureText(seed, violations, wildcards));
  }
  for (let seed = first; seed < end; seed += step) {
    const { plans, writes, rounds, violations } = runHistory({ seed });
    tally = {
      ...tally,
      histories: tally.histories + 1,
      plans: tally.plans + plans,
      writes: tally.writes + writes,
      rounds: Math.max(tally.rounds, rounds),
    };
    if (violations.length > 0) fail(failureText(seed, violations));
    if (tally.histories % PROGRESS_EVERY === 0) tell(tally.histories);
  }
  for (let seed = first; seed < differentialEnd; seed += step) {
    const difference = differenceOf({ seed });
    tally = { ...tally, compared: tally.compared + 1 };
    if (difference === undefined) continue;
    const { step: at, field, message } = difference;
    fail(`seed ${seed}, step ${at}: a planner that remembers gives other ${field}\n${message}`);
  }
  return tally;
}

function failureText(
  seed: number,
  violations: ReturnType<typeof runHistory>['violations'],
  wildcards = true,
): string {
  const lines = violations.map(
    ({ invariant, step, message }) => `seed ${seed}, step ${step}, invariant ${invariant}: ${message}`,
  );
  const replay = wildcards
    ? `node scripts/simulate.ts --seed ${seed} --histories 1`
    : `runHistory({ seed: ${seed}, wildcards: false })`;
  return [...lines, `replay: ${replay}`].join('\n');
}

function wholeNumber(text: string, least: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least) return number;
  console.error(
    'expected whole numbers: --histories N (from 1) --differential N (from 0) --seed S (from 0) --workers W (from 1)',
  );
  return process.exit(2);
}

function inWorker(share: Share): Promise<Tally> {
  const worker = new Worker(new URL(import.meta.url), { workerData: share });
  return new Promise((resolve, reject) => {
    worker.on('message', (message: Tally | News) => {
      if (typeof message === 'number') console.log(`worker ${share.first}: ${message} histories`);
      else if ('failure' in message) console.error(message.failure);
      else resolve(message);
    });
    worker.on('error', reject);
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      histories: { type: 'string', default: '10000' },
      differential: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      workers: { type: 'string', default: String(availableParallelism()) },
      past: { type: 'boolean', default: false },
    },
  });
  const histories = wholeNumber(values.histories, 1);
  const differential = wholeNumber(values.differential, 0);
  const first = wholeNumber(values.seed, 0);
  const workers = Math.min(histories, wholeNumber(values.workers, 1));
  const started = performance.now();
  const shares = Array.from({ length: workers }, (_, index) => index);
  const past = values.past ? PAST_HISTORIES : [];
  const tallies = await Promise.all(
    shares.map((index) =>
      inWorker({
        first: first + index,
        step: workers,
        end: first + histories,
        differentialEnd: first + differential,
        past: past.filter((_, place) => place % workers === index),
      }),
    ),
  );
  const sum = (of: (tally: Tally) => number): number =>
    tallies.reduce((total, tally) => total + of(tally), 0);
  const failures = tallies.flatMap((tally) => tally.failures);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const rounds = Math.max(...tallies.map((tally) => tally.rounds));
  console.log(
    `${sum((tally) => tally.histories)} histories from seed ${first}: ${sum((tally) => tally.plans)} plans, ${sum((tally) => tally.writes)} writes, at rest after at most ${rounds} rounds, ${seconds} s`,
  );
  if (values.past) console.log(`${past.length} histories that broke an invariant once`);
  console.log(`${sum((tally) => tally.compared)} differential histories from seed ${first}`);
  console.log(
    `${past.length + histories + differential - failures.length} passed, ${failures.length} failed`,
  );
  process.exitCode = failures.length === 0 ? 0 : 1;
}

if (isMainThread) await main();
else parentPort?.postMessage(runShare(workerData as Share, (news) => parentPort?.postMessage(news)));
