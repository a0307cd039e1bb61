import type { RuntimeConfig } from '../../contract/runtime-config.ts';
import { plan, type World } from '../../planner/index.ts';
import { sameData } from '../../text/same-data.ts';
import type { MaskedWorld } from './mask-world.ts';

/**
 * Whether the plan of a masked World is that of the World with other names: what a fault was in one is in the other. Beside
 * that are two things that rest on a hash of names: the moments at which names are asked again, and the keys of withdrawals.
 */
export function isSamePlan(world: World, masked: MaskedWorld, config: RuntimeConfig): boolean {
  return sameData(planned(masked.world, config), masked.rename(planned(world, config)));
}

/** What is compared of a plan. */
export function planned(world: World, config: RuntimeConfig): unknown {
  const { actions, findings, status } = plan(world, config);
  return JSON.parse(JSON.stringify({ actions, findings, status }, withoutHashes));
}

function withoutHashes(key: string, value: unknown): unknown {
  if (key === 'nextCheckAt') return undefined;
  return key === 'message' && typeof value === 'string'
    ? value.replace(/; key [A-Za-z]+-[0-9a-f]{8}$/, '')
    : value;
}
