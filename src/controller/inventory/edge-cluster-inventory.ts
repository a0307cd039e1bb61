import { type Clock, type Failure, keyOf, type Watch } from '../../kube/index.ts';
import type { EdgeClusterInput, Inventory } from '../../planner/world/world.ts';
import { EDGE_CLUSTERS, type EdgeClusterProblem } from './edge-cluster.ts';
import { type EdgeClusterReports, reportToEdgeClusters } from './edge-cluster-reports.ts';
import { createEdgeClusters } from './edge-clusters.ts';
import type { InventorySource } from './inventory.ts';

export interface EdgeClusterInventoryOptions {
  readonly clock: Clock;
  /** Which process tells it, for Events. */
  readonly instance: string;
  /** What EdgeClusters do not say of themselves. */
  readonly baseDomain?: string;
  readonly retiredTargets?: readonly string[];
  readonly acknowledgedWithdrawals?: readonly string[];
  /** A status or an Event could not be written; nothing waits for it. */
  readonly onTrouble: (failure: Failure) => void;
}

/** The EdgeClusters of the host cluster. What becomes of each is written into its status, and told as Events. */
export function edgeClusterInventory(options: EdgeClusterInventoryOptions): InventorySource {
  const { clock, instance, baseDomain, retiredTargets, acknowledgedWithdrawals, onTrouble } = options;
  const edgeClusters = createEdgeClusters();
  let told: readonly EdgeClusterInput[] = [];
  let revision = 0;
  let watch: Watch | undefined;
  let reports: EdgeClusterReports | undefined;

  const inventoryOf = (complete: boolean): Inventory => {
    const clusters = edgeClusters.clusters();
    // A status that was written says nothing new, so the revision stays as it is.
    if (clusters !== told) revision += 1;
    told = clusters;
    return {
      complete,
      revision: String(revision),
      clusters,
      ...(baseDomain === undefined ? {} : { baseDomain }),
      ...(retiredTargets === undefined ? {} : { retiredTargets }),
      ...(acknowledgedWithdrawals === undefined ? {} : { acknowledgedWithdrawals }),
    };
  };
  return {
    start: (onSnapshot, host) => {
      const { known, keysOf } = edgeClusters;
      reports = reportToEdgeClusters({ kube: host.writer, clock, instance, onTrouble, known, keysOf });
      const tell = (): void => {
        const { complete = false, failing } = watch?.health() ?? {};
        const problem = edgeClusters.problem();
        const unread = failing?.code === 404 ? notServed(failing) : failing;
        const failure = unread ?? (problem === undefined ? undefined : problemFailure(problem));
        // Before everything is listed there is nothing to say, but that it cannot be.
        if (!complete && failing === undefined) return;
        const isComplete = complete && failing === undefined && edgeClusters.isComplete();
        onSnapshot({ inventory: inventoryOf(isComplete), ...(failure === undefined ? {} : { failure }) });
      };
      watch = host.observer.watch(
        { resource: EDGE_CLUSTERS },
        {
          onChanges: (changes) => {
            const isOther = edgeClusters.take(changes);
            for (const change of changes)
              reports?.seen(change.kind === 'removed' ? change.key : keyOf(change.object.metadata));
            if (isOther) tell();
          },
          onHealth: tell,
        },
      );
    },
    report: (next, gone) => reports?.planned(next, gone),
    isIdle: () => reports?.isIdle() !== false,
    stop: async () => {
      await watch?.stop();
      await reports?.stop();
    },
  };
}

/** The definition comes with the chart, and may be older than this process or gone. */
function notServed(failing: Failure): Failure {
  const { group, version } = EDGE_CLUSTERS;
  return {
    ...failing,
    message: `expected EdgeCluster of ${group} at ${version}, found that the host does not serve it`,
    hint: 'upgrade the chart with crds.install=true; what was read before stays, and nothing is withdrawn',
  };
}

function problemFailure({ object, message }: EdgeClusterProblem): Failure {
  return {
    kind: 'malformed',
    at: `EdgeCluster ${object}`,
    message: `expected a cluster, found ${message}`,
    hint: 'correct it; what it said before stays, and nothing of it is withdrawn',
  };
}
