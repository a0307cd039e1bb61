import type { RuntimeConfig } from '../../src/contract/runtime-config.ts';
import type { ClusterContext, SharedSteps } from '../../src/planner/context.ts';
import { createEngine } from '../../src/planner/engine/engine.ts';
import { createFactsOnce } from '../../src/planner/engine/facts-once.ts';
import { clockAt } from '../../src/planner/world/clock.ts';
import type { Hold, WithdrawalKind } from '../../src/planner/world/hold.ts';
import { finish } from '../../src/planner/world/slices.ts';
import type { World } from '../../src/planner/world/world.ts';

/** What the steps look at, for tests that call one of them. */
export interface Contexts {
  readonly shared: SharedSteps;
  /** @throws an Error when the inventory does not list the cluster. */
  of(id: string): ClusterContext;
}

/** What may be held back. */
export type Held = 'everything' | WithdrawalKind;

/** Holds everything back, or some kinds. */
export function holding(...kinds: readonly Held[]): Hold {
  return { everything: kinds.includes('everything'), kinds: { has: (kind) => kinds.includes(kind) } };
}

/** The readers that the planner itself reads a world by. */
export function contextsOf(world: World, config: RuntimeConfig, hold: Hold = holding()): Contexts {
  const facts = createFactsOnce();
  const now = Date.parse(world.now);
  const { world: read, shared } = createEngine(facts, config);
  finish(read.update(world));
  facts.setNow(now);
  return {
    shared,
    of: (id) => {
      const claims = read.claims.get(id);
      if (claims === undefined) throw new Error(`the inventory does not list ${id}`);
      return {
        shared,
        id,
        claims,
        objects: read.observed.ofCluster(id),
        tenant: read.tenants.get(id),
        probes: read.probes.get(id) ?? [],
        memory: shared.clusterMemory(id),
        hold,
        clock: clockAt(now),
      };
    },
  };
}
