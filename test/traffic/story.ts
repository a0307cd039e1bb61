import { setTimeout as sleep } from 'node:timers/promises';
import { controlPlaneName } from '../../tools/lab/clusters.ts';
import { watchLag } from '../conformance/support/lag.ts';
import { startLoad } from './load.ts';
import type { LoadReport, Target } from './load-process.ts';
import type { Entries } from './modes.ts';
import { workloadNames } from './names.ts';
import { ALL_ENTRIES, type Stage } from './stage.ts';

/** What happens to a platform under load, and what may come of it. */
export interface Story {
  readonly name: string;
  /** Which requests may fail, and why; without it none may. Said before the story runs. */
  readonly mayFail?: {
    /** The names of the targets that may fail. */
    readonly targets: RegExp;
    /** The same for people. */
    readonly which: string;
    /** For how many seconds at most, on a machine that has nothing else to do. */
    readonly seconds: number;
    readonly why: string;
  };
  /** Targets beside those of every story. */
  readonly targets?: (entries: Entries) => readonly Target[];
  /** Targets in the place of those of every story, where the entries come or go. */
  readonly insteadTargets?: (clusters: readonly number[]) => readonly Target[];
  /**
   * Makes it happen, waits until it is served, and gives the milliseconds that took; undefined: nothing is to be seen. What it
   * notes stands beside its name. With targets instead there are no entries before it.
   */
  readonly run: (stage: Stage, entries: Entries, note: (text: string) => void) => Promise<number | undefined>;
}

/** How a story went. */
export interface Told {
  readonly name: string;
  readonly allowed: string;
  readonly servedMs: number | undefined;
  readonly report: LoadReport;
  /** What must not have been. */
  readonly faults: readonly string[];
}

export const PER_SECOND = 220;

/** Before and after what happens: what is wrong from the beginning is not the story's, and what comes late is. */
const AROUND_MS = 1_500;

/** A change that is waited for takes several turns: timers, requests, processes. */
const TURNS = 5;

/** What is asked in every story: each cluster by its control plane and by all its names, with HTTP and HTTPS. */
function everyTarget(entries: Entries, clusters: readonly number[]): readonly Target[] {
  return clusters.flatMap((index): readonly Target[] => {
    const who = [`c-${index}`];
    const host = controlPlaneName(index);
    const passthrough = {
      name: `passthrough ${host}`,
      scheme: 'https',
      address: entries['control-plane'],
    } as const;
    return [
      { ...passthrough, host, who },
      ...workloadNames(index).flatMap(([name]): readonly Target[] => {
        const asked = { address: entries.workload, host: name, who };
        return [
          { ...asked, name: `https ${name}`, scheme: 'https' },
          // Redirected, or answered while there is no certificate.
          { ...asked, name: `http ${name}`, scheme: 'http', also: [302] },
        ];
      }),
    ];
  });
}

/** Runs a story under load and judges it. */
export async function tell(story: Story, stage: Stage): Promise<Told> {
  const { insteadTargets, targets: more = () => [] } = story;
  const entries = await stage.entries(insteadTargets === undefined ? ALL_ENTRIES : []);
  const targets = insteadTargets?.(stage.clusters) ?? [
    ...everyTarget(entries, stage.clusters),
    ...more(entries),
  ];
  const load = await startLoad({ targets, perSecond: PER_SECOND });
  const lag = watchLag(() => stage.lab.host.api.request({ method: 'GET', path: '/readyz' }));
  await sleep(AROUND_MS);
  const notes: string[] = [];
  let servedMs: number | undefined;
  let problem: unknown;
  try {
    servedMs = await story.run(stage, entries, (text) => notes.push(text));
  } catch (error) {
    problem = error;
  }
  await sleep(AROUND_MS);
  const late = await lag.stop();
  const report = await load.end();
  return {
    name: [story.name, ...notes.map((text) => `(${text})`)].join(' '),
    allowed: allowedOf(story),
    ...{ servedMs, report },
    faults: [
      ...(problem === undefined ? [] : [String(problem)]),
      ...faultsOf(story, report, targets.length, late),
    ],
  };
}

function allowedOf({ mayFail }: Story): string {
  return mayFail === undefined ? '0' : `${mayFail.which} for ${mayFail.seconds} s, ${mayFail.why}`;
}

/** @param late how late the machine was, in milliseconds: what may fail for some seconds may do so for longer. */
function faultsOf(
  { mayFail }: Story,
  { wrong, failures }: LoadReport,
  count: number,
  late: number,
): readonly string[] {
  const failed = Object.entries(failures);
  const isAllowed = (name: string) => mayFail?.targets.test(name) === true;
  const mayBe = failed.filter(([name]) => isAllowed(name));
  const concerned = Math.max(mayBe.length, 1);
  const seconds = (mayFail?.seconds ?? 0) + (TURNS * late) / 1_000;
  const most = Math.ceil(seconds * (PER_SECOND / count) * concerned);
  const found = mayBe.reduce((sum, [, one]) => sum + one.count, 0);
  return [
    ...wrong,
    ...failed
      .filter(([name]) => !isAllowed(name))
      .map(([name, one]) => `${name}: ${one.count} failed, ${one.first.join('; ')}`),
    ...(found > most ? [`${found} requests failed, at most ${most} may: ${mayFail?.why}`] : []),
  ];
}
