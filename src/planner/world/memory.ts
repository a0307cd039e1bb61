import { isWildcard } from '../../text/hostnames.ts';
import { at, get, isRecord, type JsonRecord, numberOf, recordOf, textOf, textsOf } from './json.ts';

/**
 * What one plan tells the next. The planner works without it: everything in here is derived again from live
 * objects, only timers start anew. Unknown or garbled parts are dropped, never trusted.
 */
export interface Memory {
  readonly version: 1;
  readonly clusters: Readonly<Record<string, ClusterMemory>>;
  readonly shared: SharedMemory;
}

/** What differs between two memories. */
export interface MemoryChange {
  /** Memories of clusters that are other ones now; undefined: it is gone. */
  readonly changed: ReadonlyMap<string, ClusterMemory | undefined>;
  readonly shared: SharedMemory;
}

export interface ClusterMemory {
  readonly dns?: Readonly<Record<string, DnsMemory>>;
  readonly backend?: BackendMemory;
  /** The control-plane hostname that our TLSRoute held or was planned to hold. */
  readonly sni?: string;
  /**
   * Hostnames with an HTTPS route or redirect: while they are wanted '', or the wildcard whose listener serves them;
   * then the time when that ended. An observation may be older than our last write, so what they rest on goes no
   * earlier than a minute after.
   */
  readonly https?: Readonly<Record<string, string>>;
  /**
   * Hostnames that a plan took out of the HTTP routes, with the time: until a minute after, that one is seen there may
   * be older than our write.
   */
  readonly left?: Readonly<Record<string, string>>;
}

export type DnsPhase = 'pending' | 'ready' | 'degraded' | 'lost' | 'released';

export interface DnsMemory {
  readonly phase: DnsPhase;
  readonly since: string;
  /** Newest observation that was counted. */
  readonly checkedAt?: string;
  readonly checks: number;
  readonly negatives: number;
  readonly firstNegativeAt?: string;
}

export interface BackendMemory {
  readonly mode: 'podip' | 'nodeport';
  readonly since: string;
  /** Consecutive good and bad rounds. */
  readonly good: number;
  readonly bad: number;
  readonly goodSince?: string;
  readonly round?: string;
  readonly flips: readonly string[];
}

export interface SharedMemory {
  /** Withdrawals that wait for confirmation, by kind. */
  readonly withdrawals: Readonly<Record<string, WithdrawalMemory>>;
  /** Certificate orders of the last 7 days. */
  readonly orders: readonly OrderMemory[];
  readonly quarantine: Readonly<Record<string, { readonly until: string; readonly failures: number }>>;
  /** Control-plane hostnames that have just left a cluster. */
  readonly releasedSni: Readonly<Record<string, { readonly cluster: string; readonly at: string }>>;
}

export interface WithdrawalMemory {
  readonly keys: readonly string[];
  readonly since: string;
  readonly revision: string;
  readonly confirmed: boolean;
}

export interface OrderMemory {
  readonly certificate: string;
  readonly domain: string;
  readonly at: string;
  /** Its Certificate has not been seen since: planned again, it is the same order. */
  readonly unseen?: true;
}

const NO_CLUSTER_MEMORY: ClusterMemory = Object.freeze({});

/** The version that is written; there has been no other one yet. */
const VERSION = 1;

/** Whether a world carries memory of this version at all. */
export function hasMemory(memory: unknown): boolean {
  return get(memory, 'version') === VERSION;
}

/** What is to be said of memory that is there and is not read; undefined: nothing. */
export function problemOfMemory(memory: unknown): string | undefined {
  if (memory === undefined || hasMemory(memory) || (isRecord(memory) && Object.keys(memory).length === 0))
    return undefined;
  const version = numberOf(get(memory, 'version'));
  return version !== undefined && version > VERSION
    ? `it is of version ${version}, and this planner reads versions up to ${VERSION}: planning starts without it`
    : 'it is derived again from live objects';
}

export function decodeClusterMemory(value: unknown): ClusterMemory {
  if (!isRecord(value)) return NO_CLUSTER_MEMORY;
  const dns = mapRecord(value.dns, decodeDns);
  const backend = decodeBackend(value.backend);
  const sni = textOf(value.sni);
  const https = mapTexts(value.https, (text) => (text === '' || isWildcard(text) ? text : time(text)));
  const left = mapTexts(value.left, time);
  return {
    ...(left === undefined ? {} : { left }),
    ...(https === undefined ? {} : { https }),
    ...(Object.keys(dns).length === 0 ? {} : { dns }),
    ...(backend === undefined ? {} : { backend }),
    ...(sni === undefined ? {} : { sni }),
  };
}

