/** What is measured: a name and one unit of work, which gives its result so that no engine can leave it out. */
export interface Case<Name extends string> {
  readonly name: Name;
  readonly run: () => unknown;
}

export interface Plan {
  /** Rounds that count; two more before them warm up. */
  readonly rounds: number;
  /** How long each case runs in each round, in milliseconds. */
  readonly roundMs: number;
}

/** Times of all cases in all rounds that count, in milliseconds for one unit of work. */
export type Times<Name extends string> = ReadonlyMap<Name, readonly number[]>;

const WARM_UP_ROUNDS = 2;

/**
 * Measures several cases in interleaved rounds: each round runs every case once, so that what else the machine does
 * hits all of them alike.
 */
export function measure<Name extends string>(cases: readonly Case<Name>[], plan: Plan): Times<Name> {
  const times = new Map(cases.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < WARM_UP_ROUNDS + plan.rounds; round += 1) {
    for (const { name, run } of cases) {
      const time = timeOf(run, plan.roundMs);
      if (round >= WARM_UP_ROUNDS) times.get(name)?.push(time);
    }
  }
  return times;
}

/** Results go here, where an engine must assume that somebody reads them. */
export const sink: { last: unknown } = { last: undefined };

function timeOf(run: () => unknown, atLeastMs: number): number {
  let runs = 0;
  const start = performance.now();
  let passed = 0;
  while (passed < atLeastMs) {
    sink.last = flat(run());
    runs += 1;
    passed = performance.now() - start;
  }
  return passed / runs;
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
