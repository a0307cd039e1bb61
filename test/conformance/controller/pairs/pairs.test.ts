import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomFrom } from '../../../simulation/random.ts';
import { seed } from '../../support/seed.ts';
import * as broken from '../faults/broken.ts';
import { LONG_STORIES } from './long-stories.ts';
import { type Stage, startStage } from './stage.ts';
import { DISTURBANCES, type Ending, tellStory } from './telling.ts';

/**
 * Every pair of consecutive writes of three long stories is disturbed in three ways. All of them take a quarter of an hour:
 * `PAIRS=all` tells them all, and otherwise a sample is told, drawn with `SEED`.
 */
const isAll = process.env.PAIRS === 'all';
const SAMPLE = 1;

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage?.stop());

describe.each(LONG_STORIES)('$name', (story) => {
  let undisturbed: Ending;
  let foreign: readonly string[];
  beforeAll(async () => {
    foreign = await stage.foreign();
    undisturbed = await tellStory(stage, story, undefined);
  });

  test('is told by more writes than steps, twice the same', async () => {
    expect(undisturbed.faults).toEqual([]);
    expect(undisturbed.writes).toBeGreaterThan(story.steps.length);
    expect(await tellStory(stage, story, undefined)).toMatchObject({ ours: undisturbed.ours });
  });

  test.each(DISTURBANCES)(
    'ends the same with a %s between two writes',
    async (kind) => {
      for (const after of pairsOf(undisturbed.writes, DISTURBANCES.indexOf(kind))) {
        const { ours, deleted, faults } = await tellStory(stage, story, { kind, after });
        const told = `${kind} after write ${after} of ${undisturbed.writes}, SEED=${seed}`;
        expect({ faults, ours }, told).toEqual({ faults: [], ours: undisturbed.ours });
        expect(
          deleted.filter((key) => !undisturbed.deleted.includes(key)),
          told,
        ).toEqual([]);
        expect(await stage.foreign(), told).toEqual(foreign);
      }
    },
    3_600_000,
  );
});

test('a story with a crash between two writes never ends for a controller that believes its notes', async () => {
  const [story] = LONG_STORIES;
  if (story === undefined) throw new Error('no story');
  const { parts = {} } = broken.believesItsNotes();
  const telling = tellStory(stage, story, { kind: 'crash', after: 1 }, { parts, patienceMs: 4_000 });
  await expect(telling).rejects.toThrow(/for convergence/);
});

/** After which writes a story is disturbed: all, or a few that differ from one kind of disturbance to the next. */
function pairsOf(writes: number, kind: number): readonly number[] {
  const pairs = Array.from({ length: writes - 1 }, (_, index) => index + 1);
  if (isAll) return pairs;
  const random = randomFrom(seed + kind);
  return Array.from({ length: SAMPLE }, () => 1 + random.below(writes - 1));
}
