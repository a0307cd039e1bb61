import { routeAgentLeaseName } from '../../contract/runtime-names.ts';
import type { Cancel, Clock, Failure, Kube, Change as Observed, StoredObject } from '../../kube/index.ts';
import type { Change, ObjectReference } from '../../planner/world/index.ts';
import { at, sameData, textOf } from '../../planner/world/json.ts';
import { clusterIdOf, isOurs, referenceKey } from '../../planner/world/objects.ts';
import type { HostNode, KubeObject, RouteAgent } from '../../planner/world/world.ts';
import type { HostRecord } from '../facts/host-record.ts';
import { createAgentLives } from './agent-lives.ts';
import { nodeItems, reportedProbes } from './node-items.ts';
import { type PlanReports, readPlanReports, standingOn } from './plan-reports.ts';
import { createProbeRounds, type ProbeRounds } from './probe-rounds.ts';
import { keepPlanStatus } from './status-writes.ts';

export interface RoutesOptions {
  readonly kube: Pick<Kube, 'watch'>;
  /** Writes only while this process leads; undefined: nothing is written. */
  readonly writer: Kube | undefined;
  readonly clock: Clock;
  readonly identity: string;
  /** Of the RoutePlans and of the Leases. */
  readonly namespace: string;
  readonly staleAfterSeconds: number;
  readonly syncIntervalSeconds: number;
  readonly tell: (change: Change) => void;
  /** Whether the inventory lists a cluster. */
  readonly isListed: (cluster: string) => boolean;
  readonly onTrouble: (failure: Failure) => void;
  readonly onFault: (error: unknown) => void;
}

/** What route agents report, as the planner takes it, and what is said in the RoutePlans about it. */
export interface Routes {
  /** A RoutePlan is another one now, or is gone. */
  takePlan(reference: ObjectReference, plan: KubeObject | null): void;
  takeHost(host: HostRecord): void;
  /** This process writes from now on: conditions, and the sign of life by which agents know that plans are fresh. */
  lead(): void;
  stop(): Promise<void>;
}

interface Plan {
  readonly reference: ObjectReference;
  readonly object: KubeObject;
  readonly reports: PlanReports;
  readonly rounds: ProbeRounds;
}

const LEASES = { group: 'coordination.k8s.io', version: 'v1', plural: 'leases' };

/** Reports of many Nodes come together. */
const GATHER_MS = 100;

