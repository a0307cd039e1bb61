import { expect, test } from 'vitest';
import { type GuardInput, guardWithdrawals } from '../../src/planner/withdrawal/withdrawal-guard.ts';
import { clockAt } from '../../src/planner/world/clock.ts';
import type { WithdrawalMemory } from '../../src/planner/world/memory.ts';

const START = Date.parse('2026-11-23T10:00:00Z');
const keys = (count: number, from = 0): readonly string[] =>
  Array.from({ length: count }, (_, index) => `vc-${String(from + index).padStart(3, '0')}/x`);

function guard(wanted: readonly string[], changes: Partial<GuardInput> & { readonly minutes?: number } = {}) {
  return guardWithdrawals({
    withdrawals: wanted.map((key) => ({ kind: 'HTTPRoute', key })),
    count: () => 100,
    memory: {},
    revision: '1',
    emptyInventory: false,
    acknowledged: new Set(),
    clock: clockAt(START + (changes.minutes ?? 0) * 60_000),
    ...changes,
  });
}

const heldBy = (wanted: readonly string[], changes: Parameters<typeof guard>[1] = {}): boolean =>
  guard(wanted, changes).held.has('HTTPRoute');

test('ten go at once, eleven wait; of a thousand a tenth goes', () => {
  expect(heldBy(keys(10))).toBe(false);
  expect(heldBy(keys(11))).toBe(true);
  expect(heldBy(keys(100), { count: () => 1000 })).toBe(false);
  expect(heldBy(keys(101), { count: () => 1000 })).toBe(true);
});

test('the same set goes 5 minutes later with another revision, and not before either', () => {
  const { memory } = guard(keys(20));
  expect(heldBy(keys(20), { memory, minutes: 4, revision: '2' })).toBe(true);
  expect(heldBy(keys(20), { memory, minutes: 6, revision: '1' })).toBe(true);
  expect(heldBy(keys(20), { memory, minutes: 6, revision: '2' })).toBe(false);
});

test('another set starts anew, even a smaller one', () => {
  const { memory } = guard(keys(20));
  expect(heldBy(keys(20, 1), { memory, minutes: 6, revision: '2' })).toBe(true);
  expect(heldBy(keys(19), { memory, minutes: 6, revision: '2' })).toBe(true);
});

test('what is left of a confirmed set goes on after lost writes', () => {
  const first = guard(keys(20));
  const { memory } = guard(keys(20), { memory: first.memory, minutes: 6, revision: '2' });
  expect(heldBy(keys(15), { memory, minutes: 7, revision: '2' })).toBe(false);
});

test('an empty inventory waits for ever, and for an acknowledgement of exactly this set', () => {
  const first = guard(keys(2), { emptyInventory: true });
  expect(first.findings.map(({ code }) => code)).toEqual(['EmptyInventory']);
  expect(heldBy(keys(2), { emptyInventory: true, memory: first.memory, minutes: 600, revision: '9' })).toBe(
    true,
  );
  const key = first.findings[0]?.message.split('key ')[1] ?? '';
  expect(heldBy(keys(2), { emptyInventory: true, acknowledged: new Set([key]) })).toBe(false);
  expect(heldBy(keys(3), { emptyInventory: true, acknowledged: new Set([key]) })).toBe(true);
});

test('garbled memory confirms nothing', () => {
  const memory: Record<string, WithdrawalMemory> = {
    HTTPRoute: { keys: [], since: '2020-01-01T00:00:00Z', revision: '0', confirmed: true },
  };
  expect(heldBy(keys(20), { memory, revision: '2' })).toBe(true);
});
