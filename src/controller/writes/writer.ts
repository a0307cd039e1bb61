import { setImmediate as breathe } from 'node:timers';
import type { Cancel, Clock, Failure, Kube, Resource } from '../../kube/index.ts';
import type { Finding } from '../../planner/index.ts';
import { type Action, type ObjectReference, referenceKey } from '../../planner/world/index.ts';
import { sameData } from '../../planner/world/json.ts';
import { createFights } from './fights.ts';
import { createWrittenObjects, type Refusal, STALE_MS } from './objects.ts';
import { createPlanOrder, objectKey, type Waiting } from './plan-order.ts';
import { type Verdict, verdictOf } from './verdict.ts';

export interface WriterOptions {
  readonly kube: Pick<Kube, 'apply' | 'delete' | 'get'>;
  readonly clock: Clock;
  /** Where objects of a kind are, as discovery says; undefined: not served, so nothing of it is written. */
  readonly resourceOf: (object: Pick<ObjectReference, 'apiVersion' | 'kind'>) => Resource | undefined;
  /** Whether an action may take fields from other managers: only on objects that are ours alone. */
  readonly mayForce: (action: Action) => boolean;
  /** A write has ended, whatever came of it. */
  readonly onEnded: (action: Action, verdict: Verdict) => void;
  /** {@link Writer.isIdle} may be another one, though no write has ended. */
  readonly onState: () => void;
  /** A new plan is wanted, though nothing was observed: what was to wait has waited. */
  readonly onDue: () => void;
  /** 8 unless given: more is not faster against a real API server. */
  readonly maxInFlight?: number;
}

/** Carries out plans: in the order of `after`, each object once at a time, and never from an observation older than a write. */
export interface Writer {
  /** Taken before a plan is begun, and given with it: the plan has seen what was observed until then. */
  mark(): number;
  /** The newest plan. What has not begun of the one before is dropped. */
  run(actions: readonly Action[], mark: number): void;
  /**
   * A watch has shown an object at a version; undefined: that it is gone. Whether that is what this writer has done, or may be
   * what it is doing.
   */
  observed(reference: ObjectReference, version: string | undefined, generation?: number): boolean;
  /** Whether something is being written, or may be at once. */
  isWriting(): boolean;
  /** Actions of the newest plan that are not done. */
  left(): number;
  /** Whether nothing is being written and nothing waits for its turn or for a time. */
  isIdle(): boolean;
  refusals(): readonly Refusal[];
  /** Objects that somebody else changes back. */
  findings(): readonly Finding[];
  /** Begins nothing any more, and waits for what is on its way. */
  stop(): Promise<void>;
}

const MAX_IN_FLIGHT = 8;

/** So many actions are looked at before everything else has its turn. */
const MOST_LOOKED_AT = 1_024;

