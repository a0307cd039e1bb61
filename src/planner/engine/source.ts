/** What facts are made of: sources, computations over them, and who read what. */

/** Something that can be read, and who read it. */
export interface Source {
  readonly key: unknown;
  readonly home: Home;
  readers: Readers;
  /** Revision at which its value changed last. */
  changedAt: number;
  /** The last computation that noted it, so that it notes it once. */
  notedBy: number;
}

/** The family or cells that a source belongs to. */
export interface Home {
  /** The last reader of a source has left. */
  abandon(source: Source): void;
}

type State = 'current' | 'suspect' | 'stale' | 'running';

export interface Computation extends Source {
  readonly home: ComputingHome;
  reads: readonly Source[];
  state: State;
  /** While it is suspect: the computations among its reads that may have another answer now. */
  doubts: Source[] | undefined;
  /** Revision up to which its reads are known to be unchanged. */
  verifiedAt: number;
  /** undefined: time alone changes nothing, which holds for most. */
  times: Times | undefined;
}

export interface ComputingHome extends Home {
  /** Brings a computation up to date. */
  refresh(node: Computation): void;
}

/** Moments in milliseconds; Infinity: never. */
export interface Times {
  /** Until when its own questions about time have the same answers. */
  readonly own: number;
  /** From when on its own answers no longer hold: at `own`, or at once when it took the time itself for data. */
  readonly ownStaleAt: number;
  /** The same for everything that it read as well. */
  readonly until: number;
  /** As `ownStaleAt`, with everything that it read. */
  readonly staleAt: number;
}

/** One reader is the rule and a few are common, so a list is made for the second only, and a set for many. */
type Readers = Computation | Computation[] | Set<Computation> | undefined;

const LONGEST_LIST = 8;

export const NO_READS: readonly Source[] = Object.freeze([]);

export function isComputation(source: Source): source is Computation {
  return 'reads' in source;
}

export function untilOf({ times }: Computation): number {
  return times === undefined ? Number.POSITIVE_INFINITY : times.until;
}

export function staleAtOf({ times }: Computation): number {
  return times === undefined ? Number.POSITIVE_INFINITY : times.staleAt;
}

/** Its own times, or those of what it read where they come earlier. */
export function timesOf(own: number, ownStaleAt: number, reads: readonly Source[]): Times | undefined {
  let until = own;
  let staleAt = ownStaleAt;
  for (const source of reads) {
    if (!isComputation(source) || source.times === undefined) continue;
    until = Math.min(until, source.times.until);
    staleAt = Math.min(staleAt, source.times.staleAt);
  }
  return Math.min(until, staleAt) === Number.POSITIVE_INFINITY
    ? undefined
    : { own, ownStaleAt, until, staleAt };
}

/** Those who read a changed source are stale; those who read them are suspect until it is known what became of them. */
export function markReaders(source: Source, state: 'stale' | 'suspect'): void {
  const { readers } = source;
  if (readers === undefined) return;
  if (readers instanceof Set || Array.isArray(readers))
    for (const reader of readers) markReader(reader, source, state);
  else markReader(readers, source, state);
}

function markReader(reader: Computation, source: Source, state: 'stale' | 'suspect'): void {
  if (reader.state === 'stale') return;
  if (state === 'suspect') {
    if (reader.doubts === undefined) reader.doubts = [source];
    else reader.doubts.push(source);
  }
  if (reader.state === state) return;
  const wasCurrent = reader.state === 'current';
  reader.state = state;
  if (wasCurrent) markReaders(reader, 'suspect');
}

/** Notes a reader that is not noted yet. */
export function addReader(source: Source, reader: Computation): void {
  const { readers } = source;
  if (readers === undefined) source.readers = reader;
  else if (readers instanceof Set) readers.add(reader);
  else if (Array.isArray(readers)) {
    if (readers.includes(reader)) return;
    source.readers = readers.length < LONGEST_LIST ? [...readers, reader] : new Set(readers).add(reader);
  } else if (readers !== reader) source.readers = [readers, reader];
}

/** Whether nobody is left who reads it. */
export function removeReader(source: Source, reader: Computation): boolean {
  const { readers } = source;
  if (readers instanceof Set) {
    readers.delete(reader);
    if (readers.size > 0) return false;
  } else if (Array.isArray(readers)) {
    const rest = readers.filter((one) => one !== reader);
    source.readers = rest;
    if (rest.length > 0) return false;
  } else if (readers !== reader) return false;
  source.readers = undefined;
  return true;
}
