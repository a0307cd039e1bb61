import { type Clock, clockOver, nothingAsked } from '../world/clock.ts';
import type { Cells, Entries, Facts, Family } from './facts.ts';

/**
 * Facts for a single plan: answers are kept, and who read what is not, because nobody will ask again. An input that is set
 * after something was worked out (a hold) makes everything be worked out anew.
 */
export function createFactsOnce(): Facts {
  let now = Number.NEGATIVE_INFINITY;
  /** What the computation that runs now has asked, by itself and by what it read. */
  const asked = nothingAsked();
  const clock = clockOver(() => now, asked);
  let hasAnswers = false;
  const forgetters: (() => void)[] = [];

  const cells = <T>(): Cells<T> => {
    const all = new Map<string, T>();
    return {
      get: (key) => all.get(key),
      set: (key, value) => {
        if (hasAnswers) {
          if (all.get(key) === value) return;
          for (const forget of forgetters) forget();
          hasAnswers = false;
        }
        if (value === undefined) all.delete(key);
        else all.set(key, value);
      },
      keys: () => all.keys(),
    };
  };

  const family = <K, T>(compute: (key: K, clock: Clock) => T): Family<K, T> => {
    const all = new Map<K, Answer<T>>();
    forgetters.push(() => all.clear());
    const work = (key: K): Answer<T> => {
      hasAnswers = true;
      const outer = asked.until;
      asked.until = Number.POSITIVE_INFINITY;
      const answer = { value: compute(key, clock), until: asked.until };
      asked.until = outer;
      all.set(key, answer);
      return answer;
    };
    return {
      get: (key) => {
        const { value, until } = all.get(key) ?? work(key);
        if (until < asked.until) asked.until = until;
        return value;
      },
      until: (key) => all.get(key)?.until ?? Number.POSITIVE_INFINITY,
      isCurrent: (key) => all.has(key),
    };
  };

  const tables: (() => number)[] = [];
  const table = <T>(compute: (clock: Clock) => ReadonlyMap<string, T>): Entries<T> => {
    const whole = family((_: typeof ALL, clock) => compute(clock));
    tables.push(() => {
      whole.get(ALL);
      return whole.until(ALL);
    });
    return { get: (key) => whole.get(ALL).get(key) };
  };

  return {
    setNow: (at) => {
      now = at;
    },
    cells,
    family,
    view: (compute) => ({ get: compute }),
    table,
    settle: function* () {},
    until: () => tables.reduce((least, one) => Math.min(least, one()), Number.POSITIVE_INFINITY),
  };
}

interface Answer<T> {
  readonly value: T;
  /** Until when it holds if only time passes. */
  readonly until: number;
}

/** The key of the one answer of a table. */
const ALL = '';
