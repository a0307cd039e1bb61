import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChangeTimes } from './change-worker.ts';
import { median } from './measure.ts';
import type { SliceTimes } from './slices-worker.ts';
import { atMost, type Row, showRatio, showTime, type Target } from './table.ts';
import { bundleWorker, runWorker } from './worker.ts';

/** The first planner that landed: it was told by hand what an input concerns. */
const LANDED = 'a4c0d4e834f6';
const LANDED_PLANNER = 'src/runtime/planner.ts';
const PLANNER = 'src/planner/engine/planner.ts';

/** How often each planner has its turn. */
const TURNS = 3;

/** Targets are for platforms of this size; what is the same for every plan weighs more on a smaller one. */
const JUDGED = 5000;
/** The least part of a full plan that a change may cost is one of so many. */
const SHARES = { 'one cluster': 500, nobody: 100 } as const;

/** What changes cost a planner that is told of them, beside full plans of today's and of the first planner. */
export async function changeSpeed(clusters: number, rounds: number): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kubebyon-bench-'));
  try {
    const platform = join(folder, 'platform');
    const worker = await bundleWorker('change-worker.ts', folder);
    const times: ChangeTimes = runWorker(worker, [String(clusters), platform]);
    const slices: SliceTimes = runWorker(await bundleWorker('slices-worker.ts', folder), [platform]);
    return rowsOf(times, slices, await fullTimes(folder, platform, rounds), clusters);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Full plans of one platform, one list of milliseconds for each turn. */
interface FullTimes {
  readonly today: readonly (readonly number[])[];
  /** By the first planner; undefined in a copy without its revision. */
  readonly landed: readonly (readonly number[])[] | undefined;
}

/** Both planners in turn, each time in a new process that does nothing else. */
async function fullTimes(folder: string, platform: string, rounds: number): Promise<FullTimes> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const workerOf = (name: string, planner: string): Promise<string> =>
    bundleWorker('full-plan-worker.ts', join(folder, name), {
      'measured-planner': planner,
      '@noble/hashes': join(root, 'node_modules/@noble/hashes'),
    });
  const sources = landedSources(root, join(folder, 'landed'));
  const today = await workerOf('full', join(root, PLANNER));
  const first =
    sources === undefined ? undefined : await workerOf('full-landed', join(sources, LANDED_PLANNER));
  const run = (worker: string): readonly number[] => runWorker(worker, [platform, String(rounds)]);
  const turns = Array.from({ length: TURNS }, () => ({
    landed: first === undefined ? [] : run(first),
    today: run(today),
  }));
  return {
    today: turns.map((turn) => turn.today),
    landed: first === undefined ? undefined : turns.map((turn) => turn.landed),
  };
}

/** Checks the first planner out; undefined in a copy without its revision. */
function landedSources(root: string, sources: string): string | undefined {
  try {
    execFileSync('git', ['clone', '--quiet', '--no-checkout', '--shared', root, sources], {
      stdio: 'ignore',
    });
    execFileSync('git', ['-C', sources, 'checkout', '--quiet', LANDED, '--', 'src'], { stdio: 'ignore' });
    return sources;
  } catch {
    console.error(
      `bench: revision ${LANDED} is not in this copy; fetch the whole history to compare with it`,
    );
    return undefined;
  }
}

function rowsOf(
  { kinds }: ChangeTimes,
  slices: SliceTimes,
  { today, landed }: FullTimes,
  clusters: number,
): readonly Row[] {
  const judged = (target: Target) => (clusters < JUDGED ? {} : { target });
  const whole = median(today.flat());
  const platform = `${clusters.toLocaleString('en')} clusters`;
  const ratio =
    landed === undefined
      ? undefined
      : median(today.map((turn, index) => median(turn) / median(landed[index] ?? [])));
  return [
    {
      what: 'full plan by `plan`',
      figure: showTime(whole),
      relation: `${platform}${ratio === undefined ? '' : `; ${showRatio(ratio)} of the first planner (${LANDED})`}`,
      ...(ratio === undefined ? {} : judged(atMost(ratio, 1, 'x'))),
    },
    ...kinds.map(({ what, reach, spent }): Row => {
      const share = whole / spent;
      return {
        what: `plan after a change: ${what}`,
        figure: showTime(spent),
        relation: `1/${share.toFixed(0)} of the full plan`,
        ...judged({ text: `at most 1/${SHARES[reach]}`, isMet: share >= SHARES[reach] }),
      };
    }),
    {
      what: 'first plan in slices: 99 of 100 take at most',
      figure: showTime(slices.p99),
      relation: `the longest ${showTime(slices.longest)}`,
      ...judged({ text: 'at most 10 ms, none above 20 ms', isMet: slices.p99 <= 10 && slices.longest <= 20 }),
    },
  ];
}
