import type { RuntimeConfig } from '../../contract/runtime-config.ts';
import { parseTime } from '../world/clock.ts';
import { canonicalJson } from '../world/json.ts';
import { finish } from '../world/slices.ts';
import type { World } from '../world/world.ts';
import { createEngine, type Engine, type PlanResult, planNow } from './engine.ts';
import { createFacts, type Facts } from './facts.ts';
import { createFactsOnce } from './facts-once.ts';

export type { PlanResult } from './engine.ts';

export type Planner = (world: World, config: RuntimeConfig) => PlanResult;

/** One plan for one world. Pure: the same world and config give the same plan. */
export function plan(world: World, config: RuntimeConfig): PlanResult {
  return plannerOn(createFactsOnce)(world, config);
}

/**
 * A planner that keeps what it worked out. It is {@link plan} on a memo that is not empty: the same steps ask the same
 * questions, and what has been asked is recorded, so a cluster is planned again exactly when an answer that it got
 * would be another one now, or when its time has come. Inputs must therefore never be changed in place.
 */
export function createPlanner(): Planner {
  return plannerOn(createFacts);
}

/** {@link createPlanner} over other facts, which may forget what was read, and with groups of another size. */
export function plannerOn(makeFacts: () => Facts, groupSize?: number): Planner {
  let engine: Engine | undefined;
  let key: string | undefined;
  let last = Number.NEGATIVE_INFINITY;
  return (world, config) => {
    const now = parseTime(world.now) ?? 0;
    const configKey = canonicalJson(config);
    // What was worked out at a later time may rest on moments that have not come yet.
    if (engine === undefined || key !== configKey || now < last)
      engine = createEngine(makeFacts(), config, groupSize);
    [key, last] = [configKey, now];
    finish(engine.world.update(world));
    const { planned, memory: next } = finish(planNow(engine, now));
    const memory = next.whole();
    engine.world.trust(memory);
    return { ...planned, memory };
  };
}
