import type { Inventory } from '../../planner/world/world.ts';
import type { ClusterReport, InventorySnapshot, InventorySource } from './inventory.ts';

/** An inventory that the process gives itself, such as the platform's API that imports this package. */
export interface InProcessInventory extends InventorySource {
  /** The whole inventory from now on. Entries are never changed in place; one that is the same object costs nothing. */
  set(inventory: Inventory): void;
}

/** @param onReport {@link InventorySource.report}. */
export function inProcessInventory(
  onReport: (reports: readonly ClusterReport[], gone: readonly string[]) => void = () => undefined,
): InProcessInventory {
  let snapshot: InventorySnapshot | undefined;
  let tell: ((snapshot: InventorySnapshot) => void) | undefined;
  return {
    set: (inventory) => {
      snapshot = { inventory };
      tell?.(snapshot);
    },
    start: (onSnapshot) => {
      tell = onSnapshot;
      if (snapshot !== undefined) onSnapshot(snapshot);
    },
    report: onReport,
    stop: async () => {
      tell = undefined;
    },
  };
}
