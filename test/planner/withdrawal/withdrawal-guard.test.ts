import { describe, expect, test } from 'vitest';
import { type GuardInput, guardWithdrawals } from '../../../src/planner/withdrawal/withdrawal-guard.ts';
import { within } from '../../../src/planner/withdrawal/withdrawal-rules.ts';
import { clockAt, formatTime, MINUTE } from '../../../src/planner/world/clock.ts';
import type { WithdrawalMemory } from '../../../src/planner/world/memory.ts';
import { NOW } from '../../support/worlds.ts';

const now = Date.parse(NOW);
const ago = (milliseconds: number): string => formatTime(now - milliseconds);
const keys = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `vc-${String(index).padStart(3, '0')}/x`);

const guard = (wanted: readonly string[], changes: Partial<GuardInput> = {}) =>
  guardWithdrawals({
    withdrawals: wanted.map((key) => ({ kind: 'HTTPRoute', key })),
    count: () => 100,
    memory: {},
    revision: '2',
    emptyInventory: false,
    acknowledged: new Set(),
    clock: clockAt(now),
    ...changes,
  });
const proposed = (changes: Partial<WithdrawalMemory> = {}): Pick<GuardInput, 'memory'> => ({
  memory: {
    HTTPRoute: { keys: keys(20), since: ago(5 * MINUTE), revision: '1', confirmed: false, ...changes },
  },
});

describe('a set of withdrawals', () => {
  test('that is small is not remembered', () => {
    expect(guard(keys(10))).toEqual({ held: new Set(), memory: {}, findings: [] });
    expect(guard([])).toEqual({ held: new Set(), memory: {}, findings: [] });
  });

  test('that is large is held and remembered as it was proposed first, in order', () => {
    const { held, memory, findings } = guard(keys(11).toReversed());
    expect([...held]).toEqual(['HTTPRoute']);
    expect(memory).toEqual({ HTTPRoute: { keys: keys(11), since: NOW, revision: '2', confirmed: false } });
    expect(findings.map(({ code, cluster, message }) => [code, cluster, message])).toEqual([
      [
        'MassWithdrawal',
        null,
        expect.stringMatching(
          /^11 of 100 HTTPRoute would go \(vc-000\/x, vc-001\/x, vc-002\/x, vc-003\/x, vc-004\/x, \.\.\.\); key HTTPRoute-[0-9a-f]{8}$/,
        ),
      ],
    ]);
  });

  test('is named whole when it is short, and never as more than there are', () => {
    expect(guard(keys(6), { emptyInventory: true }).findings[0]?.message).toContain('vc-004/x, ...); key ');
    const { findings } = guard(keys(5), { emptyInventory: true, count: () => 3 });
    expect(findings[0]?.message).toMatch(/^5 of 5 HTTPRoute would go \((vc-00\d\/x, ){4}vc-004\/x\); key /);
  });

  test('counts each thing once', () => {
    expect(guard([...keys(10), ...keys(10)]).held.size).toBe(0);
  });

  test('goes once it has stood for five minutes and the inventory moved on, and is confirmed then', () => {
    const { held, memory } = guard(keys(20), proposed());
    expect(held.size).toBe(0);
    expect(memory.HTTPRoute).toEqual({
      keys: keys(20),
      since: ago(5 * MINUTE),
      revision: '1',
      confirmed: true,
    });
    const waiting = guard(keys(20), proposed({ since: ago(5 * MINUTE - 1) }));
    expect([...waiting.held]).toEqual(['HTTPRoute']);
    expect(waiting.memory).toEqual(proposed({ since: ago(5 * MINUTE - 1) }).memory);
    expect(guard(keys(20), proposed({ revision: '2' })).held.size).toBe(1);
    expect(guard(keys(20), proposed({ since: 'soon' })).held.size).toBe(1);
  });

  test('that is another one is proposed anew, also one of the same size', () => {
    const others = keys(21).slice(1);
    for (const set of [others, keys(19), keys(21)]) {
      const { held, memory } = guard(set, proposed());
      expect(held.size).toBe(1);
      expect(memory.HTTPRoute).toMatchObject({ keys: set, since: NOW, revision: '2', confirmed: false });
    }
  });

  test('that was confirmed goes on while less of it is left, and stays confirmed', () => {
    for (const left of [20, 15, 3]) {
      const { held, memory } = guard(keys(left), proposed({ confirmed: true }));
      expect(held.size).toBe(0);
      expect(memory).toEqual(proposed({ confirmed: true }).memory);
    }
    expect(guard(keys(21), proposed({ confirmed: true })).held.size).toBe(1);
    expect(guard(keys(3), proposed()).memory).toEqual({});
  });

  test('that the operator has acknowledged goes and is confirmed as of now', () => {
    const key = guard(keys(20)).findings[0]?.message.split('key ')[1] ?? '';
    expect(guard(keys(20), { acknowledged: new Set([key]) })).toEqual({
      held: new Set(),
      memory: { HTTPRoute: { keys: keys(20), since: NOW, revision: '2', confirmed: true } },
      findings: [],
    });
    expect(guard(keys(20), { acknowledged: new Set(['HTTPRoute-0']) }).held.size).toBe(1);
  });

  test('by an empty inventory is held, few as it may be, unless it was confirmed', () => {
    const empty = { emptyInventory: true };
    expect(guard(keys(1), empty).findings.map(({ code }) => code)).toEqual(['EmptyInventory']);
    expect(guard(keys(20), { ...empty, ...proposed() }).findings.map(({ code }) => code)).toEqual([
      'EmptyInventory',
    ]);
    expect(guard(keys(20), { ...empty, ...proposed({ confirmed: true }) }).held.size).toBe(0);
  });

  test('is judged by kind, and kinds are told in order', () => {
    const withdrawals = (['Service', 'HTTPRoute'] as const).flatMap((kind) =>
      keys(12).map((key) => ({ kind, key })),
    );
    const { held, findings } = guard([], { withdrawals, count: (kind) => (kind === 'Service' ? 1000 : 12) });
    expect([...held]).toEqual(['HTTPRoute']);
    const both = guard([], { withdrawals, count: () => 12 });
    expect(both.findings.map(({ message }) => message.split(' would')[0])).toEqual([
      '12 of 12 HTTPRoute',
      '12 of 12 Service',
    ]);
    expect(findings).toHaveLength(1);
  });
});

test('keys are among others when all of them are', () => {
  expect(within([], [])).toBe(true);
  expect(within(['a'], ['b', 'a'])).toBe(true);
  expect(within(['a', 'c'], ['b', 'a'])).toBe(false);
});
