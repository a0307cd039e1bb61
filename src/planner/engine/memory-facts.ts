import { compareText, get, recordOf, sameData, textOf } from '../world/json.ts';
import {
  decodeSharedMemory,
  hasMemory,
  type Memory,
  type MemoryChange,
  problemOfMemory,
  type SharedMemory,
} from '../world/memory.ts';
import { inSlices, type Slices } from '../world/slices.ts';
import type { Cells } from './facts.ts';
import { loneCell } from './lone-cell.ts';

/** What the last plan told, as cells. */
export interface MemoryFacts {
  /** The memory of a cluster as it came. */
  readonly memory: Cells<unknown>;
  readonly sharedMemory: SharedMemory;
  /** By control-plane hostname: the clusters whose memory says that their TLSRoute held it, in order. */
  readonly sniHolders: Cells<readonly string[]>;
  /** By hostname: the clusters whose memory speaks of HTTPS for it, in order. */
  readonly httpsOwners: Cells<readonly string[]>;
  /** Memory is there and cannot be read. */
  memoryProblem(): string | undefined;
  /** What a plan returned needs no checking when it comes back. */
  trust(memory: Memory): void;
  /** The memory that was taken over, if a plan returned it. */
  trusted(): Memory | undefined;
  /** Takes over what a plan returned. */
  remember(memory: MemoryChange): void;
  /** Takes over memory that somebody else has kept. */
  read(memory: unknown): Slices<void>;
}

/** @param noteCluster is told whether there is memory of a cluster whenever it changes. */
export function memoryFacts(
  table: <T>() => Cells<T>,
  noteCluster: (id: string, isRemembered: boolean) => void,
): MemoryFacts {
  const memory = table<unknown>();
  const sniHolders = table<readonly string[]>();
  const httpsOwners = table<readonly string[]>();
  const withdrawals = loneCell<SharedMemory['withdrawals']>(table, sameData);
  const orders = loneCell<SharedMemory['orders']>(table, sameData);
  const quarantine = loneCell<SharedMemory['quarantine']>(table, sameData);
  const releasedSni = loneCell<SharedMemory['releasedSni']>(table, sameData);
  const problem = loneCell<string>(table);
  /** The memory that was taken over last, as a whole. */
  let remembered: Readonly<Record<string, unknown>> | undefined;
  let trusted: Memory | undefined;

  const rememberCluster = (id: string, after: unknown): void => {
    const before = memory.get(id);
    if (before === after) return;
    memory.set(id, after);
    noteCluster(id, after !== undefined);
    moveKeys(sniHolders, sniOf(before), sniOf(after), id);
    moveKeys(httpsOwners, httpsNamesOf(before), httpsNamesOf(after), id);
  };
  const rememberShared = (shared: SharedMemory): void => {
    withdrawals.set(shared.withdrawals);
    orders.set(shared.orders);
    quarantine.set(shared.quarantine);
    releasedSni.set(shared.releasedSni);
  };
  function* rememberClusters(next: Readonly<Record<string, unknown>>): Slices<void> {
    if (next === remembered) return;
    yield* inSlices([...memory.keys()], 32, (id) => {
      if (!Object.hasOwn(next, id)) rememberCluster(id, undefined);
    });
    yield* inSlices(Object.keys(next), 32, (id) => rememberCluster(id, next[id]));
    remembered = next;
  }

  return {
    memory,
    sniHolders,
    httpsOwners,
    sharedMemory: {
      get withdrawals() {
        return withdrawals.get() ?? {};
      },
      get orders() {
        return orders.get() ?? [];
      },
      get quarantine() {
        return quarantine.get() ?? {};
      },
      get releasedSni() {
        return releasedSni.get() ?? {};
      },
    },
    memoryProblem: problem.get,
    trust: (next) => {
      trusted = next;
    },
    trusted: () => (trusted?.clusters === remembered ? trusted : undefined),
    remember: ({ changed, shared }) => {
      rememberShared(shared);
      problem.set(undefined);
      for (const [id, after] of changed) rememberCluster(id, after);
      if (changed.size > 0) remembered = undefined;
    },
    read: function* (next) {
      const known = trusted?.shared;
      rememberShared(known !== undefined && get(next, 'shared') === known ? known : decodeSharedMemory(next));
      problem.set(problemOfMemory(next));
      yield* rememberClusters(clustersOf(next));
    },
  };
}

function clustersOf(memory: unknown): Readonly<Record<string, unknown>> {
  return hasMemory(memory) ? recordOf(get(memory, 'clusters')) : {};
}

function sniOf(memory: unknown): readonly string[] {
  const sni = textOf(get(memory, 'sni'));
  return sni === undefined ? [] : [sni];
}

function httpsNamesOf(memory: unknown): readonly string[] {
  return Object.keys(recordOf(get(memory, 'https')));
}

/** Moves an id from the lists of some keys to those of others. */
function moveKeys(
  holders: Cells<readonly string[]>,
  before: readonly string[],
  after: readonly string[],
  id: string,
): void {
  const next = new Set(after);
  for (const key of before) {
    if (next.delete(key)) continue;
    const rest = (holders.get(key) ?? []).filter((other) => other !== id);
    holders.set(key, rest.length === 0 ? undefined : rest);
  }
  for (const key of next) {
    const others = holders.get(key);
    holders.set(key, others === undefined ? [id] : [...others, id].sort(compareText));
  }
}
