import { type Clock, clockOver, nothingAsked } from '../world/clock.ts';
import type { Slices } from '../world/slices.ts';

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

/** Something that can be read, and who read it: one reader is the rule, so a set is made for the second only. */
interface Source {
  readonly key: unknown;
  readonly home: Home;
  readers: Computation | Set<Computation> | undefined;
  /** Revision at which its value changed last. */
  changedAt: number;
  /** The last computation that noted it, so that it notes it once. */
  notedBy: number;
}

/** The family or cells that a source belongs to. */
interface Home {
  /** The last reader of a source has left. */
  abandon(source: Source): void;
}

type State = 'current' | 'suspect' | 'stale' | 'running';

interface Computation extends Source {
  readonly home: ComputingHome;
  reads: readonly Source[];
  state: State;
  /** While it is suspect: the computations among its reads that may have another answer now. */
  doubts: Source[] | undefined;
  /** Revision up to which its reads are known to be unchanged. */
  verifiedAt: number;
  /** Until when its own questions about time have the same answers. */
  own: number;
  /** From when on its own answers no longer hold: at `own`, or at once when it took the time itself for data. */
  ownStaleAt: number;
  /** The same for everything that it read as well. */
  until: number;
  /** As `ownStaleAt`, with everything that it read. */
  staleAt: number;
}

interface ComputingHome extends Home {
  /** Brings a computation up to date. */
  refresh(node: Computation): void;
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

const NO_READS: readonly Source[] = Object.freeze([]);

/** The key of the one answer of a table. */
const ALL = '';

export function createFacts(): Facts {
  let now = Number.NEGATIVE_INFINITY;
  let revision = 0;
  let runs = 0;
  /** The computation that runs now: its number, 0 when none does, and what it has read. */
  let run = 0;
  let reads: Source[] | undefined;
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
    const outer = reads;
    reads = undefined;
    try {
      work();
    } finally {
      reads = outer;
    }
  };

  const note = (source: Source): void => {
    if (reads === undefined || source.notedBy === run) return;
    source.notedBy = run;
    reads.push(source);
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
        if (reads === undefined) return all.get(key)?.value;
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
    for (const source of now >= node.staleAt ? node.reads : (node.doubts ?? NO_READS)) {
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
      const outer = { run, reads, ...asked };
      const seen: Source[] = [];
      runs += 1;
      run = runs;
      reads = seen;
      asked.until = Number.POSITIVE_INFINITY;
      asked.nowRead = false;
      memo.state = 'running';
      memo.doubts = undefined;
      try {
        const value = compute(memo.key, clock);
        replaceReads(memo, seen);
        memo.own = asked.until;
        memo.ownStaleAt = asked.nowRead ? now + 1 : asked.until;
        settleTimes(memo);
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
        reads = outer.reads;
        asked.until = outer.until;
        asked.nowRead = outer.nowRead;
        sweep();
      }
    };
    const refresh = (memo: Memo<K, T>): void => {
      if (memo.state === 'current' && now < memo.staleAt) return;
      if (memo.state === 'running') throw new Error(`the computation of ${String(memo.key)} asks for itself`);
      if (memo.state === 'stale' || now >= memo.ownStaleAt || hasChangedReads(memo)) {
        recompute(memo);
        return;
      }
      memo.state = 'current';
      memo.doubts = undefined;
      memo.verifiedAt = revision;
      settleTimes(memo);
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
        own: Number.POSITIVE_INFINITY,
        ownStaleAt: Number.POSITIVE_INFINITY,
        until: Number.POSITIVE_INFINITY,
        staleAt: Number.POSITIVE_INFINITY,
        known: false,
        value: undefined,
      };
      all.set(key, memo);
      return memo;
    };
    return {
      get: (key) => {
        if (unsettled && !isSettling && reads === undefined) settle();
        const memo = memoOf(key);
        refresh(memo);
        note(memo);
        if (!isKnown(memo)) throw new Error(`the computation of ${String(key)} gave nothing`);
        return memo.value;
      },
      until: (key) => all.get(key)?.until ?? Number.POSITIVE_INFINITY,
      isCurrent: (key) => {
        if (unsettled && !isSettling && reads === undefined) settle();
        const memo = all.get(key);
        return memo?.state === 'current' && now < memo.staleAt;
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
        else if (unsettled && reads === undefined) settle();
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

function isComputation(source: Source): source is Computation {
  return 'reads' in source;
}

/** Its own times, or those of what it read where they come earlier. */
function settleTimes(node: Computation): void {
  let until = node.own;
  let staleAt = node.ownStaleAt;
  for (const source of node.reads) {
    if (!isComputation(source)) continue;
    if (source.until < until) until = source.until;
    if (source.staleAt < staleAt) staleAt = source.staleAt;
  }
  node.until = until;
  node.staleAt = staleAt;
}

/** Those who read a changed source are stale; those who read them are suspect until it is known what became of them. */
function markReaders(source: Source, state: 'stale' | 'suspect'): void {
  forEachReader(source, (reader) => {
    if (reader.state === 'stale') return;
    if (state === 'suspect') {
      if (reader.doubts === undefined) reader.doubts = [source];
      else reader.doubts.push(source);
    }
    if (reader.state === state) return;
    const wasCurrent = reader.state === 'current';
    reader.state = state;
    if (wasCurrent) markReaders(reader, 'suspect');
  });
}

function forEachReader({ readers }: Source, visit: (reader: Computation) => void): void {
  if (readers === undefined) return;
  if (readers instanceof Set) for (const reader of readers) visit(reader);
  else visit(readers);
}

function addReader(source: Source, reader: Computation): void {
  const { readers } = source;
  if (readers === undefined) source.readers = reader;
  else if (readers instanceof Set) readers.add(reader);
  else if (readers !== reader) source.readers = new Set([readers, reader]);
}

/** Whether nobody is left who reads it. */
function removeReader(source: Source, reader: Computation): boolean {
  const { readers } = source;
  if (readers instanceof Set) {
    readers.delete(reader);
    if (readers.size > 0) return false;
  } else if (readers !== reader) return false;
  source.readers = undefined;
  return true;
}
