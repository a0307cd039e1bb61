import { RUNTIME_FIELD_MANAGER } from '../../contract/labels.ts';
import {
  type Clock,
  createEvents,
  type Failure,
  type Kube,
  keyOf,
  type StoredObject,
} from '../../kube/index.ts';
import { canonicalJson, sameData } from '../../planner/world/json.ts';
import type { EdgeClusterInput } from '../../planner/world/world.ts';
import { createPool } from '../observations/pool.ts';
import { EDGE_CLUSTERS } from './edge-cluster.ts';
import { edgeClusterStatus } from './edge-cluster-status.ts';
import type { ClusterReport } from './inventory.ts';
import { isPremature } from './premature.ts';

export interface EdgeClusterReportsOptions {
  /** Writes only while this process leads. */
  readonly kube: Kube;
  readonly clock: Clock;
  readonly instance: string;
  readonly onTrouble: (failure: Failure) => void;
}

/** Says in the status of EdgeClusters, and by Events, what has become of them. Best effort: nothing waits for it. */
export interface EdgeClusterReports {
  tell(
    about: { readonly object: StoredObject; readonly cluster: EdgeClusterInput },
    report: ClusterReport,
  ): void;
  /** Nothing is left to be written. */
  isIdle(): boolean;
  /** An object is another one now, and its status may be too. */
  seen(key: string): void;
  stop(): Promise<void>;
}

const CONTROLLER = 'kubebyon.app/edge-controller';
const MAX_RUNNING = 4;

/** A status that could not be written is not written again before. */
const AFTER_FAILURE_MS = 30_000;

export function reportToEdgeClusters(options: EdgeClusterReportsOptions): EdgeClusterReports {
  const { kube, clock, instance, onTrouble } = options;
  const pool = createPool(MAX_RUNNING, () => undefined);
  const events = createEvents({ kube, clock, controller: CONTROLLER, instance, onTrouble });
  /** What was written and not seen yet. */
  const sent = new Map<string, { readonly text: string; readonly until: number }>();
  /** Findings that were told. */
  const told = new Map<string, ReadonlySet<string>>();

  const write = async (object: StoredObject, status: object): Promise<void> => {
    const { apiVersion, kind, metadata } = object;
    const { name, namespace, uid } = metadata;
    const bare = {
      apiVersion,
      kind,
      metadata: { name, uid, ...(namespace === undefined ? {} : { namespace }) },
    };
    const answer = await kube.apply(
      EDGE_CLUSTERS,
      { ...bare, status },
      { fieldManager: RUNTIME_FIELD_MANAGER, force: true, subresource: 'status' },
    );
    if (answer.ok) return;
    const key = keyOf(metadata);
    const text = sent.get(key)?.text ?? '';
    sent.set(key, { text, until: clock.now() + AFTER_FAILURE_MS });
    onTrouble(answer.failure);
  };
  const tellEvents = (object: StoredObject, { findings }: ClusterReport): void => {
    const key = keyOf(object.metadata);
    const before = told.get(key) ?? new Set();
    const bad = findings.filter(({ severity }) => severity !== 'info');
    for (const { code, message } of bad) {
      if (before.has(`${code} ${message}`)) continue;
      events.tell({ regarding: object, type: 'Warning', action: 'Plan', reason: code, note: message });
    }
    told.set(key, new Set(bad.map(({ code, message }) => `${code} ${message}`)));
  };
  return {
    tell: ({ object, cluster }, report) => {
      if (isPremature(object, report)) return;
      tellEvents(object, report);
      const key = keyOf(object.metadata);
      const { generation, uid } = object.metadata;
      const next = edgeClusterStatus({
        cluster,
        status: report.status,
        findings: report.findings,
        ...(report.reachable === undefined ? {} : { reachable: report.reachable }),
        before: object.status,
        generation: typeof generation === 'number' ? generation : undefined,
        now: new Date(clock.wallTime()).toISOString(),
      });
      if (sameData(object.status, next)) return;
      const text = `${uid} ${canonicalJson(next)}`;
      const last = sent.get(key);
      if (last !== undefined && (last.text === text || clock.now() < last.until)) return;
      if (pool.add(key, () => write(object, next))) sent.set(key, { text, until: 0 });
    },
    seen: (key) => {
      const last = sent.get(key);
      if (last !== undefined && clock.now() >= last.until) sent.delete(key);
    },
    isIdle: pool.isIdle,
    stop: async () => {
      await pool.stop();
      await events.settled();
    },
  };
}
