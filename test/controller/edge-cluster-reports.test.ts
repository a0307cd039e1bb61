import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { edgeClusterInventory } from '../../src/controller/inventory/edge-cluster-inventory.ts';
import { edgeClusterStatus } from '../../src/controller/inventory/edge-cluster-status.ts';
import { comparePlans } from '../../src/controller/loop/planned-changes.ts';
import type { Change, Kube, Result, StoredObject, WatchHandler } from '../../src/kube/index.ts';
import type { ClusterStatus, EdgeClusterInput, Finding } from '../../src/planner/index.ts';
import { fakeClock } from '../kube/support/fake-clock.ts';
import { edgeClusterOf } from '../support/edge-clusters.ts';
import { cluster } from '../support/worlds.ts';

const SHARED = {
  listeners: { onGateway: 0, inListenerSets: 0, freeOnGateway: 0 },
  certificates: [],
  orders: {},
};

/** EdgeClusters on a host whose watch and whose answers come when a test says so. */
function bench() {
  const clock = fakeClock();
  const stored = new Map<string, StoredObject>();
  const events: Change[] = [];
  const writes: string[] = [];
  const troubles: unknown[] = [];
  const box = { version: 0, failures: 0, isComplete: false };
  let handler: WatchHandler | undefined;
  let clusters: readonly EdgeClusterInput[] = [];
  const statuses = new Map<string, ClusterStatus>();
  let findings: readonly Finding[] = [];
  const plans = comparePlans();

  const store = (key: string, object: Omit<StoredObject, 'metadata'>, metadata: object): StoredObject => {
    box.version += 1;
    const before = stored.get(key);
    const next = {
      ...object,
      metadata: { ...before?.metadata, ...metadata, resourceVersion: String(box.version) },
    } as StoredObject; // its parts are those of one
    stored.set(key, next);
    events.push({ kind: before === undefined ? 'added' : 'changed', object: next });
    return next;
  };
  const apply = async (
    _: unknown,
    object: {
      readonly metadata: { readonly name: string; readonly namespace?: string; readonly uid?: string };
    },
  ): Promise<Result<StoredObject>> => {
    const key = `${object.metadata.namespace}/${object.metadata.name}`;
    await new Promise<void>((resolve) => clock.after(3, resolve));
    const before = stored.get(key);
    const failure = { kind: 'status', at: key, message: 'expected success', hint: '', code: 500 } as const;
    if (box.failures > 0 || before === undefined || before.metadata.uid !== object.metadata.uid) {
      box.failures = Math.max(0, box.failures - 1);
      return { ok: false, failure };
    }
    writes.push(key);
    const { status } = object as { readonly status?: unknown };
    return { ok: true, value: store(key, { ...before, status }, {}) };
  };
  const kube = {
    apply,
    create: async () => ({ ok: true, value: stored.values().next().value }),
    merge: async () => ({ ok: true, value: stored.values().next().value }),
  } as unknown as Kube; // all that is asked of it
  const inventory = edgeClusterInventory({
    clock,
    instance: 'test',
    onTrouble: (failure) => troubles.push(failure),
  });
  inventory.start(
    (snapshot) => {
      clusters = snapshot.inventory.clusters;
    },
    {
      observer: {
        watch: (_, heard) => {
          handler = heard;
          return { health: () => ({ complete: true }), stop: async () => undefined };
        },
      },
      writer: kube,
    },
  );
  const keyAt = (index: number): string => `vc-${index}/a`;
  return {
    clock,
    writes,
    troubles,
    stored,
    inventory,
    fail: () => {
      box.failures += 1;
    },
    put: (index: number, more: Partial<EdgeClusterInput> = {}) => {
      const object = edgeClusterOf({ ...cluster(index), ...more });
      const before = stored.get(keyAt(index));
      store(
        keyAt(index),
        { ...object, ...(before === undefined ? {} : { status: before.status }) },
        {
          ...object.metadata,
          uid: before?.metadata.uid ?? `uid-${box.version}`,
          generation: Number(before?.metadata.generation ?? 0) + 1,
        },
      );
    },
    overwrite: (index: number) => {
      const before = stored.get(keyAt(index));
      if (before !== undefined) store(keyAt(index), { ...before, status: { hostnamesReady: 'none' } }, {});
    },
    remove: (index: number) => {
      const before = stored.get(keyAt(index));
      if (before === undefined) return;
      stored.delete(keyAt(index));
      events.push({ kind: 'removed', key: keyAt(index), uid: before.metadata.uid });
    },
    deliver: (count = events.length) => {
      const some = events.splice(0, count);
      if (some.length > 0) handler?.onChanges(some);
    },
    /** A plan that says another thing of some clusters, and has a finding about others. */
    plan: (moved: readonly number[] = [], spokenOf: readonly number[] = []) => {
      const ids = new Set(clusters.map(({ id }) => id));
      for (const id of statuses.keys()) if (!ids.has(id)) statuses.delete(id);
      for (const id of ids) {
        const number = Number(id.slice(2));
        const before = statuses.get(id);
        if (before !== undefined && !moved.includes(number)) continue;
        const phase = before?.controlPlane?.phase === 'ready' ? 'pending' : 'ready';
        statuses.set(id, {
          id,
          controlPlane: { hostname: `c${number}.cp.example.com`, phase, reason: 'Accepted' },
          hostnames: [],
        });
      }
      findings = [
        ...findings.filter(({ cluster: id }) => !spokenOf.includes(Number(id?.slice(2)))),
        ...spokenOf.map((index): Finding => {
          return {
            code: 'NoBackends',
            severity: 'warning',
            cluster: `c-${index}`,
            message: `as of ${box.version}`,
          };
        }),
      ];
      const { reports, gone } = plans.next({
        status: { clusters: [...statuses.values()], shared: SHARED },
        findings,
      });
      inventory.report?.(reports, gone);
    },
    /** Objects whose status a look at everything would write. */
    wrong: () =>
      [...stored].flatMap(([key, object]) => {
        const entry = clusters.find(({ namespace }) => `${namespace}/a` === key);
        const status = entry === undefined ? undefined : statuses.get(entry.id);
        if (entry === undefined || status === undefined) return [key];
        const wanted = edgeClusterStatus({
          cluster: entry,
          status,
          findings: findings.filter(({ cluster: id }) => id === entry.id),
          before: object.status,
          generation: Number(object.metadata.generation),
          now: new Date(clock.wallTime()).toISOString(),
        });
        return JSON.stringify(wanted) === JSON.stringify(object.status) ? [] : [key];
      }),
  };
}

