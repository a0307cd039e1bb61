import { compareVersions, type Failure } from '../../kube/index.ts';
import type { Verdict } from './verdict.ts';

/**
 * What a writer knows of each object: whether it may be written from a plan that has seen everything up to a mark. Marks are
 * numbers that grow with each observation.
 */
export interface WrittenObjects {
  /** An observation; undefined: the object is gone. */
  observed(key: string, version: string | undefined, generation?: number): void;
  /** Everything that was observed so far has a mark up to this one. */
  mark(): number;
  /** Whether an object may be written now, and if not, what it waits for. */
  standing(key: string, content: () => string, planned: number, now: number): Standing;
  /**
   * The generation of an object that was refused as too old again and again, as long as a plan has seen that generation;
   * undefined: of any other.
   */
  starved(key: string, planned: number): number | undefined;
  begun(key: string): void;
  isInFlight(key: string): boolean;
  ended(key: string, content: () => string, planned: number, verdict: Verdict, now: number): void;
  refusals(): readonly Refusal[];
  /** Forgets refusals of what is not wanted any more. */
  keep(isWanted: (key: string) => boolean): void;
}

export type Standing =
  | { readonly kind: 'free' }
  /** Only a plan that knows more may write it. */
  | { readonly kind: 'unseen' }
  | { readonly kind: 'later'; readonly at: number }
  | { readonly kind: 'refused'; readonly until: number };

export interface Refusal {
  readonly key: string;
  readonly failure: Failure;
}

interface Entry {
  readonly isInFlight: boolean;
  /** Waits for an observation: of this version at least, or of any until a time. */
  readonly waitsFor?: { readonly version?: string; readonly until?: number };
  /** A plan must have seen up to here. */
  readonly settledAt: number;
  readonly notBefore: number;
  readonly failures: number;
  /** How often in a row it was refused as too old. */
  readonly stales: number;
  readonly refused?: { readonly content: string; readonly failure: Failure; readonly until: number };
}

interface Seen {
  readonly mark: number;
  readonly version: string | undefined;
  readonly generation: number | undefined;
  /** The first mark with this generation. */
  readonly since: number;
}

const FRESH: Entry = { isInFlight: false, settledAt: 0, notBefore: 0, failures: 0, stales: 0 };

/** Somebody writes the object faster than we see it. */
const STARVED = 3;

/** What was too old is tried again, though nothing newer was seen: the watch may not show who stands there. */
export const STALE_MS = 30_000;

/** What was refused is tried again after this long: a permission or an admission policy may have changed. */
const REFUSED_MS = 5 * 60_000;

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

export function createWrittenObjects(): WrittenObjects {
  const entries = new Map<string, Entry>();
  const seen = new Map<string, Seen>();
  let mark = 0;
  /** Keys of entries that are refused, so that whoever asks for them looks at no others. */
  const refusedKeys = new Set<string>();
  const entryOf = (key: string): Entry => entries.get(key) ?? FRESH;
  const put = (key: string, entry: Entry): void => {
    entries.set(key, entry);
    if (entry.refused === undefined) refusedKeys.delete(key);
    else refusedKeys.add(key);
  };

  return {
    mark: () => mark,
    observed: (key, version, generation) => {
      mark += 1;
      const entry = entries.get(key);
      // Of an object that was never written and is gone, nobody asks any more.
      if (entry === undefined && version === undefined) seen.delete(key);
      else {
        const before = seen.get(key);
        const isSame = before !== undefined && generation !== undefined && before.generation === generation;
        seen.set(key, { mark, version, generation, since: isSame ? before.since : mark });
      }
      if (entry === undefined) return;
      const { refused: _, ...rest } = entry;
      const { waitsFor, ...free } = rest;
      const isSettled = waitsFor !== undefined && !entry.isInFlight && settles(version, waitsFor.version);
      put(key, isSettled ? { ...free, settledAt: mark } : rest);
    },
    standing: (key, content, planned, now) => {
      const { isInFlight, waitsFor, settledAt, notBefore, refused } = entryOf(key);
      const isWaiting = waitsFor !== undefined && now < (waitsFor.until ?? Number.POSITIVE_INFINITY);
      if (isInFlight || isWaiting || planned < settledAt) return { kind: 'unseen' };
      if (refused !== undefined && now < refused.until && refused.content === content())
        return { kind: 'refused', until: refused.until };
      return now < notBefore ? { kind: 'later', at: notBefore } : { kind: 'free' };
    },
    starved: (key, planned) => {
      const last = seen.get(key);
      return last !== undefined && entryOf(key).stales >= STARVED && last.since <= planned
        ? last.generation
        : undefined;
    },
    begun: (key) => {
      const { waitsFor: _, ...entry } = entryOf(key);
      put(key, { ...entry, isInFlight: true });
    },
    isInFlight: (key) => entryOf(key).isInFlight,
    ended: (key, content, planned, verdict, now) => {
      const { refused: _, ...before } = entryOf(key);
      put(
        key,
        entryAfter({ ...before, isInFlight: false }, { seen: seen.get(key), content, planned }, verdict, now),
      );
    },
    refusals: () =>
      [...refusedKeys].flatMap((key) => {
        const failure = entries.get(key)?.refused?.failure;
        return failure === undefined ? [] : [{ key, failure }];
      }),
    keep: (isWanted) => {
      for (const key of [...refusedKeys]) {
        const { refused: _, ...entry } = entryOf(key);
        if (!isWanted(key)) put(key, entry);
      }
    },
  };
}

interface Attempt {
  readonly seen: Seen | undefined;
  readonly content: () => string;
  readonly planned: number;
}

function entryAfter(entry: Entry, { seen, content, planned }: Attempt, verdict: Verdict, now: number): Entry {
  const isNewer = seen !== undefined && seen.mark > planned;
  switch (verdict.kind) {
    case 'done': {
      const { version } = verdict;
      const quiet = { ...entry, failures: 0, notBefore: 0, stales: 0 };
      // The watch is often faster than the answer, and a write that changed nothing is seen already.
      const isSeen = seen !== undefined && (version === undefined ? isNewer : settles(seen.version, version));
      if (isSeen) return { ...quiet, settledAt: isNewer ? seen.mark : entry.settledAt };
      return { ...quiet, waitsFor: version === undefined ? {} : { version } };
    }
    case 'stale':
      return isNewer
        ? { ...entry, stales: entry.stales + 1, settledAt: seen.mark }
        : { ...entry, stales: entry.stales + 1, waitsFor: { until: now + STALE_MS } };
    case 'busy':
      return { ...entry, notBefore: now + verdict.milliseconds };
    case 'refused':
      return { ...entry, refused: { content: content(), failure: verdict.failure, until: now + REFUSED_MS } };
    case 'unclear':
    case 'fenced': {
      const wait = Math.min(FIRST_MS * 2 ** Math.min(entry.failures, 16), LONGEST_MS);
      return { ...entry, failures: entry.failures + 1, notBefore: now + wait };
    }
  }
}

/** Whether an observation is at least as new as a version; an object that is gone is newer than anything it was. */
function settles(observed: string | undefined, version: string | undefined): boolean {
  if (observed === undefined || version === undefined) return true;
  return (compareVersions(observed, version) ?? 0) >= 0;
}
