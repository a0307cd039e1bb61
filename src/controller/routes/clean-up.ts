import {
  type Clock,
  ELECTION_TIMES,
  type Failure,
  holdLease,
  type Kube,
  keyOf,
  type Random,
  type Result,
  type StoredObject,
  takeOverLease,
  type Watch,
} from '../../kube/index.ts';
import { numberOf } from '../../planner/world/json.ts';
import { isOurs } from '../../planner/world/objects.ts';
import { LEASE_NAME } from '../election.ts';
import { hostObject } from '../facts/host-object.ts';
import { nodeItems } from './node-items.ts';

export interface CleanUpOptions {
  readonly kube: Kube;
  readonly clock: Clock;
  readonly random: Random;
  /** Of the RoutePlans. */
  readonly namespace: string;
  /** Where whoever plans has its Lease. */
  readonly leaseNamespace: string;
  /** Another process must never have the same. */
  readonly identity: string;
  /** How long agents have for taking their routes away. */
  readonly timeoutMs: number;
  /** What is being done, one sentence. */
  readonly onProgress: (message: string) => void;
}

/** What became of the routes. */
export interface CleanedUp {
  /** RoutePlans that are gone. */
  readonly plans: number;
  /** Nodes whose agents have not said that their routes are gone, in order. */
  readonly left: readonly string[];
}

const ROUTE_PLANS = { group: 'kubebyon.app', version: 'v1alpha1', plural: 'routeplans' };

/** What was listed is deleted within so long, or another list is wanted. */
const DELETION_MS = 20_000;

/**
 * Takes all routes of agents away: nobody plans any more, the plans are emptied, the agents say that nothing is applied,
 * and the plans go. What agents do not say in time is left to whoever reads the result.
 */
export async function cleanUpRoutes(options: CleanUpOptions): Promise<Result<CleanedUp>> {
  const plans = watchPlans(options);
  try {
    const listed = await plans.listed();
    if (listed !== undefined) return { ok: false, failure: listed };
    if (plans.all().length === 0) return { ok: true, value: { plans: 0, left: [] } };
    return await withoutPlanner(options, () => removePlans(options, plans));
  } finally {
    await plans.stop();
  }
}

/** Holds the Lease of whoever plans while something is done; it is not given back, so nobody plans before it runs out. */
async function withoutPlanner(
  { kube, clock, random, leaseNamespace: namespace, identity, onProgress }: CleanUpOptions,
  work: () => Promise<Result<CleanedUp>>,
): Promise<Result<CleanedUp>> {
  const taken = await takeOverLease({ kube, clock, namespace, name: LEASE_NAME, identity });
  if (!taken.ok) return taken;
  if (taken.value) {
    onProgress('took the Lease of the planner, and waits until it has stopped');
    await after(clock, ELECTION_TIMES.leaseMs);
  }
  const ended = Promise.withResolvers<Result<never>>();
  const leading = Promise.withResolvers<void>();
  const lease = holdLease({
    kube,
    clock,
    random,
    namespace,
    name: LEASE_NAME,
    identity,
    onLeading: leading.resolve,
    onLost: (failure) => ended.resolve({ ok: false, failure }),
    onTrouble: (failure) => {
      if (failure.code === 403) ended.resolve({ ok: false, failure });
    },
  });
  const result = await Promise.race([ended.promise, leading.promise.then(work)]);
  await lease.abandon();
  return result;
}

async function removePlans(options: CleanUpOptions, plans: WatchedPlans): Promise<Result<CleanedUp>> {
  const { kube, clock, timeoutMs, onProgress } = options;
  const all = plans.all();
  onProgress(`empties ${all.length} RoutePlans`);
  const emptied = new Map<string, number>();
  for (const { metadata } of all) {
    const { name, namespace = '' } = metadata;
    const answer = await kube.merge(ROUTE_PLANS, { name, namespace }, { spec: { routes: [], probes: null } });
    if (answer.ok) emptied.set(keyOf(metadata), numberOf(answer.value.metadata.generation) ?? 0);
    else if (answer.failure.code !== 404) return answer;
  }
  const applying = (): readonly string[] => nodesWithRoutes(plans.all(), emptied);
  onProgress('waits until no agent has a route any more');
  await plans.until(() => applying().length === 0, clock.now() + timeoutMs);
  const left = applying();
  for (const { metadata } of plans.all()) {
    if (!emptied.has(keyOf(metadata))) continue;
    const { name, namespace = '', uid } = metadata;
    const answer = await kube.delete(ROUTE_PLANS, { name, namespace }, { uid });
    if (!answer.ok && answer.failure.code !== 409) return answer;
  }
  await plans.until(
    () => plans.all().every(({ metadata }) => !emptied.has(keyOf(metadata))),
    clock.now() + DELETION_MS,
  );
  return { ok: true, value: { plans: emptied.size, left } };
}

/** Nodes that have said they have routes, and have not said of the emptied plan that they have none. */
function nodesWithRoutes(
  plans: readonly StoredObject[],
  emptied: ReadonlyMap<string, number>,
): readonly string[] {
  const nodes = plans.flatMap((plan) =>
    nodeItems(hostObject(plan)).flatMap(({ nodeName, item }) => {
      const generation = emptied.get(keyOf(plan.metadata)) ?? 0;
      const isTold = (numberOf(item.observedGeneration) ?? 0) >= generation;
      return isTold && item.applied === 0 ? [] : [nodeName];
    }),
  );
  return [...new Set(nodes)].toSorted();
}

interface WatchedPlans {
  /** Settles when all are listed; a failure says why they cannot be. A kind that is not served has none. */
  listed(): Promise<Failure | undefined>;
  all(): readonly StoredObject[];
  /** Settles when something holds, and at the latest at a time. */
  until(holds: () => boolean, at: number): Promise<void>;
  stop(): Promise<void>;
}

function watchPlans({ kube, clock, namespace, timeoutMs }: CleanUpOptions): WatchedPlans {
  const plans = new Map<string, StoredObject>();
  const looks = new Set<() => void>();
  const look = (): void => {
    for (const one of looks) one();
  };
  const watch: Watch = kube.watch(
    { resource: ROUTE_PLANS, namespace },
    {
      onChanges: (changes) => {
        for (const change of changes) {
          if (change.kind === 'removed') plans.delete(change.key);
          else if (isOurs(hostObject(change.object))) plans.set(keyOf(change.object.metadata), change.object);
        }
        look();
      },
      onHealth: look,
      onFault: (error) => {
        throw error;
      },
    },
  );
  const until = (holds: () => boolean, time: number): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const check = (): void => {
      if (holds()) resolve();
    };
    looks.add(check);
    const cancel = clock.after(Math.max(0, time - clock.now()), resolve);
    check();
    return promise.finally(() => {
      cancel();
      looks.delete(check);
    });
  };
  return {
    all: () => [...plans.values()],
    until,
    listed: async () => {
      const isOver = (): boolean => {
        const { complete, failing } = watch.health();
        return complete || (failing?.code !== undefined && failing.code < 500);
      };
      await until(isOver, clock.now() + timeoutMs);
      const { complete, failing } = watch.health();
      if (complete || failing?.code === 404) return undefined;
      return failing ?? silent(kube.server);
    },
    stop: watch.stop,
  };
}

function silent(server: string): Failure {
  return {
    kind: 'timeout',
    at: server,
    message: 'expected a list of RoutePlans, found no answer in time',
    hint: 'see whether the API server is there, and try again',
  };
}

function after(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => clock.after(milliseconds, resolve));
}
