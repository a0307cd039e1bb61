import { threadTime } from './clock.ts';

/** What is measured: a name, and one unit of work. */
export interface Case<Name extends string> {
  readonly name: Name;
  /**
   * Makes one unit of work ready, with an input of its own. What it does itself is not measured; what it returns is, and gives
   * its result so that no engine can leave the work out.
   *
   * @param seed another number each time, so that no case ever sees an input again.
   */
  readonly prepare: (seed: number) => () => unknown;
}

export interface Plan {
  /** How long each case runs before the first round, in milliseconds: until the engine has optimised it. */
  readonly warmUpMs: number;
  readonly rounds: number;
  /** How long each case runs in each round at most, in milliseconds. */
  readonly roundMs: number;
}

/** Times of all cases in all rounds, in milliseconds of the main thread for one unit of work. */
export type Times<Name extends string> = ReadonlyMap<Name, readonly number[]>;

/**
 * So many inputs are made and held at once: few, because collecting garbage costs what is held. Where the clock of a thread goes
 * in steps of a millisecond or more, it is the many pieces of a round that make the figure.
 */
const CHUNK = 8;

/**
 * Measures several cases in interleaved rounds: each round runs every case for a while, so that what else the machine does
 * hits all of them alike.
 */
export function measure<Name extends string>(cases: readonly Case<Name>[], plan: Plan): Times<Name> {
  const seeds = count();
  for (const each of cases) timeOf(each, plan.warmUpMs, seeds);
  const times = new Map(cases.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const each of cases) times.get(each.name)?.push(timeOf(each, plan.roundMs, seeds));
  }
  return times;
}

/** Results go here, where an engine must assume that somebody reads them. */
export const sink: { last: unknown } = { last: undefined };

function* count(): Generator<number, never> {
  for (let seed = 1; ; seed += 1) yield seed;
}

/** The time of one unit: of as many as fit into the time, at least one. */
function timeOf({ prepare }: Case<string>, atMostMs: number, seeds: Generator<number, never>): number {
  let spent = 0;
  let runs = 0;
  while (spent < atMostMs) {
    const units = Array.from({ length: CHUNK }, () => prepare(seeds.next().value));
    const start = threadTime();
    for (const unit of units) {
      sink.last = flat(unit());
      runs += 1;
      if (runs % 8 === 0 && spent + threadTime() - start >= atMostMs) break;
    }
    spent += threadTime() - start;
  }
  return spent / runs;
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
