import type { RuntimeConfig } from '../../contract/runtime-config.ts';
import type { SharedSteps } from '../context.ts';
import type { Finding } from '../findings.ts';
import type { PlanStatus } from '../status.ts';
import { type GuardDecision, guardWithdrawals } from '../withdrawal/index.ts';
import type { Action } from '../world/action.ts';
import { type Asked, type Clock, clockAt, formatTime, nothingAsked } from '../world/clock.ts';
import type { Hold, Withdrawal, WithdrawalKind } from '../world/hold.ts';
import { isRecord, sameData } from '../world/json.ts';
import type { Memory } from '../world/memory.ts';
import { combine, type Part } from '../world/part.ts';
import type { Slices } from '../world/slices.ts';
import { type ClusterPlan, planCluster, planUnknownCluster } from './cluster-plan.ts';
import { settleControlPlanes } from './control-planes.ts';
import type { Cells, Facts } from './facts.ts';
import { GROUP_SIZE, type Group, type Groups, groupsOf } from './groups.ts';
import { joined } from './joined.ts';
import { type NextMemory, nextMemory } from './next-memory.ts';
import { orderActions } from './order.ts';
import { readersOf } from './reader.ts';
import { type SharedPlan, type SharedPlanning, sharedPlanOf } from './shared-plan.ts';
import { uniqueOfGroups } from './unique.ts';
import { type WorldFacts, worldFacts } from './world-facts.ts';

/** What a plan says, beside what the next one is told. */
export interface Planned {
  readonly actions: readonly Action[];
  readonly findings: readonly Finding[];
  readonly status: PlanStatus;
  /** When time alone changes the plan; null: never. */
  readonly nextCheckAt: string | null;
}

/** A plan, and what the next one must be told. */
export interface PlanResult extends Planned {
  /** Goes into the next world as it is. */
  readonly memory: Memory;
}

/** All steps over facts that come and change. */
export interface Engine {
  readonly facts: Facts;
  readonly world: WorldFacts;
  readonly shared: SharedSteps;
  /** What must not be withdrawn: kinds, and `everything`. */
  readonly held: Cells<true>;
  readonly groups: Groups;
  readonly hold: Hold;
  readonly sharedPlan: SharedPlanning;
}

/** The key of the hold on everything; kinds have names of their own. */
const EVERYTHING = 'everything';

/** @param groupSize how many clusters are put together at once. */
export function createEngine(facts: Facts, config: RuntimeConfig, groupSize = GROUP_SIZE): Engine {
  const world = worldFacts(facts, config.provider === 'gatewayapi' ? config : undefined);
  const held = facts.cells<true>();
  const readers = readersOf(facts, world, config);
  const hold: Hold = {
    get everything() {
      return held.get(EVERYTHING) === true;
    },
    kinds: { has: (kind) => held.get(kind) === true },
  };
  const fresh = facts.family((id: string, clock): ClusterPlan => {
    const claims = world.claims.get(id);
    if (claims === undefined) throw new Error(`no claims of cluster ${id}`);
    return planCluster({
      shared: readers.cluster,
      id,
      claims,
      objects: world.observed.ofCluster(id),
      tenant: world.tenants.get(id),
      probes: world.probes.get(id) ?? [],
      memory: readers.cluster.clusterMemory(id),
      hold,
      clock,
    });
  });
  // Memory that says the same stays the same object, so that whoever stores it sees that nothing moved.
  const plans = facts.family((id: string): ClusterPlan => {
    const planned = fresh.get(id);
    const raw = world.memory.get(id);
    return isRecord(raw) && sameData(raw, planned.memory) ? { ...planned, memory: raw } : planned;
  });
  const groups = groupsOf(facts, world.ids, plans, world.memory, groupSize);
  return {
    facts,
    world,
    shared: readers.shared,
    held,
    hold,
    groups,
    sharedPlan: sharedPlanOf(facts, readers.shared, groups, hold),
  };
}

export interface Answer {
  readonly planned: Planned;
  readonly memory: NextMemory;
}

