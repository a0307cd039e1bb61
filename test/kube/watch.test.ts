import { describe, expect, test } from 'vitest';
import { watching } from './support/watching.ts';

const MINUTE = 60_000;

describe.each([
  ['streamed', true],
  ['paged', false],
])('a watch whose lists are %s', (_, streamsLists) => {
  test('tells what is there at once, then what happens', async () => {
    const { clock, server, seen, start } = watching({ streamsLists });
    for (const name of ['a', 'b', 'c', 'd', 'e']) server.store.put(name);
    start();
    await clock.settle();
    expect(seen.log).toEqual(['added a', 'added b', 'added c', 'added d', 'added e']);
    expect(seen.healths).toEqual([{ complete: true }]);
    server.store.put('a');
    server.store.remove('b');
    await clock.settle();
    expect(seen.log.slice(5)).toEqual(['changed a', 'removed b']);
    expect(seen.state()).toEqual(server.store.state());
  });

  test('goes on after a 500, and says so until it has', async () => {
    const { clock, server, seen, start } = watching({ streamsLists });
    server.store.put('a');
    server.fail({ on: 'request', kind: 'status', code: 500 });
    start();
    await clock.settle();
    expect(seen.healths.at(-1)).toMatchObject({ complete: false, failing: { code: 500 } });
    await clock.advance(1_300);
    expect(seen.healths.at(-1)).toEqual({ complete: true });
    expect(seen.log).toEqual(['added a']);
  });

  test('waits after a 429 as told, and keeps its place', async () => {
    const { clock, server, seen, start } = watching({ streamsLists });
    server.store.put('a');
    start();
    await clock.settle();
    server.fail({ on: 'request', kind: 'status', code: 429, retryAfter: 7 });
    server.restart();
    await clock.advance(2_000); // The check after the reset is what meets the 429.
    const asked = server.asked.length;
    server.store.put('b');
    await clock.advance(5_900);
    expect(server.asked.length).toBe(asked);
    await clock.advance(1_500);
    expect(server.asked.slice(asked)).toEqual(['watch@101']);
    expect(seen.log).toEqual(['added a', 'added b']);
  });

  test('starts anew when its version has expired', async () => {
    const { clock, server, seen, start } = watching({ streamsLists });
    server.store.put('a');
    start();
    await clock.settle();
    server.restart();
    server.store.put('b');
    server.store.remove('a');
    server.store.compact();
    await clock.advance(10_000);
    expect(seen.log).toEqual(['added a', 'removed a', 'added b']);
    expect(seen.wrong).toEqual([]);
  });

  test('sees that an object was deleted and made again while nobody watched', async () => {
    const { clock, server, seen, start } = watching({ streamsLists });
    server.store.put('a');
    start();
    await clock.settle();
    server.restart();
    server.store.remove('a');
    server.store.put('a');
    server.store.compact();
    await clock.advance(10_000);
    expect(seen.log).toEqual(['added a', 'removed a', 'added a']);
  });

  test('hears of a server that was restored to an older state, whose versions begin again', async () => {
    const { clock, server, seen, start } = watching({ streamsLists });
    server.store.put('kept');
    server.store.save();
    server.store.put('lost');
    server.store.put('lost');
    start();
    await clock.settle();
    server.store.restore();
    server.restart();
    server.store.put('new');
    await clock.advance(10_000);
    expect(seen.state()).toEqual(server.store.state());
    expect(Object.keys(seen.state())).toEqual(['kept', 'new']);
    server.store.put('newer');
    await clock.settle();
    expect(seen.log.at(-1)).toBe('added newer');
  });

  test('is silent on a quiet resource for 20 minutes: no change told, no gap, few requests', async () => {
    const { clock, server, seen, start } = watching({ streamsLists });
    server.store.put('a');
    start();
    await clock.settle();
    const before = server.asked.length;
    await clock.advance(20 * MINUTE);
    expect(server.asked.length - before).toBeLessThanOrEqual(10);
    expect(server.open()).toBe(1);
    expect(seen.log).toEqual(['added a']);
    expect(seen.healths).toEqual([{ complete: true }]);
  });

  test('opens nothing after stop, whatever it was doing', async () => {
    for (const moment of [0, 1, 500, 1_000, 1_300, 2_000, 7_000]) {
      const { clock, server, start } = watching({ streamsLists });
      server.fail({ on: 'request', kind: 'status', code: 500 }, { on: 'request', kind: 'refuse' });
      const watch = start();
      await clock.advance(moment);
      const asked = server.asked.length;
      await watch.stop();
      await clock.advance(20 * MINUTE);
      expect(server.asked.length).toBe(asked);
      expect([server.open(), clock.pending()]).toEqual([0, 0]);
    }
  });

  test('is not stopped by a handler that throws', async () => {
    const { clock, server, seen, start } = watching({ streamsLists });
    const faults: unknown[] = [];
    server.store.put('a');
    start({
      onChanges: (changes) => {
        seen.onChanges(changes);
        throw new Error('handler');
      },
      onFault: (error) => faults.push(error),
    });
    await clock.settle();
    server.store.put('b');
    await clock.settle();
    expect(seen.state()).toEqual(server.store.state());
    expect(faults).toHaveLength(2);
  });

  test('stops when a handler says so, and tells nothing more', async () => {
    const { clock, server, seen, start } = watching({ streamsLists });
    server.store.put('a');
    const watch = start({ onHealth: () => void watch.stop() });
    await clock.settle();
    server.store.put('b');
    await clock.advance(MINUTE);
    expect(seen.log).toEqual(['added a']);
    expect(server.asked).toEqual(streamsLists ? ['listStream'] : ['listStream', 'page']);
    expect([server.open(), clock.pending()]).toEqual([0, 0]);
  });

  test('tells nothing of a list with more objects than it takes, and asks again only after minutes', async () => {
    const { clock, server, seen, start } = watching({ streamsLists, limits: { maxObjects: 4 } });
    for (const name of ['a', 'b', 'c', 'd', 'e']) server.store.put(name);
    start();
    await clock.settle();
    const asked = server.asked.length;
    await clock.advance(5 * MINUTE);
    expect(server.asked.length).toBe(asked);
    expect(seen.log).toEqual([]);
    expect(seen.healths.at(-1)).toMatchObject({ complete: false, failing: { kind: 'tooLarge' } });
    server.store.remove('e');
    await clock.advance(10 * MINUTE);
    expect(seen.state()).toEqual(server.store.state());
  });
});

