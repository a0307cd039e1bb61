import { type Clock, clockOver, nothingAsked } from '../world/clock.ts';
import type { Slices } from '../world/slices.ts';
import {
  addReader,
  type Computation,
  type ComputingHome,
  type Home,
  isComputation,
  markReaders,
  NO_READS,
  removeReader,
  type Source,
  staleAtOf,
  timesOf,
  untilOf,
} from './source.ts';

/**
 * The only door to everything outside a step. What a computation reads through it is recorded, so a change makes
 * exactly those stale that have seen it: nobody tells the engine what depends on what. Models: salsa's recorded reads
 * and early cut-off; the words are those of "Build Systems à la Carte".
 */
export interface Facts {
  /** Moves the present; it never goes back. */
  setNow(now: number): void;
  /** A family of inputs by key. Reading an absent one is a read too. */
  cells<T>(): Cells<T>;
  /**
   * A family of computations by key. `compute` may read cells, other families and the clock; `same` says that a new
   * answer is as good as the old one, so that nobody who read it becomes stale.
   */
  family<K, T>(compute: (key: K, clock: Clock) => T, same?: (a: T, b: T) => boolean): Family<K, T>;
  /** As {@link family}, of what is so cheap that it is kept only to stop a change that makes no difference. */
  view<K, T>(compute: (key: K) => T, same?: (a: T, b: T) => boolean): Pick<Family<K, T>, 'get'>;
  /**
   * A computation that gives entries of which many ask for a few each. It is brought up to date before anyone asks, and
   * only those become stale who have asked for an entry that differs: nobody else is even looked at.
   *
   * @param first asks with pauses for what the first answer rests on, where that is long.
   */
  table<T>(
    compute: (clock: Clock) => ReadonlyMap<string, T>,
    same?: (a: T, b: T) => boolean,
    first?: () => Slices<void>,
  ): Entries<T>;
  /** Brings all tables up to date, with a pause after each. */
  settle(): Slices<void>;
  /** Until when all tables stay as they are if only time passes. */
  until(): number;
}

export interface Cells<T> {
  get(key: string): T | undefined;
  /** undefined takes it away. */
  set(key: string, value: T | undefined): void;
  /** Keys that have a value, in the order of their arrival. Not a read: for those who write the inputs only. */
  keys(): Iterable<string>;
}

export interface Family<K, T> {
  get(key: K): T;
  /** Until when the answer holds if only time passes, in milliseconds; Infinity: for ever. Current after `get`. */
  until(key: K): number;
  /** Whether `get` would work nothing out. */
  isCurrent(key: K): boolean;
}

export interface Entries<T> {
  get(key: string): T | undefined;
}

interface Cell<T> extends Source {
  readonly key: string;
  value: T | undefined;
}

interface Memo<K, T> extends Computation {
  readonly key: K;
  /** Whether it has a value: undefined may be one. */
  known: boolean;
  value: T | undefined;
}

interface Table {
  readonly take: () => void;
  readonly until: () => number;
  /** Until it has been run. */
  first: (() => Slices<void>) | undefined;
}

/** The key of the one answer of a table. */
const ALL = '';

