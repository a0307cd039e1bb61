import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Expected, servedAs } from './expected.ts';
import { type Entries, everything } from './modes.ts';
import type { Stage } from './stage.ts';
import { type Story, type Told, tell } from './story.ts';
import { writeTable } from './table.ts';

/**
 * Each story under load, one after the other. What was told goes into the table of docs/traffic.md when that is asked for.
 *
 * @param before what must be served before the first one begins.
 */
export function describeStories(
  title: string,
  stories: readonly Story[],
  stage: () => Stage,
  before: (entries: Entries, clusters: readonly number[]) => readonly Expected[] = everything,
): void {
  const told: Told[] = [];

  describe(title, () => {
    beforeAll(async () => {
      const { clusters, entries } = stage();
      const addresses = await entries();
      await servedAs(async () => before(addresses, clusters));
    });

    for (const story of stories) {
      test(story.name, async () => {
        const one = await tell(story, stage());
        told.push(one);
        const { report, servedMs } = one;
        const rate = Math.round(report.requests / report.seconds);
        process.stderr.write(
          `${report.requests} requests, ${rate} a second, slowest ${Math.round(report.slowest)} ms, served after ${Math.round(servedMs ?? 0)} ms\n`,
        );
        expect(one.faults).toEqual([]);
      });
    }
    afterAll(() => writeTable(title, told));
  });
}
