import { expect, test } from 'vitest';
import { createPace } from '../../src/kube/watch/pace.ts';
import { fakeClock } from './support/fake-clock.ts';

test('a stream may come in a burst of eight seconds’ worth, and then as fast as allowed', async () => {
  const clock = fakeClock();
  const pace = createPace(1_000, clock, new AbortController().signal);
  let read = 0;
  const reading = (async () => {
    for (let chunk = 0; chunk < 100; chunk += 1) {
      await pace(500);
      read += 500;
    }
  })();
  await clock.settle();
  expect(read).toBe(8_000);
  await clock.advance(10_000);
  expect(read).toBe(18_000);
  await clock.advance(60_000);
  await reading;
  expect(read).toBe(50_000);
});

test('a wait ends when the watch is stopped, and leaves no timer', async () => {
  const clock = fakeClock();
  const controller = new AbortController();
  const pace = createPace(1, clock, controller.signal);
  const waiting = pace(1_000_000);
  controller.abort();
  await waiting;
  expect(clock.pending()).toBe(0);
});
