import type { HostObject } from '../../src/planner/index.ts';
import type { KubeObject } from '../../src/planner/world/world.ts';

/** Objects of any shape as those of a world: the planner believes nothing of what is in them, and tests hold it to that. */
export function served(objects: readonly KubeObject[]): readonly HostObject[] {
  return objects as readonly HostObject[];
}
