import { describe, expect, test } from 'vitest';
import { backendFromAnnotations, nextBackendMode } from '../../../src/planner/backend/backend-mode.ts';
import type { Reachability } from '../../../src/planner/backend/reachability.ts';
import { clockAt, formatTime, HOUR, MINUTE, SECOND } from '../../../src/planner/world/clock.ts';
import type { BackendMemory } from '../../../src/planner/world/memory.ts';

const START = Date.parse('2026-11-23T10:00:00Z');
const NOW = START + 10 * HOUR;
const ago = (milliseconds: number): string => formatTime(NOW - milliseconds);
const BOTH = { podip: true, nodeport: true };

const memory = (changes: Partial<BackendMemory>): BackendMemory => ({
  mode: 'nodeport',
  since: ago(HOUR),
  good: 0,
  bad: 0,
  flips: [],
  ...changes,
});
const next = (
  before: BackendMemory,
  state: Reachability,
  { round, available = BOTH }: { readonly round?: string; readonly available?: typeof BOTH } = {},
): BackendMemory =>
  nextBackendMode(
    before,
    { state, reason: '', ...(round === undefined ? {} : { round }) },
    available,
    clockAt(NOW),
  );
const flipsAgo = (...hours: readonly number[]): readonly string[] => hours.map((one) => ago(one * HOUR));

describe('to PodIP', () => {
  /** One good round before it goes there. */
  const ready = memory({ good: 2, goodSince: ago(30 * SECOND), round: 'r-2', since: ago(MINUTE) });

  test('it goes with the third good round, a minute in the mode and half a minute of good', () => {
    expect(next(ready, 'good', { round: 'r-3' })).toEqual({
      mode: 'podip',
      since: formatTime(NOW),
      good: 0,
      bad: 0,
      round: 'r-3',
      flips: [formatTime(NOW)],
    });
  });

  test.each<[string, Partial<BackendMemory>]>([
    ['two good rounds', { good: 1 }],
    ['a minute less a moment in the mode', { since: ago(MINUTE - 1) }],
    ['half a minute less a moment of good', { goodSince: ago(30 * SECOND - 1) }],
  ])('it does not go after %s', (_, changes) => {
    expect(next({ ...ready, ...changes }, 'good', { round: 'r-3' }).mode).toBe('nodeport');
  });

  test('it does not go by a round that was counted, by a round of another kind, or without Pods', () => {
    expect(next(ready, 'good', { round: 'r-2' })).toBe(ready);
    expect(next(ready, 'good')).toBe(ready);
    expect(next({ ...ready, good: 9 }, 'bad', { round: 'r-3' }).mode).toBe('nodeport');
    expect(next({ ...ready, good: 9 }, 'unknown', { round: 'r-3' }).mode).toBe('nodeport');
    expect(next(ready, 'good', { round: 'r-3', available: { podip: false, nodeport: true } }).mode).toBe(
      'nodeport',
    );
  });

  test('it goes without NodePort as well', () => {
    expect(next(ready, 'good', { round: 'r-3', available: { podip: true, nodeport: false } }).mode).toBe(
      'podip',
    );
  });

  test('the hold doubles with every change of the last six hours, up to an hour', () => {
    const holdAfter = (flips: readonly string[]): number => {
      const goes = (seconds: number): boolean =>
        next({ ...ready, since: ago(2 * HOUR), flips, goodSince: ago(seconds * SECOND) }, 'good', {
          round: 'r-3',
        }).mode === 'podip';
      return [30, 60, 120, 240, 480, 960, 1920, 3600, 7200].find(goes) ?? Number.NaN;
    };
    expect(holdAfter([])).toBe(30);
    expect(holdAfter(flipsAgo(1))).toBe(60);
    expect(holdAfter(flipsAgo(5, 1))).toBe(120);
    expect(holdAfter(flipsAgo(5, 4, 3, 2, 1, 1))).toBe(1920);
    expect(holdAfter(flipsAgo(5, 4, 3, 2, 1, 1, 1))).toBe(3600);
    expect(holdAfter(flipsAgo(5, 4, 3, 2, 1, 1, 1, 1, 1))).toBe(3600);
    expect(holdAfter([ago(6 * HOUR), ago(6 * HOUR - 1)])).toBe(60);
    expect(holdAfter(flipsAgo(7, 8, 9))).toBe(30);
  });
});

