import { setImmediate as breathe } from 'node:timers';
import { RUNTIME_FIELD_MANAGER } from '../../contract/labels.ts';
import {
  type Cancel,
  type Clock,
  compareVersions,
  createEvents,
  type Failure,
  type Kube,
  type StoredObject,
} from '../../kube/index.ts';
import { sameData } from '../../planner/world/json.ts';
import { EDGE_CLUSTERS } from './edge-cluster.ts';
import { type EdgeClusterStatus, edgeClusterStatus } from './edge-cluster-status.ts';
import type { EdgeClusters } from './edge-clusters.ts';
import type { ClusterReport } from './inventory.ts';
import { isPremature } from './premature.ts';

export interface EdgeClusterReportsOptions extends Pick<EdgeClusters, 'known' | 'keysOf'> {
  /** Writes only while this process leads. */
  readonly kube: Kube;
  readonly clock: Clock;
  readonly instance: string;
  readonly onTrouble: (failure: Failure) => void;
}

/**
 * Says in the status of EdgeClusters, and by Events, what has become of them. Best effort: nothing waits for it. Looked at
 * after a plan are objects of which the plan says another thing, and objects that have changed; after a failure, once more.
 */
export interface EdgeClusterReports {
  /** A plan was made: it says another thing of some clusters than the one before, and of those that are gone nothing. */
  planned(reports: readonly ClusterReport[], gone: readonly string[]): void;
  /** Nothing is left to be written. */
  isIdle(): boolean;
  /** An object is another one now, and its status may be too; or it is gone. */
  seen(key: string): void;
  stop(): Promise<void>;
}

const CONTROLLER = 'kubebyon.app/edge-controller';
const MAX_RUNNING = 4;

/** What is said of one cluster in a moment is one write: a plan, an answer of DNS and a route that was written come one by one. */
const SOON_MS = 200;
const PAUSE_MS = 1_000;

/** A status that could not be written is not written again before. */
const AFTER_FAILURE_MS = 30_000;

/** After the first plan thousands are looked at; everything else must not wait for it. */
const SLICE_MS = 5;

/** A status that was written and not seen yet. */
interface Sent {
  readonly uid: string;
  readonly status: EdgeClusterStatus;
  /** What the watch will show, at least; absent while there is no answer. */
  readonly version?: string;
}

