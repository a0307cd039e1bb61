import { threadTime } from './clock.ts';

/** What is measured: a name and one unit of work, which gives its result so that no engine can leave it out. */
export interface Case<Name extends string> {
  readonly name: Name;
  readonly run: () => unknown;
}

export interface Plan {
  /** How long each case runs before the first round, in milliseconds: until the engine has optimised it. */
  readonly warmUpMs: number;
  readonly rounds: number;
  /** How long each case runs in each round, in milliseconds. */
  readonly roundMs: number;
}

/** Times of all cases in all rounds, in milliseconds of the main thread for one unit of work. */
export type Times<Name extends string> = ReadonlyMap<Name, readonly number[]>;

/**
 * Measures several cases in interleaved rounds: each round runs every case once, so that what else the machine does
 * hits all of them alike.
 */
export function measure<Name extends string>(cases: readonly Case<Name>[], plan: Plan): Times<Name> {
  for (const { run } of cases) timeOf(run, plan.warmUpMs);
  const times = new Map(cases.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const { name, run } of cases) times.get(name)?.push(timeOf(run, plan.roundMs));
  }
  return times;
}

/** Results go here, where an engine must assume that somebody reads them. */
export const sink: { last: unknown } = { last: undefined };

function timeOf(run: () => unknown, atLeastMs: number): number {
  const end = performance.now() + atLeastMs;
  const start = threadTime();
  let runs = 0;
  do {
    sink.last = flat(run());
    runs += 1;
  } while (performance.now() < end);
  return (threadTime() - start) / runs;
}

/** Engines join texts lazily; whoever writes a text somewhere pays for the copying, so it is part of the work. */
function flat(result: unknown): unknown {
  return typeof result === 'string' ? result.charCodeAt(result.length - 1) : result;
}

/** The middle of some numbers; of an even count, the upper of the two in the middle. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

export function medianOf<Name extends string>(times: Times<Name>, name: Name): number {
  return median(times.get(name) ?? []);
}

/** How many times as long one case took as another: the median of the ratios of each round. */
export function ratioOf<Name extends string>(times: Times<Name>, name: Name, base: Name): number {
  const bases = times.get(base) ?? [];
  return median((times.get(name) ?? []).map((time, round) => time / (bases[round] ?? Number.NaN)));
}
