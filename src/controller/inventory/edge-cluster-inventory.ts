import { type Clock, type Failure, keyOf, type StoredObject, type Watch } from '../../kube/index.ts';
import { sameData } from '../../planner/world/json.ts';
import type { EdgeClusterInput, Inventory } from '../../planner/world/world.ts';
import { EDGE_CLUSTERS } from './edge-cluster.ts';
import { type EdgeClusterReports, reportToEdgeClusters } from './edge-cluster-reports.ts';
import { type ReadEdgeClusters, readEdgeClusters } from './edge-clusters.ts';
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

const NOTHING: ReadEdgeClusters = { clusters: [], complete: true, problems: [], known: new Map() };

/** The EdgeClusters of the host cluster. What becomes of each is written into its status, and told as Events. */
export function edgeClusterInventory(options: EdgeClusterInventoryOptions): InventorySource {
  const { clock, instance, baseDomain, retiredTargets, acknowledgedWithdrawals, onTrouble } = options;
  const objects = new Map<string, StoredObject>();
  let read = NOTHING;
  let clusters: readonly EdgeClusterInput[] = [];
  let revision = 0;
  let watch: Watch | undefined;
  let reports: EdgeClusterReports | undefined;

  const inventoryOf = (complete: boolean): Inventory => ({
    complete,
    revision: String(revision),
    clusters,
    ...(baseDomain === undefined ? {} : { baseDomain }),
    ...(retiredTargets === undefined ? {} : { retiredTargets }),
    ...(acknowledgedWithdrawals === undefined ? {} : { acknowledgedWithdrawals }),
  });
  /** What the objects say now. A status that was written says nothing new, so the revision stays as it is. */
  const readAgain = (): void => {
    const before = new Map(clusters.map((one) => [one.id, one]));
    read = readEdgeClusters([...objects.values()], read.known);
    const next = read.clusters.map((one) => {
      const known = before.get(one.id);
      return known !== undefined && sameData(known, one) ? known : one;
    });
    if (next.length === clusters.length && next.every((one, index) => one === clusters[index])) return;
    clusters = next;
    revision += 1;
  };
  return {
    start: (onSnapshot, host) => {
      reports = reportToEdgeClusters({ kube: host.writer, clock, instance, onTrouble });
      const tell = (): void => {
        const { complete = false, failing } = watch?.health() ?? {};
        const [problem] = read.problems;
        const unread = failing?.code === 404 ? notServed(failing) : failing;
        const failure = unread ?? (problem === undefined ? undefined : problemFailure(problem));
        // Before everything is listed there is nothing to say, but that it cannot be.
        if (!complete && failing === undefined) return;
        const isComplete = complete && failing === undefined && read.complete;
        onSnapshot({ inventory: inventoryOf(isComplete), ...(failure === undefined ? {} : { failure }) });
      };
      watch = host.observer.watch(
        { resource: EDGE_CLUSTERS },
        {
          onChanges: (changes) => {
            for (const change of changes) {
              if (change.kind === 'removed') objects.delete(change.key);
              else objects.set(keyOf(change.object.metadata), change.object);
              reports?.seen(change.kind === 'removed' ? change.key : keyOf(change.object.metadata));
            }
            const [before, problems] = [revision, read.problems.length];
            readAgain();
            if (revision !== before || read.problems.length !== problems) tell();
          },
          onHealth: tell,
        },
      );
    },
    report: (all) => {
      const byId = new Map(
        [...read.known.values()].flatMap(({ object, cluster }) =>
          cluster === undefined ? [] : [[cluster.id, { object, cluster }] as const],
        ),
      );
      for (const report of all) {
        const known = byId.get(report.status.id);
        if (known !== undefined) reports?.tell(known, report);
      }
    },
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

function problemFailure({ object, message }: ReadEdgeClusters['problems'][number]): Failure {
  return {
    kind: 'malformed',
    at: `EdgeCluster ${object}`,
    message: `expected a cluster, found ${message}`,
    hint: 'correct it; what it said before stays, and nothing of it is withdrawn',
  };
}