export function followRoutes(options: RoutesOptions): Routes {
  const { kube, clock, namespace, staleAfterSeconds, tell, isListed } = options;
  const staleAfterMs = staleAfterSeconds * 1000;
  const lives = createAgentLives(staleAfterMs);
  const plans = new Map<string, Plan>();
  const status = keepPlanStatus(options);
  let host: HostRecord = { complete: false };
  let told: Readonly<Record<string, RouteAgent>> | undefined;
  let gathering: Cancel | undefined;

  const isoAt = (milliseconds: number): string =>
    new Date(clock.wallTime() - (clock.now() - milliseconds)).toISOString();
  const aliveNodes = (): ReadonlySet<string> =>
    new Set(
      [...lives.signs(clock.now())].flatMap(([node, seen]) =>
        clock.now() - seen < staleAfterMs ? [node] : [],
      ),
    );
  const tellAgents = (): void => {
    const next = agentsOf(lives.signs(clock.now()), [...plans.values()], isoAt);
    if (told !== undefined && sameData(told, next)) return;
    told = next;
    tell({ of: 'routes', routes: { agents: next } });
  };
  const writeStatus = (alive: ReadonlySet<string>): void => {
    if (!host.complete || !lives.isSettled(clock.now())) return;
    const nodes: readonly HostNode[] = host.nodes ?? [];
    for (const { object } of plans.values()) status.keep({ plan: object, nodes, alive });
  };
  const tellProbes = (alive: ReadonlySet<string>): void => {
    const now = { time: new Date(clock.wallTime()).toISOString(), milliseconds: clock.now() };
    for (const { object, rounds } of plans.values()) {
      const id = clusterIdOf(object);
      if (id === undefined || !isListed(id)) continue;
      const items = nodeItems(object).filter(({ nodeName }) => alive.has(nodeName));
      const probes = rounds.round(items.flatMap(reportedProbes), now);
      if (probes !== undefined) tell({ of: 'probes', id, probes });
    }
  };
  const gather = (): void => {
    gathering ??= clock.after(GATHER_MS, () => {
      gathering = undefined;
      tellAgents();
      writeStatus(aliveNodes());
    });
  };
  /** Rounds of probes are counted, so they come at a steady pace. */
  const tick = (): void => {
    const alive = aliveNodes();
    tellAgents();
    tellProbes(alive);
    writeStatus(alive);
    ticking = clock.after(options.syncIntervalSeconds * 1000, tick);
  };
  let ticking: Cancel = clock.after(options.syncIntervalSeconds * 1000, tick);

  const watch = kube.watch(
    { resource: LEASES, namespace },
    {
      onChanges: (changes) => {
        for (const change of changes) observeLease(change);
      },
      onHealth: () => undefined,
      onFault: options.onFault,
    },
  );
  const observeLease = (change: Observed): void => {
    const lease = change.kind === 'removed' ? undefined : change.object;
    const node = lease === undefined ? nodeOfName(change) : nodeOfLease(lease);
    if (node === undefined) return;
    lives.observed(node, lease === undefined ? undefined : renewTimeOf(lease), clock.now());
    gather();
  };

  return {
    takePlan: (reference, object) => {
      const key = referenceKey(reference);
      const before = plans.get(key);
      const isTaken = object !== null && isOurs(object) && object.metadata.namespace === namespace;
      if (isTaken) {
        const reports = readPlanReports(before?.reports, object, clock.now());
        const rounds = before?.rounds ?? createProbeRounds(staleAfterMs / 3);
        plans.set(key, { reference, object, reports, rounds });
        status.seen(key);
      } else if (plans.delete(key)) {
        status.seen(key);
        const id = before === undefined ? undefined : clusterIdOf(before.object);
        if (id !== undefined && isListed(id)) tell({ of: 'probes', id, probes: null });
      } else return;
      gather();
    },
    takeHost: (next) => {
      host = next;
      gather();
    },
    lead: () => {
      status.lead();
      gather();
    },
    stop: async () => {
      gathering?.();
      ticking();
      await Promise.all([watch.stop(), status.stop()]);
    },
  };
}

/** By Node: its last sign of life, and what it has said of all plans. */
function agentsOf(
  signs: ReadonlyMap<string, number>,
  plans: readonly Plan[],
  isoAt: (milliseconds: number) => string,
): Readonly<Record<string, RouteAgent>> {
  const ordered = plans.toSorted((a, b) => (referenceKey(a.reference) < referenceKey(b.reference) ? -1 : 1));
  return Object.fromEntries(
    [...signs].map(([node, seen]): [string, RouteAgent] => {
      const standing = ordered.map(({ reports }) => standingOn(node, reports));
      const pending = standing.flatMap((one) => one.pending);
      return [
        node,
        {
          renewedAt: isoAt(seen),
          effective: standing.flatMap(({ effective }) => effective),
          ...(pending.length === 0
            ? {}
            : { pending: Object.fromEntries(pending.map(([to, since]) => [to, isoAt(since)])) }),
        },
      ];
    }),
  );
}

/** The Node of an agent's Lease; undefined for any other Lease. */
function nodeOfLease(lease: StoredObject): string | undefined {
  const holder = textOf(at(lease, 'spec', 'holderIdentity'));
  return holder !== undefined && routeAgentLeaseName(holder) === lease.metadata.name ? holder : undefined;
}

const PREFIX = routeAgentLeaseName('');

/** Of a Lease that is gone only the name is left; a Node whose name is too long for it is found to be silent later. */
function nodeOfName(
  change: { readonly kind: 'removed'; readonly key: string } | Observed,
): string | undefined {
  if (change.kind !== 'removed') return undefined;
  const name = change.key.slice(change.key.indexOf('/') + 1);
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : undefined;
}

function renewTimeOf(lease: StoredObject): string {
  return textOf(at(lease, 'spec', 'renewTime')) ?? '';
}
