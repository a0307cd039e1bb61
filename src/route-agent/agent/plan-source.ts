import type { Failure, Kube, StoredObject, Watch } from '../../kube/index.ts';
import { keyOf, withoutBookkeeping } from '../../kube/index.ts';
import { get, isRecord, listOf, textOf } from '../../text/json.ts';
import { routePlanOf } from '../plan/route-plan.ts';
import type { RoutePlan } from '../types.ts';

export const ROUTE_PLANS = { group: 'kubebyon.app', version: 'v1alpha1', plural: 'routeplans' } as const;

/** Where the plans come from. */
export interface PlanSource {
  /** Every plan; undefined until they were once read whole. The same list while nothing changes. */
  plans(): readonly RoutePlan[] | undefined;
  stop(): Promise<void>;
}

export interface PlanSourceHandler {
  /** The plans, or what agents say in them, may be others. */
  readonly onChange: () => void;
  readonly onTrouble: (failure: Failure) => void;
  readonly onFault: (error: unknown) => void;
}

/** The RoutePlans of the API server, with what this Node has reported in them. */
export interface WatchedPlans extends PlanSource {
  /** By the key of a plan. */
  readonly objects: ReadonlyMap<string, StoredObject>;
}

export interface WatchedPlansOptions {
  readonly kube: Pick<Kube, 'watch'>;
  readonly namespace: string;
  readonly nodeName: string;
}

/** A list that fails keeps what was read: what is absent is gone only when a whole list says so. */
export function watchedPlans(
  { kube, namespace, nodeName }: WatchedPlansOptions,
  { onChange, onTrouble, onFault }: PlanSourceHandler,
): WatchedPlans {
  const objects = new Map<string, StoredObject>();
  const plans = new Map<string, RoutePlan>();
  let all: readonly RoutePlan[] | undefined;
  let isComplete = false;

  const take = (object: StoredObject): void => {
    const key = keyOf(object.metadata);
    objects.set(key, object);
    // An object whose content could not be read says nothing: what it said before stays.
    if (!isRecord(object.spec) && object.metadata.deletionTimestamp === undefined && plans.has(key)) return;
    const plan = routePlanOf(object);
    const before = plans.get(key);
    if (plan === undefined) plans.delete(key);
    else if (before?.uid !== plan.uid || before.generation !== plan.generation) plans.set(key, plan);
    else return;
    all = undefined;
  };
  const watch: Watch = kube.watch(
    { resource: ROUTE_PLANS, namespace, trim: (object) => ofNode(withoutBookkeeping(object), nodeName) },
    {
      onChanges: (changes) => {
        for (const change of changes) {
          if (change.kind !== 'removed') take(change.object);
          else {
            objects.delete(change.key);
            if (plans.delete(change.key)) all = undefined;
          }
        }
        onChange();
      },
      onHealth: ({ complete, failing }) => {
        isComplete = complete;
        if (failing !== undefined) onTrouble(failing);
        onChange();
      },
      onFault,
    },
  );
  return {
    objects,
    plans: () => {
      if (!isComplete) return undefined;
      all ??= [...plans.values()];
      return all;
    },
    stop: watch.stop,
  };
}

/** Of the status only what this Node says: that of a hundred others is most of the object. */
function ofNode(object: StoredObject, nodeName: string): StoredObject {
  const items = listOf(get(object.status, 'nodes')).filter(
    (item) => textOf(get(item, 'nodeName')) === nodeName,
  );
  return { ...object, status: { nodes: items } };
}