const INDEX = fc.integer({ min: 1, max: 5 });
const STEP = fc.oneof(
  fc.record({ do: fc.constant('put' as const), index: INDEX, suspended: fc.boolean() }),
  fc.record({ do: fc.constantFrom('overwrite' as const, 'remove' as const), index: INDEX }),
  fc.record({ do: fc.constant('plan' as const), moved: fc.array(INDEX), spokenOf: fc.array(INDEX) }),
  fc.record({ do: fc.constant('deliver' as const), count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ do: fc.constant('fail' as const) }),
  fc.record({ do: fc.constant('wait' as const), milliseconds: fc.constantFrom(1, 5, 100, 31_000) }),
);

type Step = typeof STEP extends fc.Arbitrary<infer T> ? T : never;

describe('the status of EdgeClusters', () => {
  test('is what a look at all of them would write, whatever changed, failed or came late; and then nothing is written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(STEP, { maxLength: 12 }), { maxLength: 4 }), async (histories) => {
        const made = bench();
        const { clock } = made;
        const take = async (step: Step): Promise<void> => {
          if (step.do === 'put') made.put(step.index, { suspended: step.suspended });
          else if (step.do === 'overwrite') made.overwrite(step.index);
          else if (step.do === 'remove') made.remove(step.index);
          else if (step.do === 'plan') made.plan(step.moved, step.spokenOf);
          else if (step.do === 'deliver') made.deliver(step.count);
          else if (step.do === 'fail') made.fail();
          else if (step.do === 'wait') await clock.advance(step.milliseconds);
        };
        for (const steps of histories) {
          for (const step of steps) await take(step);
          // What fails at the end is tried again by itself: nothing more is planned than what has changed.
          for (let round = 0; round < 8; round += 1) {
            made.deliver();
            made.plan();
            await clock.advance(31_000);
          }
          expect(made.wrong()).toEqual([]);
        }
        const before = made.writes.length;
        made.deliver();
        made.plan();
        await clock.advance(100_000);
        expect(made.writes.length).toBe(before);
        await made.inventory.stop();
      }),
      { numRuns: 150 },
    );
  });

  test('is written once for each change, though plans go on before the watch shows it', async () => {
    const made = bench();
    for (const index of [1, 2, 3]) made.put(index);
    made.deliver();
    for (let plan = 0; plan < 5; plan += 1) {
      made.plan();
      await made.clock.advance(60);
    }
    expect(made.writes.toSorted()).toEqual(['vc-1/a', 'vc-2/a', 'vc-3/a']);
    made.deliver();
    made.plan([2]);
    await made.clock.advance(2_000);
    expect(made.writes.slice(3)).toEqual(['vc-2/a']);
  });

  test('is written once for what is said of a cluster in a moment, and then at most once in a second', async () => {
    const made = bench();
    made.put(1);
    made.deliver();
    for (let plan = 0; plan < 4; plan += 1) {
      made.plan([], [1]);
      await made.clock.advance(40);
    }
    expect([made.writes.length, made.inventory.isIdle?.()]).toEqual([0, false]);
    await made.clock.advance(100);
    expect(made.writes).toEqual(['vc-1/a']);
    for (let plan = 0; plan < 9; plan += 1) {
      made.plan([1]);
      await made.clock.advance(100);
    }
    expect(made.writes).toHaveLength(1);
    await made.clock.advance(300);
    expect(made.writes).toHaveLength(2);
    made.deliver();
    made.plan();
    await made.clock.advance(5_000);
    expect([made.writes.length, made.inventory.isIdle?.()]).toEqual([2, true]);
  });

  test('that could not be written is written half a minute later, without a plan', async () => {
    const made = bench();
    made.put(1);
    made.deliver();
    made.fail();
    made.plan();
    await made.clock.advance(29_000);
    expect([made.writes, made.troubles.length]).toEqual([[], 1]);
    await made.clock.advance(2_000);
    expect(made.writes).toEqual(['vc-1/a']);
  });

  test('speaks of the generation that the plan has seen, not of a newer one', async () => {
    const made = bench();
    made.put(1);
    made.deliver();
    made.fail();
    made.plan();
    await made.clock.advance(300);
    made.put(1, { suspended: true });
    made.deliver();
    await made.clock.advance(31_000);
    expect(made.stored.get('vc-1/a')?.status).toMatchObject({ observedGeneration: 1 });
    made.deliver();
    made.plan();
    await made.clock.advance(2_000);
    expect(made.stored.get('vc-1/a')?.status).toMatchObject({ observedGeneration: 2 });
  });
});