export function createWriter(options: WriterOptions): Writer {
  const { clock, onDue, maxInFlight = MAX_IN_FLIGHT } = options;
  const objects = createWrittenObjects();
  const running = new Set<Promise<void>>();
  const timers = new Set<Cancel>();
  /** Objects that the plan wants written and that only a plan which knows more may write. */
  const dropped = new Set<string>();
  /** By object: the last write that was done, as long as nothing else was seen and no plan has seen it. */
  const done = new Map<string, Done>();
  const fights = createFights();
  const order = createPlanOrder();
  let isBreathing = false;
  let later = 0;
  let planned = 0;
  let run = 0;
  let isStopped = false;

  const isWriting = (): boolean => running.size > 0 || !order.isEmpty();
  const after = (milliseconds: number, call: () => void): void => {
    const cancel = clock.after(milliseconds, () => {
      timers.delete(cancel);
      call();
    });
    timers.add(cancel);
  };
  const pump = (): void => {
    for (let looked = 0; !isStopped && running.size < maxInFlight; looked += 1) {
      const first = order.take();
      if (first !== undefined) consider(first);
      else if (looked >= MOST_LOOKED_AT) {
        breatheThenPump();
        return;
      } else if (!order.look()) return;
    }
  };
  const breatheThenPump = (): void => {
    if (isBreathing) return;
    isBreathing = true;
    breathe(() => {
      isBreathing = false;
      pump();
      options.onState();
    });
  };
  const consider = (one: Waiting): void => {
    const now = clock.now();
    const standing = objects.standing(one.key, one.content, planned, now);
    const rest = standing.kind === 'free' ? fights.waitsUntil(one, now) : undefined;
    if (rest !== undefined) wait(one, rest - now);
    else if (standing.kind === 'free') start(one);
    else if (standing.kind === 'unseen') {
      dropped.add(one.key);
      // A plan that was begun before the write was seen asks for it again: what comes after it need not wait for another plan.
      if (isSameWrite(done.get(one.key)?.action, one.action)) order.succeeded(one);
    } else if (standing.kind === 'refused') after(standing.until - now, onDue);
    else wait(one, standing.at - now);
  };
  const wait = (one: Waiting, milliseconds: number): void => {
    const own = run;
    later += 1;
    after(milliseconds, () => {
      later -= 1;
      if (own === run) order.again(one);
      pump();
    });
  };
  const start = (one: Waiting): void => {
    const [own, asOf] = [run, planned];
    objects.begun(one.key);
    done.delete(one.key);
    const work: Promise<void> = send(one, asOf).then((verdict) => {
      running.delete(work);
      objects.ended(one.key, one.content, asOf, verdict, clock.now());
      if (verdict.kind === 'done') noteDone(one, verdict.version);
      if (verdict.kind === 'stale') after(STALE_MS, () => planAgain(one.key));
      if (own === run && verdict.kind === 'busy') order.again(one);
      else if (verdict.kind === 'unclear' || dropped.delete(one.key)) planAgain(one.key);
      pump();
      options.onEnded(one.action, verdict);
    });
    running.add(work);
  };
  /** Looks first at what somebody else writes too. */
  const send = async (one: Waiting, asOf: number): Promise<Verdict> => {
    const generation = objects.starved(one.key, asOf);
    const isStarved = generation !== undefined && saysAllInSpec(one.action);
    if (!isStarved && !fights.isSuspect(one.key)) return write(one.action, options);
    const resource = options.resourceOf(one.action.object);
    if (resource === undefined) return write(one.action, options);
    const live = await options.kube.get(resource, one.action.object.metadata);
    if (!live.ok) return verdictOf(live);
    fights.found(one.key, live.value);
    if (!isStarved) return write(one.action, options);
    const { uid, resourceVersion: _, ...precondition } = one.action.precondition;
    const isAsSeen = live.value?.metadata.uid === uid && live.value?.metadata.generation === generation;
    if (!isAsSeen) return { kind: 'stale' };
    return write({ ...one.action, precondition: { ...precondition, ...(uid && { uid }) } }, options);
  };
  const noteDone = (one: Waiting, version: string | undefined): void => {
    done.set(one.key, { action: one.action, version });
    fights.done(one, clock.now());
    const again = order.find(one.action.id);
    if (again !== undefined && isSameWrite(again.action, one.action)) order.succeeded(again);
  };
  /** Asks for a plan when the object may be written; one that waits for an observation gets it with that. */
  const planAgain = (key: string): void => {
    const now = clock.now();
    const standing = objects.standing(key, () => '', objects.mark(), now);
    if (standing.kind === 'free') onDue();
    else if (standing.kind === 'later') after(standing.at - now, onDue);
  };

  return {
    mark: objects.mark,
    run: (actions, mark) => {
      run += 1;
      planned = mark;
      dropped.clear();
      for (const key of [...done.keys()]) {
        if (objects.standing(key, () => '', planned, clock.now()).kind !== 'unseen') done.delete(key);
      }
      order.begin(actions);
      let keys: ReadonlySet<string> | undefined;
      objects.keep((key) => {
        keys ??= new Set(actions.map(objectKey));
        return keys.has(key);
      });
      pump();
    },
    observed: (reference, version, generation) => {
      const key = referenceKey(reference);
      const last = done.get(key);
      const isDone = last !== undefined && version === last.version;
      if (!isDone) done.delete(key);
      objects.observed(key, version, generation);
      return isDone || objects.isInFlight(key);
    },
    isWriting,
    left: order.left,
    isIdle: () => !isWriting() && later === 0,
    refusals: objects.refusals,
    findings: () => fights.findings(clock.now()),
    stop: async () => {
      isStopped = true;
      for (const cancel of timers) cancel();
      timers.clear();
      await Promise.all(running);
    },
  };
}

interface Done {
  readonly action: Action;
  /** What the watch will show; a deletion has none. */
  readonly version: string | undefined;
}

/**
 * Kinds whose generation tells whether what a write carries forward is still so: it stands in their spec, and their status has other
 * writers. Certificates carry their orders in annotations.
 */
const BY_GENERATION = new Set(['Gateway', 'ListenerSet', 'HTTPRoute', 'TLSRoute', 'RoutePlan']);

function saysAllInSpec({ verb, object: { kind }, precondition }: Action): boolean {
  return verb === 'apply' && precondition.resourceVersion !== undefined && BY_GENERATION.has(kind);
}

function isSameWrite(one: Action | undefined, other: Action): boolean {
  if (one === other) return true;
  if (one?.id !== other.id || one.verb !== other.verb) return false;
  return sameData([one.object, one.precondition], [other.object, other.precondition]);
}

async function write(action: Action, { kube, resourceOf, mayForce }: WriterOptions): Promise<Verdict> {
  const { verb, object, fieldManager, precondition } = action;
  const resource = resourceOf(object);
  if (resource === undefined) return { kind: 'refused', failure: notServed(action) };
  const { uid } = precondition;
  if (verb === 'apply') {
    const guarded = { ...object, metadata: { ...object.metadata, ...precondition } };
    return verdictOf(await kube.apply(resource, guarded, { fieldManager, force: mayForce(action) }));
  }
  const { namespace, name } = object.metadata;
  // A deletion that does not say of which object is never sent.
  if (uid === undefined) return { kind: 'stale' };
  const place = { name, ...(namespace === undefined ? {} : { namespace }) };
  return verdictOf(
    await kube.delete(resource, place, { ...precondition, uid, propagationPolicy: 'Background' }),
  );
}

function notServed({ object: { apiVersion, kind } }: Action): Failure {
  return {
    kind: 'status',
    at: `${apiVersion} ${kind}`,
    code: 404,
    reason: 'NotServed',
    message: 'expected the API server to serve it, found that it does not',
    hint: 'install its resource definition',
  };
}
