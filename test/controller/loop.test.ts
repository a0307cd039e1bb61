import { describe, expect, test } from 'vitest';
import { createLoop } from '../../src/controller/loop/loop.ts';
import type { Planned } from '../../src/planner/index.ts';
import type { Change } from '../../src/planner/world/index.ts';
import { fakeClock } from '../kube/support/fake-clock.ts';

const CHANGE: Change = { of: 'routes', routes: null };
const NOTHING: Planned = {
  actions: [],
  findings: [],
  nextCheckAt: null,
  status: {
    clusters: [],
    shared: {
      listeners: { onGateway: 0, inListenerSets: 0, freeOnGateway: 0 },
      certificates: [],
      orders: {},
    },
  },
};

/** A loop over a planner that plans as a test says. */
function bench(slicesOf: () => Generator<undefined, Planned, undefined>) {
  const clock = fakeClock();
  const begun: number[] = [];
  const faults: unknown[] = [];
  const done: number[] = [];
  const quiet: boolean[] = [];
  const box = { ready: true, writing: false, seen: 0, marks: 0 };
  const loop = createLoop({
    planner: {
      observe: () => {
        box.seen += 1;
      },
      slices: () => {
        begun.push(clock.now());
        return slicesOf();
      },
    },
    clock,
    isReady: () => box.ready,
    isWriting: () => box.writing,
    mark: () => {
      box.marks += 1;
      return box.marks;
    },
    onPlanned: (_, mark) => done.push(mark),
    onQuiet: () => quiet.push(loop.isQuiet()),
    onFault: (error) => faults.push(error),
  });
  return { clock, loop, begun, faults, done, quiet, box };
}

function* at(nextCheckAt: string | null): Generator<undefined, Planned, undefined> {
  yield;
  return { ...NOTHING, nextCheckAt };
}

describe('the loop', () => {
  test('plans once for a burst, 10 ms after its last change', async () => {
    const { clock, loop, begun, quiet, box } = bench(() => at(null));
    const start = clock.now();
    for (let change = 0; change < 3; change += 1) {
      loop.tell(CHANGE);
      await clock.advance(5);
    }
    await clock.advance(100);
    expect(begun).toEqual([start + 20]);
    expect(box.seen).toBe(3);
    expect(quiet, 'said when it is so').toEqual([true]);
  });

  test('does not wait for a burst without an end: 50 ms after its first change it plans', async () => {
    const { clock, loop, begun } = bench(() => at(null));
    const start = clock.now();
    for (let change = 0; change < 30; change += 1) {
      loop.tell(CHANGE);
      await clock.advance(5);
    }
    expect(begun[0]).toBe(start + 50);
    expect(begun.length).toBeGreaterThan(1);
  });

  test('takes a fifth of the time when plans take long and changes never end', async () => {
    const made = bench(function* () {
      made.clock.pass(20);
      yield;
      return NOTHING;
    });
    const { clock, loop, begun } = made;
    for (let change = 0; change < 200; change += 1) {
      loop.tell(CHANGE);
      await clock.advance(5);
    }
    const between = begun.slice(1).map((time, index) => time - (begun[index] ?? 0));
    expect(Math.min(...between)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...between)).toBeLessThanOrEqual(110);
  });

  describe('of what was written by this process itself', () => {
    test('plans at once when nothing more is written', async () => {
      const { clock, loop, begun } = bench(() => at(null));
      const start = clock.now();
      loop.tellEcho(CHANGE);
      await clock.advance(100);
      expect(begun).toEqual([start + 10]);
    });

    test('plans half a second later while there is more to write, and once the last is written', async () => {
      const { clock, loop, begun, box } = bench(() => at(null));
      const start = clock.now();
      box.writing = true;
      for (let echo = 0; echo < 100; echo += 1) {
        loop.tellEcho(CHANGE);
        await clock.advance(7);
      }
      expect(begun).toEqual([start + 500]);
      box.writing = false;
      loop.written();
      await clock.advance(1);
      expect(begun).toHaveLength(2);
      loop.written();
      await clock.advance(1_000);
      expect(begun, 'nothing has come since').toHaveLength(2);
      expect(box.seen).toBe(100);
    });

    test('plans with what others have changed, as soon as that is planned', async () => {
      const { clock, loop, begun, box } = bench(() => at(null));
      box.writing = true;
      loop.tellEcho(CHANGE);
      await clock.advance(100);
      const start = clock.now();
      loop.tell(CHANGE);
      await clock.advance(400);
      expect(begun).toEqual([start + 10]);
    });

    test('plans what came while a plan was made that left nothing to write', async () => {
      const made = bench(function* () {
        made.loop.tellEcho(CHANGE);
        yield;
        return NOTHING;
      });
      made.box.writing = true;
      made.loop.tell(CHANGE);
      await made.clock.advance(11);
      made.box.writing = false;
      made.loop.written();
      await made.clock.advance(20);
      expect(made.begun.length).toBeGreaterThan(1);
    });
  });

  test('keeps what comes until enough is known, and then plans it', async () => {
    const { clock, loop, begun, box } = bench(() => at(null));
    box.ready = false;
    loop.tell(CHANGE);
    await clock.advance(1_000);
    expect(begun).toEqual([]);
    expect(loop.isQuiet()).toBe(false);
    box.ready = true;
    loop.due();
    await clock.advance(20);
    expect(begun).toHaveLength(1);
  });

  test('plans again when the planner said that time alone would change the plan, and not before', async () => {
    const times = [10_000, null];
    const { clock, loop, begun } = bench(() => {
      const next = times.shift() ?? null;
      return at(next === null ? null : new Date(clock.wallTime() + next).toISOString());
    });
    loop.due();
    await clock.advance(9_000);
    expect(begun).toHaveLength(1);
    await clock.advance(2_000);
    expect(begun).toHaveLength(2);
    await clock.advance(100_000);
    expect(begun).toHaveLength(2);
  });

  test('goes on after a planner that failed, and says so', async () => {
    let isFirst = true;
    const { clock, loop, faults, done } = bench(() => {
      if (!isFirst) return at(null);
      isFirst = false;
      throw new Error('a mistake');
    });
    loop.tell(CHANGE);
    await clock.advance(100);
    expect(faults).toHaveLength(1);
    await clock.advance(6_000);
    expect(done).toHaveLength(1);
  });

  test('one plan at a time: what comes meanwhile is in the next one', async () => {
    const gate = Promise.withResolvers<void>();
    let isOpen = false;
    void gate.promise.then(() => {
      isOpen = true;
    });
    const made = bench(function* () {
      while (!isOpen) {
        // A slice that takes its time.
        void made.clock.advance(0);
        yield;
      }
      return NOTHING;
    });
    made.loop.tell(CHANGE);
    const running = made.clock.advance(10);
    gate.resolve();
    await running;
    made.loop.tell(CHANGE);
    await made.clock.advance(1_000);
    expect(made.done).toEqual([1, 2]);
  });

  test('stops within a plan, and carries it out no more', async () => {
    const { clock, loop, done } = bench(function* () {
      for (let slice = 0; slice < 5; slice += 1) yield;
      return NOTHING;
    });
    loop.tell(CHANGE);
    await loop.stop();
    await clock.advance(1_000);
    loop.tell(CHANGE);
    await clock.advance(1_000);
    expect(done).toEqual([]);
  });
});
