import { describe, expect, test } from 'vitest';
import type { DnsVerdict } from '../../../src/planner/ownership/dns.ts';
import { nextDnsCheck, nextDnsState } from '../../../src/planner/ownership/dns-state.ts';
import { standingOf } from '../../../src/planner/ownership/standing.ts';
import { clockAt, DAY, formatTime, HOUR, MINUTE, SECOND } from '../../../src/planner/world/clock.ts';
import type { DnsMemory } from '../../../src/planner/world/memory.ts';

const START = Date.parse('2026-11-23T10:00:00Z');
const later = (milliseconds: number): string => formatTime(START + milliseconds);

const said = (outcome: DnsVerdict['outcome'], checkedAt?: string): DnsVerdict => ({
  outcome,
  reason: outcome === 'positive' ? 'Ready' : 'Unknown',
  detail: '',
  proven: false,
  ...(checkedAt === undefined ? {} : { checkedAt }),
});

const step = (
  memory: DnsMemory | undefined,
  verdict: DnsVerdict,
  passed: number,
  wasReady = false,
): DnsMemory => nextDnsState(memory, verdict, wasReady, clockAt(START + passed));

describe('without memory a hostname', () => {
  test('is pending, or ready when live objects show that it was', () => {
    const unasked = said('unknown');
    expect(step(undefined, unasked, 0)).toEqual({
      phase: 'pending',
      since: later(0),
      checks: 0,
      negatives: 0,
    });
    expect(step(undefined, unasked, 0, true).phase).toBe('ready');
  });
});

describe('a check', () => {
  const pending: DnsMemory = {
    phase: 'pending',
    since: later(0),
    checks: 4,
    negatives: 0,
    checkedAt: later(0),
  };

  test('counts once, and only when it is newer than the last', () => {
    expect(step(pending, said('negative', later(MINUTE)), MINUTE)).toEqual({
      ...pending,
      checks: 5,
      checkedAt: later(MINUTE),
    });
    expect(step(pending, said('negative', later(0)), MINUTE)).toEqual(pending);
    expect(step(pending, said('negative', later(-MINUTE)), MINUTE)).toEqual(pending);
    expect(step(pending, said('unknown', later(MINUTE)), MINUTE).checks).toBe(5);
  });

  test('that is positive makes a hostname ready from any phase, as of now and with the count of checks anew', () => {
    for (const phase of ['pending', 'degraded', 'lost', 'released'] as const) {
      const before: DnsMemory = { ...pending, phase, negatives: 7, firstNegativeAt: later(-DAY) };
      expect(step(before, said('positive', later(MINUTE)), MINUTE), phase).toEqual({
        phase: 'ready',
        since: later(MINUTE),
        checks: 1,
        negatives: 0,
        checkedAt: later(MINUTE),
      });
    }
  });

  test('that is positive ends the negatives of one that is ready, which is so since it was', () => {
    const before: DnsMemory = { ...pending, phase: 'ready', negatives: 2, firstNegativeAt: later(0) };
    expect(step(before, said('positive', later(MINUTE)), MINUTE)).toEqual({
      phase: 'ready',
      since: later(0),
      checks: 5,
      negatives: 0,
      checkedAt: later(MINUTE),
    });
    expect(step({ ...before, negatives: 1 }, said('positive', later(MINUTE)), MINUTE).negatives).toBe(0);
    const healthy: DnsMemory = { ...pending, phase: 'ready' };
    expect(step(healthy, said('positive', later(MINUTE)), MINUTE)).toEqual({
      ...healthy,
      checks: 5,
      checkedAt: later(MINUTE),
    });
  });

  test('that is negative leaves alone what is pending or released', () => {
    for (const phase of ['pending', 'released'] as const)
      expect(step({ ...pending, phase }, said('negative', later(9 * DAY)), 9 * DAY).phase).toBe(phase);
  });
});

describe('a ready hostname', () => {
  const ready: DnsMemory = {
    phase: 'ready',
    since: later(-DAY),
    checks: 9,
    negatives: 0,
    checkedAt: later(-1),
  };
  const negatives = (times: readonly number[]): DnsMemory =>
    times.reduce((state, time) => step(state, said('negative', later(time)), time), ready);

  test('is degraded by the third negative check when the first is ten minutes old', () => {
    expect(negatives([0, 5 * MINUTE]).phase).toBe('ready');
    expect(negatives([0, 5 * MINUTE, 10 * MINUTE - 1]).phase).toBe('ready');
    expect(negatives([0, 5 * MINUTE, 10 * MINUTE])).toMatchObject({
      phase: 'degraded',
      since: later(10 * MINUTE),
      negatives: 3,
      firstNegativeAt: later(0),
    });
  });

  test('is not degraded by two negative checks, however far apart', () => {
    expect(negatives([0, HOUR])).toMatchObject({ phase: 'ready', negatives: 2, since: later(-DAY) });
  });

  test('is not degraded by one observation that is planned with again and again', () => {
    const first = step(ready, said('negative', later(0)), 0);
    const again = step(first, said('negative', later(0)), 20 * MINUTE);
    expect(again).toEqual(first);
    expect(first).toMatchObject({ negatives: 1, firstNegativeAt: later(0) });
  });

  test('notes the first negative even when the check was seen before', () => {
    const seen: DnsMemory = { ...ready, checkedAt: later(0) };
    expect(step(seen, said('negative', later(0)), MINUTE)).toMatchObject({
      negatives: 1,
      firstNegativeAt: later(0),
    });
  });
});