test('a watch asks a server that never answers again, after a deadline', async () => {
  const { clock, server, seen, start } = watching();
  server.store.put('a');
  server.fail({ on: 'request', kind: 'hang' });
  start();
  await clock.advance(59_000);
  expect(seen.log).toEqual([]);
  await clock.advance(4_000);
  expect(seen.log).toEqual(['added a']);
});

test('a watch that hears nothing for minutes asks whether the server is still there', async () => {
  const { clock, server, seen, start } = watching();
  server.store.put('a');
  start();
  await clock.settle();
  server.freeze();
  server.store.put('b');
  await clock.advance(4 * MINUTE + 1_000);
  expect(seen.log).toEqual(['added a', 'added b']);
});

test('a watch lists everything anew after an hour, in case an event was lost', async () => {
  const { clock, server, seen, start } = watching();
  server.store.put('a');
  start();
  await clock.settle();
  server.fail({ on: 'event', kind: 'lose' });
  server.store.put('a');
  server.store.put('b');
  await clock.advance(40 * MINUTE);
  expect(seen.log).toEqual(['added a', 'added b']);
  await clock.advance(30 * MINUTE);
  expect(seen.state()).toEqual(server.store.state());
});

test('an event that does not fit shows that one before it was lost', async () => {
  const { clock, server, seen, start } = watching();
  start();
  await clock.settle();
  server.fail({ on: 'event', kind: 'lose' });
  server.store.put('a');
  server.store.put('b');
  server.store.put('a'); // a change of what nobody has heard of
  await clock.advance(3_000);
  expect(server.asked.filter((each) => each === 'listStream')).toHaveLength(2);
  expect(seen.state()).toEqual(server.store.state());
});

test('failures in a row are asked again ever more seldom, and health makes that forgotten', async () => {
  const { clock, server, start } = watching();
  server.fail(...Array.from({ length: 9 }, () => ({ on: 'request', kind: 'refuse' }) as const));
  start();
  const times: number[] = [];
  for (let step = 0; step < 2_000; step += 1) {
    const before = server.asked.length;
    await clock.advance(100);
    if (server.asked.length > before) times.push(clock.now());
  }
  const waits = times.slice(1).map((time, index) => Math.round((time - (times[index] ?? 0)) / 100) / 10);
  // 0.8 s doubled up to 30 s, each half as long again by this test's chance.
  const expected = [1.2, 2.4, 4.8, 9.6, 19.2, 38.4, 45, 45];
  for (const [index, wait] of expected.entries()) expect(waits[index]).toBeCloseTo(wait, -0.3);
  await clock.advance(5 * MINUTE);
  server.restart();
  const asked = server.asked.length;
  await clock.advance(1_300);
  expect(server.asked.length).toBeGreaterThan(asked);
});

test('a server that ends every watch at once is not asked in a loop', async () => {
  const { clock, server, start } = watching();
  server.store.put('a');
  start();
  await clock.settle();
  for (let second = 0; second < 60; second += 1) {
    server.endWatches();
    await clock.advance(100);
    server.endWatches();
    await clock.advance(900);
  }
  expect(server.asked.length).toBeLessThan(20);
});
