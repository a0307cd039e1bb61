import type { SharedSteps } from '../context.ts';
import { endHttps } from '../https/index.ts';
import { type Clock, formatTime, MINUTE, parseTime } from '../world/clock.ts';
import { sameData } from '../world/json.ts';
import type { ClusterMemory, Memory, MemoryChange, SharedMemory } from '../world/memory.ts';
import { inSlices, type Slices } from '../world/slices.ts';
import type { KubeObject } from '../world/world.ts';
import type { ClusterPlan } from './cluster-plan.ts';
import type { ControlPlanes } from './control-planes.ts';
import type { SharedPlan } from './shared-plan.ts';
import type { WorldFacts } from './world-facts.ts';

const REMEMBER_RELEASE = MINUTE;

/** What the next memory follows from. */
export interface Remembering {
  readonly world: WorldFacts;
  readonly shared: SharedSteps;
  readonly clusters: () => readonly ClusterPlan[];
  /** Those whose memory is not what the last plan told, and those whose control-plane write may be left out. */
  readonly unsettled: readonly ClusterPlan[];
  /** Clusters whose control-plane write was left out. */
  readonly held: ControlPlanes['held'];
  readonly common: SharedPlan['memory'];
  readonly withdrawals: SharedMemory['withdrawals'];
  /** Something is held back. */
  readonly frozen: boolean;
  readonly clock: Clock;
}

/** What the next plan is told. */
export interface NextMemory extends MemoryChange {
  /** All of it. Where nothing differs it holds what the last plan told. */
  whole(): Memory;
}

export function* nextMemory(planned: Remembering): Slices<NextMemory> {
  const { world, shared, unsettled, held, frozen, common, withdrawals, clock } = planned;
  const now = formatTime(clock.now);
  const before = shared.memory.releasedSni;
  const released: Record<string, { cluster: string; at: string }> = {};
  for (const [hostname, entry] of Object.entries(before)) {
    if (!clock.reached((parseTime(entry.at) ?? 0) + REMEMBER_RELEASE)) released[hostname] = entry;
  }
  const changed = new Map<string, ClusterMemory | undefined>();
  const settle = (id: string, memory: ClusterMemory): void => {
    const { sni } = shared.clusterMemory(id);
    if (sni !== undefined && sni !== memory.sni) released[sni] = { cluster: id, at: now };
    if (Object.keys(memory).length > 0) changed.set(id, memory);
    // What a plan would have remembered does not count where its write was left out.
    else if (world.memory.get(id) !== undefined || held.has(id)) changed.set(id, undefined);
  };
  yield* inSlices(unsettled, 1024, ({ id, memory }) => {
    if (held.has(id)) settle(id, withSni(memory, held.get(id)));
    else if (memory !== world.memory.get(id)) settle(id, memory);
  });
  const forgotten = world.forgotten();
  for (const id of forgotten) {
    const remembered = shared.clusterMemory(id);
    const left = shared.observed.ofCluster(id).filter(({ kind }) => kind !== 'Secret');
    if (!frozen || left.length === 0) settle(id, endedMemory(remembered, left, clock));
    else if (!sameData(remembered, world.memory.get(id))) changed.set(id, remembered);
  }
  const parts: SharedMemory = {
    withdrawals,
    orders: common.orders,
    quarantine: common.quarantine,
    releasedSni: sameData(released, before) ? before : released,
  };
  const trusted = world.trusted()?.clusters;
  const unchanged = forgotten.flatMap((id) =>
    changed.has(id) ? [] : [[id, shared.clusterMemory(id)] as const],
  );
  return {
    changed,
    shared: parts,
    whole: () => ({
      version: 1,
      clusters:
        changed.size === 0 && trusted !== undefined
          ? trusted
          : allMemories(planned.clusters(), changed, unchanged),
      shared: parts,
    }),
  };
}

function allMemories(
  clusters: readonly ClusterPlan[],
  changed: NextMemory['changed'],
  others: readonly (readonly [string, ClusterMemory])[],
): Memory['clusters'] {
  const all = new Map(clusters.map(({ id, memory }) => [id, memory]));
  for (const [id, memory] of others) all.set(id, memory);
  for (const [id, memory] of changed) if (memory !== undefined) all.set(id, memory);
  return Object.fromEntries(
    [...all].filter(
      ([id, memory]) => Object.keys(memory).length > 0 && !(changed.has(id) && changed.get(id) === undefined),
    ),
  );
}

/** What is left of the memory of a cluster that is gone: when its HTTPS ended, and its hostname while its route stands. */
function endedMemory(
  { sni, ...rest }: ClusterMemory,
  left: readonly KubeObject[],
  clock: Clock,
): ClusterMemory {
  const https = endHttps(rest, clock);
  const ended: ClusterMemory = Object.keys(https).length === 0 ? {} : { https };
  const isHeld = left.some(({ kind }) => kind === 'TLSRoute');
  return isHeld && sni !== undefined ? { ...ended, sni } : ended;
}

function withSni(memory: ClusterMemory, sni: string | undefined): ClusterMemory {
  const { sni: _, ...rest } = memory;
  return sni === undefined ? rest : { ...rest, sni };
}