export function createFacts(): Facts {
  let now = Number.NEGATIVE_INFINITY;
  let revision = 0;
  let runs = 0;
  /** The computation that runs now: its number, 0 when none does, and whether what it reads is noted. */
  let run = 0;
  let isNoting = false;
  /** What the computations that run have read, those that the others wait for last; up to `top`. */
  const noted: Source[] = [];
  let top = 0;
  /** What it asked the clock. */
  const asked = nothingAsked();
  const clock = clockOver(() => now, asked);
  /** Tables, and whether one may have other entries. */
  const tables: Table[] = [];
  let unsettled = true;
  let isSettling = false;
  /** Sources whose last reader has left; a computation that still runs may be about to become one. */
  const left: Source[] = [];

  const sweep = (): void => {
    if (run !== 0) return;
    for (let source = left.pop(); source !== undefined; source = left.pop())
      if (source.readers === undefined) source.home.abandon(source);
  };

  const takeTable = (take: () => void): void => {
    isSettling = true;
    try {
      take();
    } finally {
      isSettling = false;
    }
  };

  /** Asks for what the first answer of a table rests on. */
  function* prepare(table: Table): Slices<void> {
    const { first } = table;
    table.first = undefined;
    for (const work = first?.(); work !== undefined; ) {
      let isDone: boolean | undefined;
      takeTable(() => {
        isDone = work.next().done;
      });
      if (isDone === true) return;
      yield;
    }
  }

  /** Before anyone asks: entries are told to their readers one by one, so they must be right before they are read. */
  const settle = (): void => {
    while (unsettled) {
      unsettled = false;
      for (const { take } of tables) takeTable(take);
    }
  };

  /** What it reads is nobody's read. */
  const unnoted = (work: () => void): void => {
    const outer = isNoting;
    isNoting = false;
    try {
      work();
    } finally {
      isNoting = outer;
    }
  };

  const note = (source: Source): void => {
    if (!isNoting || source.notedBy === run) return;
    source.notedBy = run;
    noted[top] = source;
    top += 1;
  };

  const changed = (source: Source): void => {
    revision += 1;
    source.changedAt = revision;
    unsettled = true;
    markReaders(source, 'stale');
  };

  /** Takes over what a computation has read this time. */
  const replaceReads = (node: Computation, seen: readonly Source[]): void => {
    const before = node.reads;
    node.reads = seen;
    for (const source of seen) addReader(source, node);
    if (before.length === 0) return;
    runs += 1;
    for (const source of seen) source.notedBy = runs;
    for (const source of before) if (source.notedBy !== runs && removeReader(source, node)) left.push(source);
  };

  const cells = <T>(): Cells<T> => {
    const all = new Map<unknown, Cell<T>>();
    const home: Home = {
      abandon: (source) => {
        const cell = all.get(source.key);
        if (cell?.value === undefined) all.delete(source.key);
      },
    };
    const cellOf = (key: string): Cell<T> => {
      const known = all.get(key);
      if (known !== undefined) return known;
      const cell: Cell<T> = { key, home, readers: undefined, changedAt: 0, notedBy: 0, value: undefined };
      all.set(key, cell);
      return cell;
    };
    return {
      get: (key) => {
        if (!isNoting) return all.get(key)?.value;
        const cell = cellOf(key);
        note(cell);
        return cell.value;
      },
      set: (key, value) => {
        if (value === undefined && !all.has(key)) return;
        const cell = cellOf(key);
        if (cell.value === value) return;
        cell.value = value;
        if (cell.readers !== undefined) changed(cell);
        else if (value === undefined) all.delete(key);
      },
      keys: function* () {
        for (const { key, value } of all.values()) if (value !== undefined) yield key;
      },
    };
  };

  /** Whether something that it read has changed since it was verified; brings what it read up to date on the way. */
  const hasChangedReads = (node: Computation): boolean => {
    // When only time passes nobody is told, so everything that was read may have another answer.
    for (const source of now >= staleAtOf(node) ? node.reads : (node.doubts ?? NO_READS)) {
      if (isComputation(source)) source.home.refresh(source);
      if (source.changedAt > node.verifiedAt) return true;
    }
    return false;
  };

  const family = <K, T>(
    compute: (key: K, clock: Clock) => T,
    same: (a: T, b: T) => boolean = Object.is,
  ): Family<K, T> => {
    const all = new Map<unknown, Memo<K, T>>();
    const recompute = (memo: Memo<K, T>): void => {
      const outer = { run, isNoting, top, ...asked };
      runs += 1;
      run = runs;
      isNoting = true;
      asked.until = Number.POSITIVE_INFINITY;
      asked.nowRead = false;
      memo.state = 'running';
      memo.doubts = undefined;
      try {
        const value = compute(memo.key, clock);
        replaceReads(memo, noted.slice(outer.top, top));
        memo.times = timesOf(asked.until, asked.nowRead ? now + 1 : asked.until, memo.reads);
        memo.state = 'current';
        if (isKnown(memo) && same(memo.value, value)) {
          memo.verifiedAt = revision;
          return;
        }
        const isNew = !memo.known;
        memo.known = true;
        memo.value = value;
        if (!isNew) changed(memo);
        memo.verifiedAt = revision;
      } finally {
        if (memo.state === 'running') memo.state = 'stale';
        run = outer.run;
        isNoting = outer.isNoting;
        top = outer.top;
        asked.until = outer.until;
        asked.nowRead = outer.nowRead;
        sweep();
      }
    };
    const refresh = (memo: Memo<K, T>): void => {
      if (memo.state === 'current' && now < staleAtOf(memo)) return;
      if (memo.state === 'running') throw new Error(`the computation of ${String(memo.key)} asks for itself`);
      const { times } = memo;
      const isOver = times !== undefined && now >= times.ownStaleAt;
      if (memo.state === 'stale' || isOver || hasChangedReads(memo)) {
        recompute(memo);
        return;
      }
      memo.state = 'current';
      memo.doubts = undefined;
      memo.verifiedAt = revision;
      memo.times = timesOf(
        times?.own ?? Number.POSITIVE_INFINITY,
        times?.ownStaleAt ?? Number.POSITIVE_INFINITY,
        memo.reads,
      );
    };
    const home: ComputingHome = {
      abandon: ({ key }) => {
        const memo = all.get(key);
        if (memo === undefined) return;
        all.delete(key);
        replaceReads(memo, NO_READS);
      },
      refresh: ({ key }) => {
        const memo = all.get(key);
        if (memo !== undefined) refresh(memo);
      },
    };
    const memoOf = (key: K): Memo<K, T> => {
      const known = all.get(key);
      if (known !== undefined) return known;
      const memo: Memo<K, T> = {
        key,
        home,
        readers: undefined,
        changedAt: 0,
        notedBy: 0,
        reads: NO_READS,
        state: 'stale',
        doubts: undefined,
        verifiedAt: 0,
        times: undefined,
        known: false,
        value: undefined,
      };
      all.set(key, memo);
      return memo;
    };
    return {
      get: (key) => {
        if (unsettled && !isSettling && !isNoting) settle();
        const memo = memoOf(key);
        refresh(memo);
        note(memo);
        if (!isKnown(memo)) throw new Error(`the computation of ${String(key)} gave nothing`);
        return memo.value;
      },
      until: (key) => {
        const memo = all.get(key);
        return memo === undefined ? Number.POSITIVE_INFINITY : untilOf(memo);
      },
      isCurrent: (key) => {
        if (unsettled && !isSettling && !isNoting) settle();
        const memo = all.get(key);
        return memo?.state === 'current' && now < staleAtOf(memo);
      },
    };
  };

  const table = <T>(
    compute: (clock: Clock) => ReadonlyMap<string, T>,
    same: (a: T, b: T) => boolean = Object.is,
    first?: () => Slices<void>,
  ): Entries<T> => {
    const whole = family((_: typeof ALL, clock) => compute(clock));
    const entries = cells<T>();
    let taken: ReadonlyMap<string, T> = new Map();
    const take = (): void => {
      const found = whole.get(ALL);
      if (found === taken) return;
      for (const key of taken.keys()) if (!found.has(key)) entries.set(key, undefined);
      for (const [key, value] of found) {
        const before = taken.get(key);
        if (before === undefined || !same(before, value)) entries.set(key, value);
      }
      taken = found;
    };
    tables.push({ take, until: () => whole.until(ALL), first });
    return {
      get: (key) => {
        // A table that rests on another one finds it up to date.
        if (isSettling) unnoted(take);
        else if (unsettled && !isNoting) settle();
        return entries.get(key);
      },
    };
  };

  return {
    setNow: (at) => {
      now = at;
      unsettled = true;
    },
    cells,
    family,
    view: family,
    table,
    settle: function* () {
      // They do not count as settled before the end: whoever asks meanwhile settles the rest at once.
      for (const table of tables) {
        yield* prepare(table);
        takeTable(table.take);
        yield;
      }
      settle();
    },
    until: () => {
      settle();
      return tables.reduce((least, { until }) => Math.min(least, until()), Number.POSITIVE_INFINITY);
    },
  };
}

function isKnown<K, T>(memo: Memo<K, T>): memo is Memo<K, T> & { value: T } {
  return memo.known;
}