/** Plans what the engine's world says at a moment, with pauses. */
export function* planNow(engine: Engine, now: number, findings: readonly Finding[] = []): Slices<Answer> {
  const { facts, world, shared } = engine;
  const asked = nothingAsked();
  const clock = clockAt(now, asked);
  facts.setNow(now);
  const frozen = world.inventory('complete') !== true || world.host('complete') !== true;
  const first = yield* run(engine, frozen ? [EVERYTHING] : [], clock);
  const guard: GuardDecision = frozen
    ? { held: new Set(), memory: shared.memory.withdrawals, findings: [] }
    : guardWithdrawals({
        withdrawals: first.withdrawals,
        count: (kind) => countOf(shared, kind),
        memory: shared.memory.withdrawals,
        revision: world.inventory('revision') ?? '',
        emptyInventory: world.ids().length === 0 && shared.controlPlane !== undefined,
        acknowledged: new Set(world.inventory('acknowledgedWithdrawals') ?? []),
        clock,
      });
  const final = guard.held.size === 0 ? first : yield* run(engine, [...guard.held], clock);
  return yield* assemble(engine, final, clock, asked, {
    findings: [...findings, ...world.doubles(), ...guard.findings],
    withdrawals: guard.memory,
    frozen: frozen || guard.held.size > 0,
    until: Math.min(first.until, final.until, facts.until()),
  });
}

function countOf(shared: SharedSteps, kind: WithdrawalKind): number {
  if (kind === 'listener') return shared.listeners.own.size;
  if (kind === 'endpoint') return shared.observed.count('EndpointSlice');
  return shared.observed.count(kind === 'route' ? 'RoutePlan' : kind);
}

interface Run {
  readonly groups: readonly Group[];
  readonly strays: readonly Part[];
  readonly shared: SharedPlan;
  readonly withdrawals: readonly Withdrawal[];
  readonly until: number;
}

/** All steps under one hold. What is held is a fact like any other, so a second run plans again what asked for it. */
function* run(engine: Engine, holds: readonly string[], clock: Clock): Slices<Run> {
  const { world, shared: steps, held, hold, sharedPlan } = engine;
  const wanted = new Set(holds);
  for (const kind of [...held.keys()]) if (!wanted.has(kind)) held.set(kind, undefined);
  for (const kind of wanted) held.set(kind, true);
  yield* engine.facts.settle();
  const groups = yield* engine.groups.all();
  const strays = wanted.has(EVERYTHING)
    ? []
    : world.strays().map((id) => planUnknownCluster(steps, id, hold, clock));
  yield;
  const shared = yield* sharedPlan.get();
  yield;
  return {
    groups,
    strays,
    shared,
    withdrawals: [...groups.map(({ part }) => part), ...strays, shared.part].flatMap(
      ({ withdrawals }) => withdrawals,
    ),
    until: Math.min(engine.groups.until(), sharedPlan.until()),
  };
}

interface Guarded {
  readonly findings: readonly Finding[];
  readonly withdrawals: Memory['shared']['withdrawals'];
  readonly frozen: boolean;
  /** Milliseconds until which the steps would say the same if only time passed. */
  readonly until: number;
}

function* assemble(
  { world, shared: steps }: Engine,
  { groups, strays, shared }: Run,
  clock: Clock,
  asked: Asked,
  { findings, withdrawals, frozen, until }: Guarded,
): Slices<Answer> {
  const rest = combine([...strays, shared.part]);
  const actions = joined([...groups.map(({ part }) => part.actions), rest.actions]);
  const unsettled = groups.flatMap((group) => group.unsettled);
  const control = settleControlPlanes(steps, unsettled, actions);
  yield;
  const memory = yield* nextMemory({
    world,
    shared: steps,
    clusters: () => groups.flatMap(({ clusters }) => clusters),
    unsettled,
    held: control.held,
    common: shared.memory,
    withdrawals,
    frozen,
    clock,
  });
  const next = Math.min(until, asked.until);
  const ordered = yield* orderActions(control.actions);
  yield;
  return {
    planned: {
      actions: ordered,
      findings: uniqueOfGroups(
        findings,
        groups.map(({ ids, part, speaksOfOthers }) => ({ ids, findings: part.findings, speaksOfOthers })),
        [...rest.findings, ...control.findings],
      ),
      status: {
        clusters: joined(groups.map(({ statuses }) => statuses)),
        shared: shared.status,
      },
      nextCheckAt: Number.isFinite(next) ? formatTime(next) : null,
    },
    memory,
  };
}
