import type { RuntimeConfig } from '../../contract/runtime-config.ts';
import type { Finding } from '../findings.ts';
import type { Change } from '../world/change.ts';
import { parseTime } from '../world/clock.ts';
import type { Memory } from '../world/memory.ts';
import { finish, type Slices } from '../world/slices.ts';
import type { World } from '../world/world.ts';
import { createEngine, type Engine, type Planned, planNow } from './engine.ts';
import { createFacts, type Facts } from './facts.ts';
import type { NextMemory } from './next-memory.ts';
import type { WorldFacts } from './world-facts.ts';

/** A planner for a caller that sees changes, such as a controller that watches: a change costs what it touches. */
export interface LivePlanner {
  /** Notes a change; the next plan sees it. Never throws. */
  observe(change: Change): void;
  /**
   * The plan of what has been observed so far. The memory of the last plan goes on by itself.
   *
   * @param now RFC 3339. Time does not go back: a moment before that of the last plan counts as that one.
   */
  plan(now: string): Planned;
  /**
   * {@link LivePlanner.plan} in slices: the generator pauses after each cluster and wherever else work may take long, so
   * that an event loop can breathe. What is observed meanwhile is seen by the next plan. One that is not run to its end
   * loses nothing: the next plan goes on with what it had worked out.
   *
   * @throws when another plan has begun since.
   */
  slices(now: string): Generator<undefined, Planned, undefined>;
  /** What the last plan remembers, to be stored for a planner that starts anew; undefined before the first plan. */
  memory(): Memory | undefined;
}

/** @param start what is known at the beginning: often an empty world, told by changes from then on. */
export function createLivePlanner(start: World, config: RuntimeConfig): LivePlanner {
  return livePlannerOn(createFacts, start, config);
}

/** {@link createLivePlanner} over other facts, and with groups of another size. */
export function livePlannerOn(
  makeFacts: () => Facts,
  start: World,
  config: RuntimeConfig,
  groupSize?: number,
): LivePlanner {
  const engine = createEngine(makeFacts(), config, groupSize);
  const state: State = {
    start,
    memory: undefined,
    pending: [],
    taken: 0,
    ignored: [],
    now: Number.NEGATIVE_INFINITY,
  };
  let begun = 0;
  const slices = function* (now: string): Slices<Planned> {
    begun += 1;
    const own = begun;
    const work = planPending(engine, state, parseTime(now) ?? 0);
    for (;;) {
      if (own !== begun)
        throw new Error('another plan has begun: run a plan to its end, or leave it and begin anew');
      const step = work.next();
      if (step.done === true) return step.value;
      yield;
    }
  };
  return {
    observe: (change) => {
      state.pending.push(change);
    },
    plan: (now) => finish(slices(now)),
    slices,
    memory: () => state.memory?.whole(),
  };
}

interface State {
  /** The world at the beginning, until it has been taken over. */
  start: World | undefined;
  /** What the last plan remembers. */
  memory: NextMemory | undefined;
  /** Changes in order, of which the first `taken` have been taken over. */
  pending: Change[];
  taken: number;
  /** What is to be said of changes that were not taken over. */
  ignored: Finding[];
  /** The moment of the last plan. */
  now: number;
}

function* planPending(engine: Engine, state: State, now: number): Slices<Planned> {
  const { world } = engine;
  if (state.start !== undefined) yield* world.update(state.start);
  state.start = undefined;
  yield* takePending(world, state);
  state.now = Math.max(state.now, now);
  const { planned, memory } = yield* planNow(engine, state.now, state.ignored);
  state.ignored = [];
  state.memory = memory;
  world.remember(memory);
  return planned;
}

/** Counts on instead of shifting: a long queue would be moved as a whole each time. */
function* takePending(world: WorldFacts, state: State): Slices<void> {
  for (let change = state.pending[state.taken]; change !== undefined; change = state.pending[state.taken]) {
    state.taken += 1;
    const ignored = world.observe(change);
    if (ignored !== undefined) state.ignored.push(ignored);
    yield;
  }
  state.pending = [];
  state.taken = 0;
}