export function reportToEdgeClusters(options: EdgeClusterReportsOptions): EdgeClusterReports {
  const { kube, clock, instance, onTrouble, known, keysOf } = options;
  const events = createEvents({ kube, clock, controller: CONTROLLER, instance, onTrouble });
  /** By cluster: what the last plan said. */
  const reports = new Map<string, ClusterReport>();
  /** Objects that have changed since the last plan. */
  const changed = new Set<string>();
  /** The generations that the last plan has seen. */
  const generations = new Map<string, unknown>();
  const toLookAt = new Set<string>();
  /** What is looked at in a moment. */
  const waiting = new Map<string, Cancel>();
  /** When the status was sent last. */
  const sentAt = new Map<string, number>();
  const running = new Map<string, Promise<void>>();
  const sent = new Map<string, Sent>();
  const failed = new Map<string, Cancel>();
  /** Findings that were told. */
  const told = new Map<string, ReadonlySet<string>>();
  let isBreathing = false;
  let isStopped = false;

  const lookSoon = (key: string): void => {
    if (toLookAt.has(key) || waiting.has(key)) return;
    const rest = (sentAt.get(key) ?? Number.NEGATIVE_INFINITY) + PAUSE_MS - clock.now();
    const cancel = clock.after(Math.max(SOON_MS, rest), () => {
      waiting.delete(key);
      toLookAt.add(key);
      pump();
    });
    waiting.set(key, cancel);
  };
  const tellEvents = (key: string, object: StoredObject, { findings }: ClusterReport): void => {
    const before = told.get(key) ?? new Set();
    const bad = findings.filter(({ severity }) => severity !== 'info');
    for (const { code, message } of bad) {
      if (before.has(`${code} ${message}`)) continue;
      events.tell({ regarding: object, type: 'Warning', action: 'Plan', reason: code, note: message });
    }
    if (bad.length === 0) told.delete(key);
    else told.set(key, new Set(bad.map(({ code, message }) => `${code} ${message}`)));
  };
  const look = (key: string): void => {
    const { object, cluster } = known(key) ?? {};
    const report = cluster === undefined ? undefined : reports.get(cluster.id);
    if (object === undefined || cluster === undefined || report === undefined) return;
    if (isPremature(object, report)) return;
    tellEvents(key, object, report);
    if (failed.has(key)) return;
    const generation = generations.get(key);
    const last = sent.get(key);
    const before = last?.uid === object.metadata.uid ? last.status : object.status;
    const status = edgeClusterStatus({
      cluster,
      status: report.status,
      findings: report.findings,
      ...(report.reachable === undefined ? {} : { reachable: report.reachable }),
      before,
      generation: typeof generation === 'number' ? generation : undefined,
      now: new Date(clock.wallTime()).toISOString(),
    });
    if (!sameData(before, status)) write(key, object, status);
  };
  const write = (key: string, object: StoredObject, status: EdgeClusterStatus): void => {
    const { uid } = object.metadata;
    sent.set(key, { uid, status });
    sentAt.set(key, clock.now());
    const work = apply(kube, object, status).then((answer) => {
      running.delete(key);
      if (answer.ok) {
        sent.set(key, { uid, status, version: answer.value.metadata.resourceVersion });
        forgetSeen(key);
      } else {
        sent.delete(key);
        onTrouble(answer.failure);
        if (!isStopped && known(key) !== undefined) tryLater(key);
      }
      pump();
    });
    running.set(key, work);
  };
  const tryLater = (key: string): void => {
    const cancel = clock.after(AFTER_FAILURE_MS, () => {
      failed.delete(key);
      toLookAt.add(key);
      pump();
    });
    failed.set(key, cancel);
  };
  /** What the watch has shown is not waited for. */
  const forgetSeen = (key: string): void => {
    const { uid, version } = sent.get(key) ?? {};
    const metadata = known(key)?.object.metadata;
    if (uid !== undefined && metadata?.uid !== uid) sent.delete(key);
    else if (version !== undefined && isSeen(metadata?.resourceVersion, version)) sent.delete(key);
  };
  const forget = (key: string): void => {
    for (const each of [failed, waiting]) each.get(key)?.();
    for (const each of [failed, waiting, generations, sent, sentAt, told]) each.delete(key);
  };
  const pump = (): void => {
    if (isStopped || isBreathing) return;
    const begun = clock.now();
    for (const key of toLookAt) {
      if (running.size >= MAX_RUNNING) return;
      if (clock.now() - begun >= SLICE_MS) {
        isBreathing = true;
        breathe(() => {
          isBreathing = false;
          pump();
        });
        return;
      }
      // What is being written is looked at again when that is done.
      if (running.has(key)) continue;
      toLookAt.delete(key);
      look(key);
    }
  };
  return {
    planned: (next, gone) => {
      for (const id of gone) reports.delete(id);
      for (const report of next) {
        const { id } = report.status;
        reports.set(id, report);
        for (const key of keysOf(id)) lookSoon(key);
      }
      for (const key of changed) {
        generations.set(key, known(key)?.object.metadata.generation);
        lookSoon(key);
      }
      changed.clear();
    },
    seen: (key) => {
      forgetSeen(key);
      if (known(key) === undefined) {
        forget(key);
        changed.delete(key);
        toLookAt.delete(key);
      } else changed.add(key);
    },
    isIdle: () => toLookAt.size === 0 && waiting.size === 0 && running.size === 0,
    stop: async () => {
      isStopped = true;
      for (const cancel of [...failed.values(), ...waiting.values()]) cancel();
      await Promise.all(running.values());
      await events.settled();
    },
  };
}

function apply(kube: Kube, { apiVersion, kind, metadata }: StoredObject, status: EdgeClusterStatus) {
  const { name, namespace, uid } = metadata;
  return kube.apply(
    EDGE_CLUSTERS,
    { apiVersion, kind, metadata: { name, uid, ...(namespace === undefined ? {} : { namespace }) }, status },
    { fieldManager: RUNTIME_FIELD_MANAGER, force: true, subresource: 'status' },
  );
}

function isSeen(observed: string | undefined, version: string): boolean {
  return observed === undefined || (compareVersions(observed, version) ?? 0) >= 0;
}
