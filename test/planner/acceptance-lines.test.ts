import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { worldCases } from '../support/world-cases.ts';
import { ACCEPTANCE_LINES, type AcceptanceLine } from './acceptance-lines.ts';

const root = join(import.meta.dirname, '../..');
const knownStories = new Set(worldCases());

describe('the acceptance lines of the runtime', () => {
  test('stand there once each', () => {
    const counts = { T1: 9, T2: 10, T3: 13, T4: 9, T6: 8 };
    const lines = Object.entries(counts).flatMap(([part, count]) =>
      Array.from({ length: count }, (_, index) => `${part}.${index + 1}`),
    );
    expect(ACCEPTANCE_LINES.map(({ line }) => line)).toEqual(lines);
  });

  test.each(ACCEPTANCE_LINES)(
    '$line is shown by stories and tests that there are, or left to somebody',
    (row) => {
      expect(missingIn(row)).toEqual([]);
      expect(row.stories ?? row.tests ?? row.leftTo).toBeDefined();
    },
  );

  test('and one that is not there is found', () => {
    const tests = { 'test/planner/dns.test.ts': ['no such test'], 'test/planner/none.test.ts': ['x'] };
    expect(missingIn({ line: 'T9.9', what: '', stories: ['no-such-story'], tests })).toEqual([
      'no-such-story',
      'no such test',
      'test/planner/none.test.ts',
    ]);
  });
});

/** The stories, test files and titles of tests that a row names and that are not there. */
function missingIn({ stories = [], tests = {} }: Omit<AcceptanceLine, 'leftTo'>): readonly string[] {
  return [
    ...stories.filter((story) => !knownStories.has(story)),
    ...Object.entries(tests).flatMap(([name, titles]) => {
      const file = join(root, name);
      if (!existsSync(file)) return [name];
      const text = readFileSync(file, 'utf8');
      return titles.filter((title) => !text.includes(`${title}'`) && !text.includes(`${title}\``));
    }),
  ];
}
