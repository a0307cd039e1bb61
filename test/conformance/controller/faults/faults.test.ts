import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Platform, startPlatform } from '../platform.ts';
import { clusters, onBench } from './bench.ts';
import { OBSERVING } from './observing.ts';
import { TENANTS } from './tenants.ts';
import { WRITING } from './writing.ts';

/** The classes of faults that a controller must survive; docs/operations.md says them in words. */
const STORIES = [...OBSERVING, ...WRITING, ...TENANTS];

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform(clusters);
});
afterAll(() => platform?.stop());

describe('fault class', () => {
  test.each(STORIES.map(({ of, says, tell }) => [of, says, tell] as const))('%s: %s', async (_, __, tell) => {
    await onBench(platform, undefined, tell);
  });
});

describe('the story of fault class', () => {
  const tellable = STORIES.flatMap(({ of, tell, without }) =>
    without === undefined ? [] : [[of, ...without, tell] as const],
  );
  test.each(tellable)('%s ends otherwise for a controller that %s', async (_, __, variant, how, tell) => {
    await expect(onBench(platform, variant(), tell)).rejects.toThrow(how);
  });

  test('is told for every class but 7, which has a file of its own', () => {
    const told = tellable.flatMap(([of]) => of.split(' and ').map(Number));
    const expected = Array.from({ length: 18 }, (_, index) => index + 1).filter((each) => each !== 7);
    expect([...new Set(told)].sort((a, b) => a - b)).toEqual(expected);
  });
});