describe('to NodePort', () => {
  const direct = memory({ mode: 'podip', bad: 2, round: 'r-2' });
  const gone = { podip: false, nodeport: true };

  test('it goes with the third bad round in a row', () => {
    expect(next(direct, 'bad', { round: 'r-3' })).toMatchObject({
      mode: 'nodeport',
      since: formatTime(NOW),
      bad: 0,
    });
    expect(next({ ...direct, bad: 1 }, 'bad', { round: 'r-3' })).toMatchObject({ mode: 'podip', bad: 2 });
    expect(next(direct, 'bad', { round: 'r-2' })).toBe(direct);
    expect(next(direct, 'good', { round: 'r-3' })).toMatchObject({ mode: 'podip', bad: 0, good: 1 });
  });

  test('it goes at once without a route or without Pods, unless these refuse', () => {
    const calm = { ...direct, bad: 0 };
    expect(next(calm, 'unroutable').mode).toBe('nodeport');
    expect(next(calm, 'unknown', { available: gone }).mode).toBe('nodeport');
    expect(next(calm, 'refused', { available: gone }).mode).toBe('podip');
    expect(next(calm, 'unknown').mode).toBe('podip');
  });

  test('it does not go where there is none', () => {
    const none = { podip: true, nodeport: false };
    expect(next(direct, 'bad', { round: 'r-3', available: none }).mode).toBe('podip');
    expect(next(direct, 'unroutable', { available: none }).mode).toBe('podip');
    expect(next(direct, 'unknown', { available: { podip: false, nodeport: false } }).mode).toBe('podip');
  });
});

describe('a round', () => {
  const counting = memory({ good: 2, round: 'r-2', goodSince: ago(20 * SECOND), since: ago(0) });

  test('that is good goes on from the first good one, any other ends the row', () => {
    expect(next(counting, 'good', { round: 'r-3' })).toEqual({ ...counting, good: 3, round: 'r-3' });
    const { goodSince: _, ...ended } = counting;
    expect(next(counting, 'bad', { round: 'r-3' })).toEqual({ ...ended, good: 0, bad: 1, round: 'r-3' });
    for (const state of ['unroutable', 'refused', 'unknown'] as const)
      expect(next(counting, state, { round: 'r-3' }), state).toEqual({ ...ended, good: 0 });
    expect(next(ended, 'good', { round: 'r-3' })).toEqual({
      ...counting,
      good: 3,
      round: 'r-3',
      goodSince: 'r-3',
    });
  });

  test('that changes nothing leaves the memory as it is, so that nobody plans again', () => {
    const calm = memory({ round: 'r-2', flips: flipsAgo(2) });
    expect(next(calm, 'unknown')).toBe(calm);
    expect(next(calm, 'good', { round: 'r-2' })).toBe(calm);
    expect(next({ ...calm, flips: flipsAgo(7, 2) }, 'unknown').flips).toEqual(flipsAgo(2));
  });
});

describe('of many changes', () => {
  const stormy = Array.from({ length: 20 }, (_, index) => ago((20 - index) * MINUTE));

  test('the last sixteen are remembered', () => {
    const before = memory({ mode: 'podip', flips: stormy });
    expect(next(before, 'unroutable').flips).toEqual([...stormy, formatTime(NOW)].slice(-16));
  });

  test('the Service carries them, and what is garbled is left out', () => {
    const carried = backendFromAnnotations('podip', ago(HOUR), ['soon', ...stormy].join(','));
    expect(carried).toEqual(memory({ mode: 'podip', flips: stormy.slice(-16) }));
    expect(backendFromAnnotations('nodeport', ago(HOUR), undefined)).toEqual(memory({}));
    expect(backendFromAnnotations('nodeport', ago(HOUR), '')).toEqual(memory({}));
    for (const [mode, since] of [
      ['auto', ago(HOUR)],
      [undefined, ago(HOUR)],
      ['podip', 'soon'],
      ['podip', undefined],
    ])
      expect(backendFromAnnotations(mode, since, '')).toBeUndefined();
  });
});
