import { expect, test } from 'vitest';
import { createSchedule } from '../../src/controller/observations/schedule.ts';
import { fakeClock } from '../kube/support/fake-clock.ts';

test('what is due already is looked at at once, and what falls due soon with what else does', async () => {
  const clock = fakeClock();
  const seen: string[] = [];
  const begun = clock.now();
  const schedule = createSchedule(clock, (key) => seen.push(`${key} after ${clock.now() - begun}`));
  schedule.set('new', clock.now());
  schedule.set('late', clock.now() - 5_000);
  schedule.set('soon', clock.now() + 20);
  schedule.set('a little later', clock.now() + 90);
  await clock.advance(0);
  expect(seen).toEqual(['late after 0', 'new after 0']);
  await clock.advance(1_000);
  expect(seen.slice(2)).toEqual(['soon after 100', 'a little later after 100']);
});