describe('a hostname whose DNS stays away', () => {
  const away: DnsMemory = {
    phase: 'degraded',
    since: later(0),
    checks: 9,
    negatives: 9,
    checkedAt: later(0),
  };

  test('is lost after a day and released after a week of that, at that moment and not before', () => {
    const at = (phase: 'degraded' | 'lost', passed: number) =>
      step({ ...away, phase }, said('negative', later(passed)), passed);
    expect(at('degraded', DAY - 1).phase).toBe('degraded');
    expect(at('degraded', DAY)).toMatchObject({ phase: 'lost', since: later(DAY) });
    expect(at('lost', 7 * DAY - 1).phase).toBe('lost');
    expect(at('lost', 7 * DAY)).toMatchObject({ phase: 'released', since: later(7 * DAY) });
  });

  test('stays as it is while nobody can say', () => {
    for (const phase of ['ready', 'degraded', 'lost'] as const)
      expect(step({ ...away, phase }, said('unknown', later(9 * DAY)), 9 * DAY).phase).toBe(phase);
  });
});

describe('the next check', () => {
  const state = (phase: DnsMemory['phase'], checks: number): DnsMemory => ({
    phase,
    since: later(0),
    checks,
    negatives: 0,
    checkedAt: later(0),
  });
  const waitOf = (hostname: string, memory: DnsMemory): number =>
    (Date.parse(nextDnsCheck(hostname, memory) ?? '') - START) / SECOND;

  test('of a ready hostname comes after five minutes, up to a fifth more or less, each with its own', () => {
    const hostnames = Array.from({ length: 400 }, (_, index) => `h${index}.customer.test`);
    const waits = hostnames.map((hostname) => waitOf(hostname, state('ready', 50)));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(240);
    expect(Math.max(...waits)).toBeLessThanOrEqual(360);
    expect(Math.min(...waits)).toBeLessThan(246);
    expect(Math.max(...waits)).toBeGreaterThan(354);
    expect(waits.map((_, index) => waitOf(hostnames[index] ?? '', state('ready', 3)))).toEqual(waits);
  });

  test('of one that is not comes after a minute first, and ever later, at most after four hours', () => {
    const waits = Array.from({ length: 300 }, (_, checks) =>
      waitOf('app.customer.test', state('pending', checks)),
    );
    expect(waits.slice(0, 3)).toEqual([60, 63, 66]);
    // A wait of 1.05 to the number of checks, from the tenth of 1.15.
    expect([waits[9], waits[10]]).toEqual([Math.round(60 * 1.05 ** 9), Math.round(60 * 1.15 ** 10)]);
    for (const [index, wait] of waits.entries()) expect(wait).toBeGreaterThanOrEqual(waits[index - 1] ?? 0);
    expect(waits.at(-1)).toBe(4 * 60 * 60);
  });

  test('is not known before the first', () => {
    const { checkedAt: _, ...unasked } = state('pending', 0);
    expect(nextDnsCheck('app.customer.test', unasked)).toBeUndefined();
  });
});

describe('the standing of a claim', () => {
  const verdict = (changes: Partial<DnsVerdict>): DnsVerdict => ({ ...said('unknown'), ...changes });

  test('is best with the proof, whatever DNS says', () => {
    const elsewhere = verdict({ outcome: 'negative', reason: 'PointsToOtherCluster', proven: true });
    expect(standingOf(elsewhere, 'lost')).toBe(3);
  });

  test('is that of DNS that reaches the target, then of DNS that did', () => {
    expect(standingOf(verdict({ outcome: 'positive' }), 'pending')).toBe(2);
    for (const [phase, standing] of [
      ['ready', 1],
      ['degraded', 1],
      ['pending', 0],
      ['lost', 0],
      ['released', 0],
    ] as const) {
      expect(standingOf(verdict({}), phase), phase).toBe(standing);
      expect(standingOf(verdict({ outcome: 'negative', reason: 'NXDomain' }), phase), phase).toBe(standing);
    }
  });

  test('is worst where DNS definitely reaches the target of another', () => {
    expect(standingOf(verdict({ outcome: 'negative', reason: 'PointsToOtherCluster' }), 'ready')).toBe(-1);
    expect(standingOf(verdict({ outcome: 'unknown', reason: 'PointsToOtherCluster' }), 'ready')).toBe(1);
  });
});
