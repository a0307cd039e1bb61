import { RUNTIME_FIELD_MANAGER } from '../../contract/labels.ts';
import { ROUTE_PLANNER_LEASE } from '../../contract/runtime-names.ts';
import {
  type Cancel,
  type Clock,
  type Failure,
  heartbeat,
  type Kube,
  type Result,
} from '../../kube/index.ts';
import { canonicalJson, sameData } from '../../planner/world/json.ts';
import { referenceKey, referenceOf } from '../../planner/world/objects.ts';
import type { KubeObject } from '../../planner/world/world.ts';
import { createPool } from '../../process/pool.ts';
import { keptItems, ownPart, type PlanStatusFacts, routePlanStatus } from './plan-status.ts';

export interface StatusWritesOptions {
  /** Writes only while this process leads; undefined: nothing is written. */
  readonly writer: Kube | undefined;
  readonly clock: Clock;
  /** Who gives the planner's sign of life. */
  readonly identity: string;
  readonly namespace: string;
  readonly staleAfterSeconds: number;
  readonly onTrouble: (failure: Failure) => void;
  readonly onFault: (error: unknown) => void;
}

/** Writes the status of RoutePlans, and the sign of life of their planner. Best effort: nothing waits for it. */
export interface StatusWrites {
  /** Says what is new of a plan, and drops the items of Nodes that are gone. */
  keep(facts: Omit<PlanStatusFacts, 'now'>): void;
  /** A plan is another one now, or is gone. */
  seen(key: string): void;
  lead(): void;
  stop(): Promise<void>;
}

const ROUTE_PLANS = { group: 'kubebyon.app', version: 'v1alpha1', plural: 'routeplans' };
const MAX_RUNNING = 4;

/** A status that could not be written is not written again before. */
const AFTER_FAILURE_MS = 30_000;

export function keepPlanStatus(options: StatusWritesOptions): StatusWrites {
  const { writer, clock, identity, namespace, staleAfterSeconds, onTrouble } = options;
  const pool = createPool(MAX_RUNNING, options.onFault);
  /** What was written and not seen yet. */
  const sent = new Map<string, { readonly text: string; readonly until: number }>();
  let isLeading = false;
  let beating: Cancel = () => undefined;

  const beats =
    writer === undefined
      ? undefined
      : heartbeat({
          kube: writer,
          namespace,
          name: ROUTE_PLANNER_LEASE,
          identity,
          durationSeconds: staleAfterSeconds,
          clock,
        });
  const beat = async (): Promise<void> => {
    const answer = await beats?.beat();
    if (answer?.ok === false) onTrouble(answer.failure);
    if (isLeading)
      beating = clock.after((staleAfterSeconds * 1000) / 3, () => pool.add(ROUTE_PLANNER_LEASE, beat));
  };
  const write = (key: string, content: unknown, send: (kube: Kube) => Promise<Result<unknown>>): void => {
    if (writer === undefined || !isLeading) return;
    const text = canonicalJson(content);
    const last = sent.get(key);
    if (last !== undefined && (last.text === text || clock.now() < last.until)) return;
    const isTaken = pool.add(key, async () => {
      const answer = await send(writer);
      // A conflict means that somebody else has written meanwhile; the watch shows what.
      if (answer.ok || answer.failure.code === 409 || answer.failure.code === 404) return;
      sent.set(key, { text, until: clock.now() + AFTER_FAILURE_MS });
      onTrouble(answer.failure);
    });
    if (isTaken) sent.set(key, { text, until: 0 });
  };

  return {
    keep: ({ plan, nodes, alive }) => {
      const key = referenceKey(referenceOf(plan));
      const kept = keptItems(plan, new Set(nodes.map(({ name }) => name)));
      if (kept !== undefined) {
        const { resourceVersion } = plan.metadata;
        const patch = { metadata: { resourceVersion }, status: { nodes: kept } };
        write(key, patch, (kube) => kube.merge(ROUTE_PLANS, statusOf(plan), patch));
        return;
      }
      const now = new Date(clock.wallTime()).toISOString();
      const status = routePlanStatus({ plan, nodes, alive, now });
      if (sameData(ownPart(plan.status), status)) return;
      write(key, status, (kube) =>
        kube.apply(ROUTE_PLANS, bare(plan, status), {
          fieldManager: RUNTIME_FIELD_MANAGER,
          force: true,
          subresource: 'status',
        }),
      );
    },
    seen: (key) => {
      const last = sent.get(key);
      if (last !== undefined && clock.now() >= last.until) sent.delete(key);
    },
    lead: () => {
      if (writer === undefined || isLeading) return;
      isLeading = true;
      pool.add(ROUTE_PLANNER_LEASE, beat);
    },
    stop: () => {
      isLeading = false;
      beating();
      return pool.stop();
    },
  };
}

function statusOf({ metadata: { name, namespace } }: KubeObject) {
  return { name, subresource: 'status' as const, ...(namespace === undefined ? {} : { namespace }) };
}

function bare({ apiVersion, kind, metadata }: KubeObject, status: unknown) {
  const { name, namespace, uid } = metadata;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(uid === undefined ? {} : { uid }),
    },
    status,
  };
}
