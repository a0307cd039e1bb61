import { expect, test } from 'vitest';
import { showViolation, violationsIn } from '../../scripts/rooms/violations.ts';

function linesFor(file: string, specifier: string): readonly string[] {
  return violationsIn(file, `import { a } from '${specifier}';`, []).map(showViolation);
}

/** File, import, and whether the order of the planner's rooms allows it. */
const between: readonly (readonly [string, string, boolean])[] = [
  ['world/index.ts', './memory.ts', true],
  ['world/index.ts', '../findings.ts', true],
  ['world/index.ts', '../ownership/claims.ts', false],
  ['findings.ts', './world/index.ts', true],
  ['findings.ts', './ownership/claims.ts', false],
  ['ownership/claims.ts', '../world/index.ts', true],
  ['ownership/claims.ts', '../findings.ts', true],
  ['ownership/claims.ts', '../backend/index.ts', false],
  ['ownership/rules/cede.ts', '../../world/index.ts', true],
  ['ownership/rules/cede.ts', '../claims.ts', true],
  ['ownership/claims.ts', '../rule.ts', true],
  ['world/index.ts', '../rule.ts', false],
  ['rule.ts', './ownership/claims.ts', false],
  ['backend/mode.ts', '../control-plane/index.ts', true],
  ['https/listeners.ts', '../routes/index.ts', false],
  ['routes/shards.ts', '../https/index.ts', true],
  ['pod-routes/plan.ts', '../routes/index.ts', true],
  ['withdrawal/order.ts', '../pod-routes/index.ts', true],
  ['withdrawal/order.ts', '../engine/facts.ts', false],
  ['engine/facts.ts', '../withdrawal/index.ts', true],
  ['engine/facts.ts', '../index.ts', false],
  ['index.ts', './engine/facts.ts', true],
  ['world/index.ts', '../index.ts', false],
];

test.each(between)('src/planner/%s imports %s: %s', (file, specifier, isAllowed) => {
  expect(linesFor(`src/planner/${file}`, specifier).length).toBe(isAllowed ? 0 : 1);
});

/** File, import, and whether it comes through the door of the room, where that has one. */
const doors: readonly (readonly [string, string, boolean])[] = [
  ['routes/shards.ts', '../https/listeners.ts', false],
  ['engine/facts.ts', '../withdrawal/order.ts', false],
  ['decisions.ts', './ownership/claims.ts', false],
  ['decisions.ts', './ownership/index.ts', true],
  ['routes/shards.ts', '../world/memory.ts', true],
  ['https/listeners.ts', './secrets.ts', true],
];

test.each(doors)('src/planner/%s comes to %s as it may: %s', (file, specifier, isAllowed) => {
  expect(linesFor(`src/planner/${file}`, specifier)).toEqual(
    isAllowed ? [] : [expect.stringContaining('by its door, src/planner/')],
  );
});

test('the types that all steps share are types only', () => {
  const file = 'src/planner/https/listeners.ts';
  expect(violationsIn(file, "import type { A } from '../context.ts';", [])).toEqual([]);
  expect(linesFor(file, '../context.ts')).toEqual([expect.stringContaining('only "import type"')]);
});

test('a violation names what the room may import', () => {
  expect(linesFor('src/planner/control-plane/order.ts', '../engine/facts.ts')).toEqual([
    'src/planner/control-plane/order.ts:1: src/planner imports ../engine/facts.ts; of the planner it may import world, findings.ts, rule.ts, ownership',
  ]);
});

test('a folder that is no room of the planner is refused', () => {
  expect(linesFor('src/planner/misc/a.ts', '../world/index.ts')).toEqual([
    expect.stringContaining('the planner holds world, findings.ts, rule.ts, ownership'),
  ]);
});
