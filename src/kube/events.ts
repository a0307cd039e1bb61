import type { Clock } from './clock.ts';
import type { Kube } from './connection.ts';
import type { Failure } from './failure.ts';
import { microTime } from './lease/record.ts';
import type { KubeObject, Place } from './object.ts';

const EVENTS = { group: 'events.k8s.io', version: 'v1', plural: 'events' };

/** What is told about an object. */
export interface ObjectEvent {
  readonly regarding: KubeObject;
  readonly type: 'Normal' | 'Warning';
  /** What was done, such as `Apply`. */
  readonly action: string;
  /** Why, in one word, such as `BackendChanged`. */
  readonly reason: string;
  /** At most 1,000 characters are kept. */
  readonly note: string;
}

export interface EventsOptions {
  readonly kube: Kube;
  readonly clock: Clock;
  /** Which program tells it, such as `example.com/edge`. */
  readonly controller: string;
  /** Which of its processes. */
  readonly instance: string;
  readonly onTrouble?: (failure: Failure) => void;
}

export interface Events {
  /** Tells it once; what was told already is counted, and the count is written at most every five minutes. Never waits. */
  tell(event: ObjectEvent): void;
  /** Waits for what is being written. */
  settled(): Promise<void>;
}

/** Said again within so long, it is the same event once more. */
const SAME_MS = 60 * 60_000;
const COUNT_MS = 5 * 60_000;

/** Most events that are remembered, and most of one object in a row before the rest has to wait: as client-go. */
const MAX_KNOWN = 4_096;
const BURST = 25;
const REFILL_MS = 5 * 60_000;

const MAX_NOTE = 1_000;

interface Told {
  readonly place: Place & { readonly name: string };
  readonly at: number;
  readonly count: number;
  readonly writtenAt: number;
}

/** Events about objects, deduplicated. They are best effort: a failure is told and nothing waits for it. */
export function createEvents({ kube, clock, controller, instance, onTrouble }: EventsOptions): Events {
  const told = new Map<string, Told>();
  const budgets = new Map<string, { readonly left: number; readonly at: number }>();
  const running = new Set<Promise<void>>();
  let number = 0;

  const mayTell = (object: string): boolean => {
    const now = clock.now();
    const { left, at } = budgets.get(object) ?? { left: BURST, at: now };
    const refilled = Math.min(BURST, left + Math.floor((now - at) / REFILL_MS));
    const since = refilled === left ? at : now;
    if (refilled < 1) return false;
    remember(budgets, object, { left: refilled - 1, at: since });
    return true;
  };
  const start = (work: Promise<{ readonly ok: boolean; readonly failure?: Failure }>): void => {
    const done = work.then(({ failure }) => {
      if (failure !== undefined) onTrouble?.(failure);
    });
    running.add(done);
    void done.finally(() => running.delete(done));
  };
  const first = (event: ObjectEvent, key: string): void => {
    const { regarding } = event;
    if (!mayTell(regarding.metadata.uid ?? regarding.metadata.name)) return;
    const { name, namespace = 'default' } = regarding.metadata;
    number += 1;
    const suffix = `${clock.wallTime().toString(16)}${number.toString(16)}`;
    const place = { namespace, name: `${name.slice(0, 200)}.${suffix}` };
    const now = clock.now();
    remember(told, key, { place, at: now, count: 1, writtenAt: now });
    start(
      kube.create(
        EVENTS,
        manifestOf(event, place, { controller, instance, time: microTime(clock.wallTime()) }),
      ),
    );
  };

  return {
    tell: (event) => {
      const key = keyOf(event);
      const before = told.get(key);
      const now = clock.now();
      if (before === undefined || now - before.at > SAME_MS) return first(event, key);
      const count = before.count + 1;
      const isDue = now - before.writtenAt >= COUNT_MS || count === 2;
      remember(told, key, { ...before, at: now, count, writtenAt: isDue ? now : before.writtenAt });
      if (!isDue) return;
      const series = { count, lastObservedTime: microTime(clock.wallTime()) };
      start(kube.merge(EVENTS, before.place, { series }));
    },
    settled: async () => {
      await Promise.all(running);
    },
  };
}

function keyOf({ regarding, type, action, reason, note }: ObjectEvent): string {
  const { uid = '', namespace = '', name } = regarding.metadata;
  return JSON.stringify([regarding.kind, namespace, name, uid, type, action, reason, note]);
}

/** Keeps the newest: what was not asked for longest goes first. */
function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MAX_KNOWN && oldest !== undefined) map.delete(oldest);
}

function manifestOf(
  { regarding, type, action, reason, note }: ObjectEvent,
  place: { readonly namespace: string; readonly name: string },
  {
    controller,
    instance,
    time,
  }: { readonly controller: string; readonly instance: string; readonly time: string },
): KubeObject {
  const { apiVersion, kind, metadata } = regarding;
  const { name, namespace, uid, resourceVersion } = metadata;
  return {
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: place,
    type,
    action,
    reason,
    note: note.slice(0, MAX_NOTE),
    eventTime: time,
    reportingController: controller,
    reportingInstance: instance.slice(0, 128),
    regarding: {
      apiVersion,
      kind,
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(uid === undefined ? {} : { uid }),
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
    },
  };
}
