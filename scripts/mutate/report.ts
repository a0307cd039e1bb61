import type { Mutant } from './find-mutants.ts';
import type { NumberedMutant } from './switches.ts';

/** What became of a mistake: the test that failed, or none. */
export interface Tried extends NumberedMutant {
  readonly caughtBy: string | undefined;
}

const LEAST_CAUGHT = 0.85;

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 100);

/** The name of a mistake in scripts/mutate/survivors.json; it survives that lines move. */
export function survivorKey({ file, lineText, before, after }: Mutant): string {
  return `${file}: ${oneLine(before)} -> ${oneLine(after)} in ${oneLine(lineText)}`;
}

export function lineOf(tried: Tried): string {
  const { file, line, before, after, caughtBy } = tried;
  const fate = caughtBy === undefined ? 'survived' : 'caught';
  return `${fate} ${file}:${line}: ${oneLine(before)} -> ${oneLine(after)}${caughtBy === undefined ? '' : ` by ${caughtBy}`}`;
}

/** The reasons of scripts/mutate/survivors.json, by mistake. */
export function bySurvivor(parsed: unknown): ReadonlyMap<string, string> {
  return new Map(Object.entries(Object(parsed)).map(([key, reason]) => [key, String(reason)]));
}

/** The score, and each mistake that nobody noticed and nobody has explained. */
export function summary(
  tried: readonly Tried[],
  reasons: ReadonlyMap<string, string>,
): { readonly text: string; readonly enough: boolean } {
  const survivors = tried.filter(({ caughtBy }) => caughtBy === undefined);
  const unexplained = survivors.filter((one) => !reasons.has(survivorKey(one)));
  const caught = tried.length - survivors.length;
  const score = tried.length === 0 ? 1 : caught / tried.length;
  const explained = survivors.length - unexplained.length;
  const total = `${caught} of ${tried.length} caught (${(100 * score).toFixed(1)} %), ${explained} not caught for a known reason, ${unexplained.length} for none`;
  return {
    text: [...unexplained.map(lineOf), total].join('\n'),
    enough: score >= LEAST_CAUGHT && unexplained.length === 0,
  };
}