/** What all clusters share of the memory; parts that cannot be read are left out. */
export function decodeSharedMemory(memory: unknown): SharedMemory {
  const shared = hasMemory(memory) ? recordOf(get(memory, 'shared')) : {};
  const orders = Array.isArray(shared.orders) ? shared.orders : [];
  return {
    withdrawals: mapRecord(shared.withdrawals, decodeWithdrawal),
    orders: orders.map(decodeOrder).filter((order) => order !== undefined),
    quarantine: mapRecord(shared.quarantine, (value) => {
      const until = time(value.until);
      return until === undefined ? undefined : { until, failures: count(value.failures) };
    }),
    releasedSni: mapRecord(shared.releasedSni, (value) => {
      const released = time(value.at);
      const cluster = textOf(value.cluster);
      return released === undefined || cluster === undefined ? undefined : { cluster, at: released };
    }),
  };
}

const PHASES: readonly DnsPhase[] = ['pending', 'ready', 'degraded', 'lost', 'released'];

function decodeDns(value: JsonRecord): DnsMemory | undefined {
  const phase = PHASES.find((known) => known === value.phase);
  const since = time(value.since);
  if (phase === undefined || since === undefined) return undefined;
  const checkedAt = time(value.checkedAt);
  const firstNegativeAt = time(value.firstNegativeAt);
  return {
    phase,
    since,
    checks: count(value.checks),
    negatives: count(value.negatives),
    ...(checkedAt === undefined ? {} : { checkedAt }),
    ...(firstNegativeAt === undefined ? {} : { firstNegativeAt }),
  };
}

function decodeBackend(value: unknown): BackendMemory | undefined {
  const mode = at(value, 'mode');
  const since = time(at(value, 'since'));
  if ((mode !== 'podip' && mode !== 'nodeport') || since === undefined) return undefined;
  const goodSince = time(at(value, 'goodSince'));
  const round = time(at(value, 'round'));
  return {
    mode,
    since,
    good: count(at(value, 'good')),
    bad: count(at(value, 'bad')),
    flips: textsOf(at(value, 'flips')).filter((flip) => time(flip) !== undefined),
    ...(goodSince === undefined ? {} : { goodSince }),
    ...(round === undefined ? {} : { round }),
  };
}

function decodeWithdrawal(value: JsonRecord): WithdrawalMemory | undefined {
  const since = time(value.since);
  const revision = textOf(value.revision);
  if (since === undefined || revision === undefined) return undefined;
  return { keys: textsOf(value.keys), since, revision, confirmed: value.confirmed === true };
}

function decodeOrder(value: unknown): OrderMemory | undefined {
  const certificate = textOf(get(value, 'certificate'));
  const domain = textOf(get(value, 'domain'));
  const ordered = time(get(value, 'at'));
  return certificate === undefined || domain === undefined || ordered === undefined
    ? undefined
    : { certificate, domain, at: ordered, ...(get(value, 'unseen') === true ? { unseen: true } : {}) };
}

function time(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= 40 && !Number.isNaN(Date.parse(value))
    ? value
    : undefined;
}

function count(value: unknown): number {
  const number = numberOf(value);
  return number !== undefined && number >= 0 ? Math.floor(number) : 0;
}

/** The texts of a map that can be read; the map itself when that is all of them, undefined when there are none. */
function mapTexts(
  value: unknown,
  decode: (text: string) => string | undefined,
): Readonly<Record<string, string>> | undefined {
  const record = recordOf(value);
  const isGood = (text: unknown): text is string => typeof text === 'string' && decode(text) !== undefined;
  if (isMapOf(record, isGood)) return Object.keys(record).length === 0 ? undefined : record;
  const entries = Object.entries(record).filter((entry): entry is [string, string] => isGood(entry[1]));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function isMapOf<T>(
  record: JsonRecord,
  isGood: (one: unknown) => one is T,
): record is Readonly<Record<string, T>> {
  return Object.keys(record).every((key) => isGood(record[key]));
}

function mapRecord<T>(value: unknown, decode: (entry: JsonRecord) => T | undefined): Record<string, T> {
  const entries: [string, T][] = [];
  for (const [key, entry] of Object.entries(recordOf(value))) {
    const decoded = isRecord(entry) ? decode(entry) : undefined;
    if (decoded !== undefined) entries.push([key, decoded]);
  }
  return Object.fromEntries(entries);
}
