import { uniqueClusters } from '../../planner/engine/unique.ts';
import type { Finding } from '../../planner/index.ts';
import type { Change } from '../../planner/world/index.ts';
import { sameData } from '../../planner/world/json.ts';
import type { EdgeClusterInput, Inventory } from '../../planner/world/world.ts';

export interface InventoryDifference {
  readonly changes: readonly Change[];
  /** By id; of entries that share one the oldest. */
  readonly clusters: ReadonlyMap<string, EdgeClusterInput>;
  /** About entries that share an id. */
  readonly findings: readonly Finding[];
}

/** What is another thing in an inventory than in the one before. */
export function inventoryChanges(
  before: { readonly inventory: Inventory; readonly clusters: ReadonlyMap<string, EdgeClusterInput> },
  inventory: Inventory,
): InventoryDifference {
  const { clusters, findings } = uniqueClusters(inventory.clusters);
  const gone = [...before.clusters.keys()].filter((id) => !clusters.has(id));
  const come = [...clusters].filter(([id, cluster]) => !sameData(before.clusters.get(id), cluster));
  const changes: Change[] = [
    // First, so that no entry is read with a base domain that does not hold any more.
    ...(sameData(besideClusters(before.inventory), besideClusters(inventory))
      ? []
      : [{ of: 'inventory' as const, inventory: besideClusters(inventory) }]),
    ...gone.map((id): Change => ({ of: 'cluster', id, cluster: null })),
    ...come.map(([id, cluster]): Change => ({ of: 'cluster', id, cluster })),
  ];
  return { changes, clusters, findings };
}

function besideClusters({ clusters: _, ...rest }: Inventory): Omit<Inventory, 'clusters'> {
  return rest;
}
