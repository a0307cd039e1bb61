import type { GatewayApiConfig } from '../../src/contract/runtime-config.ts';
import { createPlanner, type PlanResult } from '../../src/planner/engine/planner.ts';
import type { EdgeClusterInput, World } from '../../src/planner/world/world.ts';
import { type ApiServer, apiServer } from '../simulation/api-server.ts';
import { type Controllers, controllers } from '../simulation/controllers.ts';
import { cname, controlPlaneGateway, NOW, workloadGateway, world } from './worlds.ts';

/** A small platform that runs: an API server, both controllers, and the planner at every tick. */
export interface Platform {
  readonly server: ApiServer;
  readonly controllers: Controllers;
  clusters: readonly EdgeClusterInput[];
  /** Hostname to the CNAMEs it follows. */
  dns: Record<string, readonly string[]>;
  memory: unknown;
  /** What else the world says. */
  changes: Partial<World>;
  readonly now: () => number;
  /** Plans once, writes, and lets time pass. */
  step(seconds: number): PlanResult;
  /** Steps until nothing is left to do; fails after 40. */
  settle(seconds?: number): PlanResult;
  world(): World;
}

export function platform(config: GatewayApiConfig, clusters: readonly EdgeClusterInput[]): Platform {
  let now = Date.parse(NOW);
  const planner = createPlanner();
  const server = apiServer(() => now);
  const running: Platform = {
    server,
    controllers: controllers({ server, now: () => now, gatewayDelay: () => 500, issueDelay: () => 1500 }),
    clusters,
    dns: {},
    memory: {},
    changes: {},
    now: () => now,
    world: () => {
      const base = world({ clusters: running.clusters });
      const checkedAt = new Date(now).toISOString();
      return {
        ...base,
        now: checkedAt,
        inventory: { ...base.inventory, revision: checkedAt },
        host: { ...base.host, objects: server.list() },
        dns: Object.fromEntries(
          Object.entries(running.dns).map(([name, chain]) => [name, cname(chain, checkedAt)]),
        ),
        memory: running.memory,
        ...running.changes,
      };
    },
    step: (seconds) => {
      const result = planner(running.world(), config);
      running.memory = result.memory;
      const done = new Set<string>();
      for (const action of result.actions) {
        if (!action.after.every((id) => done.has(id)))
          throw new Error(`${action.id} waits for what did not happen`);
        const answer = server.run(action);
        if (answer.code === 409 || answer.code === 422) throw new Error(`${action.id}: ${answer.message}`);
        done.add(action.id);
      }
      for (let passed = 0; passed < seconds; passed += 1) {
        now += 1000;
        running.controllers.tick();
      }
      return result;
    },
    settle: (seconds = 10) => {
      for (let round = 0; round < 40; round += 1) {
        const result = running.step(seconds);
        if (result.actions.length === 0) return result;
      }
      throw new Error('writes go on');
    },
  };
  for (const object of world({ clusters }).host.objects)
    server.put(object, object.kind === 'Gateway' ? 'helm' : 'vcluster');
  for (const gateway of [controlPlaneGateway(), workloadGateway()]) server.put(gateway, 'helm');
  return running;
}
