import { describe, expect, test } from 'vitest';
import { caaForbids, type DnsQuestion, judgeDns } from '../../src/planner/ownership/dns.ts';
import { nextDnsState } from '../../src/planner/ownership/dns-state.ts';
import { clockAt, formatTime } from '../../src/planner/world/clock.ts';
import type { DnsMemory } from '../../src/planner/world/memory.ts';
import type { DnsAnswer } from '../../src/planner/world/world.ts';

const T = 't-1.edge.example.com';
const at = '2026-11-23T10:00:00Z';
const answer = (changes: Partial<DnsAnswer>): DnsAnswer => ({
  resolver: '1.1.1.1',
  checkedAt: at,
  ...changes,
});
const reach = (chain: readonly string[], changes: Partial<DnsAnswer> = {}): DnsAnswer =>
  answer({ chain, a: ['203.0.113.9'], aaaa: [], ...changes });
const ask = (answers: readonly DnsAnswer[], changes: Partial<DnsQuestion> = {}) =>
  judgeDns({
    hostname: 'app.customer.test',
    target: T,
    answers,
    targetAnswers: [],
    isOtherTarget: (name) => name === 't-2.edge.example.com',
    ...changes,
  });

describe('a verdict on DNS', () => {
  test('T4.1 does not care for case or the trailing dot', () => {
    expect(ask([reach(['T-1.Edge.Example.COM.'])]).outcome).toBe('positive');
  });

  test.each([
    ['direct', [T], 'positive', 'Ready'],
    ['through an alias of the customer', ['a.test', T], 'positive', 'Ready'],
    ['on to the load balancer', [T, 'lb.test'], 'positive', 'Ready'],
    ['to the load balancer only', ['lb.test'], 'negative', 'CanonicalOnlyMatch'],
    ["to another cluster's target", ['t-2.edge.example.com'], 'negative', 'PointsToOtherCluster'],
    ['in a loop', ['a.test', 'b.test', 'a.test'], 'negative', 'ChainError'],
    ['to itself', ['app.customer.test'], 'negative', 'ChainError'],
    [
      'over nine hops',
      ['a1.x', 'a2.x', 'a3.x', 'a4.x', 'a5.x', 'a6.x', 'a7.x', 'a8.x', T],
      'negative',
      'ChainError',
    ],
  ])('T4.2, T4.3: a chain %s', (_, chain, outcome, reason) => {
    const verdict = ask([reach(chain)], { targetAnswers: [reach(['lb.test'])] });
    expect([verdict.outcome, verdict.reason]).toEqual([outcome, reason]);
  });

  test('T4.3 takes an empty list of addresses for a failure', () => {
    expect(ask([reach([T], { a: [] })]).reason).toBe('NoAddress');
  });

  test('T4.4 needs nobody to disagree', () => {
    const good = reach([T]);
    const gone = answer({ error: 'ENOTFOUND' });
    const mute = answer({ error: 'ESERVFAIL' });
    expect(ask([good, mute]).outcome).toBe('positive');
    expect(ask([gone, answer({ error: 'ETIMEOUT' })]).outcome).toBe('unknown');
    expect(ask([good, gone]).outcome).toBe('unknown');
    expect(ask([gone, gone]).outcome).toBe('negative');
    expect(ask([mute, mute]).outcome).toBe('unknown');
  });

  test('T4.8 judges nobody when the target itself does not resolve', () => {
    const verdict = ask([answer({ error: 'ENOTFOUND' })], {
      targetAnswers: [answer({ error: 'ENOTFOUND' })],
    });
    expect([verdict.outcome, verdict.reason]).toEqual(['unknown', 'TargetUnresolvable']);
  });

  test('takes a flattened apex only with the TXT proof', () => {
    const apex = reach([], { txt: ['kb-proof'] });
    expect(ask([apex], { targetAnswers: [reach([])] }).reason).toBe('FlattenedOrApex');
    expect(ask([apex], { targetAnswers: [reach([])], proof: 'kb-proof' }).outcome).toBe('positive');
  });

  test('names the wrong address, also a stale AAAA beside a right A', () => {
    const stale = reach([], { aaaa: ['2001:db8::1'] });
    const verdict = ask([stale], { targetAnswers: [reach([])] });
    expect([verdict.reason, verdict.detail.includes('2001:db8::1')]).toEqual(['WrongAddress', true]);
  });
});

describe('the state of a hostname', () => {
  const minute = 60_000;
  const start = Date.parse(at);
  const gone = (time: number) => ask([answer({ error: 'ENOTFOUND', checkedAt: formatTime(time) })]);
  const step = (state: DnsMemory | undefined, time: number, verdict = gone(time)): DnsMemory =>
    nextDnsState(state, verdict, true, clockAt(time));

  test('T4.4 three negatives over ten minutes degrade it, one good answer restores it', () => {
    let state = step(undefined, start);
    state = step(state, start + 5 * minute);
    expect(state.phase).toBe('ready');
    state = step(state, start + 9 * minute);
    expect([state.phase, state.negatives]).toEqual(['ready', 3]);
    state = step(state, start + 11 * minute);
    expect(state.phase).toBe('degraded');
    const good = ask([reach([T], { checkedAt: formatTime(start + 12 * minute) })]);
    expect(step(state, start + 12 * minute, good).phase).toBe('ready');
  });

  test('a day of it loses the name, a week of that releases it, and unknown changes nothing', () => {
    const degraded: DnsMemory = { phase: 'degraded', since: at, checks: 9, negatives: 9, checkedAt: at };
    const day = 24 * 60 * minute;
    const unknown = ask([answer({ error: 'ESERVFAIL', checkedAt: formatTime(start + 2 * day) })]);
    expect(step(degraded, start + 2 * day, unknown).phase).toBe('degraded');
    const lost = step(degraded, start + day);
    expect(lost.phase).toBe('lost');
    expect(step(lost, start + 7 * day).phase).toBe('lost');
    expect(step(lost, start + 8 * day).phase).toBe('released');
  });

  test('the same observation counts once', () => {
    let state = step(undefined, start);
    for (let round = 0; round < 10; round += 1) state = step(state, start + 20 * minute, gone(start));
    expect([state.phase, state.negatives]).toEqual(['ready', 1]);
  });
});

test('CAA forbids when it allows nobody', () => {
  expect(caaForbids([answer({ caa: ['0 issue ";"'] })], false)).toBe(true);
  expect(caaForbids([answer({ caa: ['0 issue ";"', '0 issue "letsencrypt.org"'] })], false)).toBe(false);
  expect(caaForbids([answer({ caa: ['0 issuewild ";"', '0 issue "letsencrypt.org"'] })], true)).toBe(true);
  expect(caaForbids([answer({})], false)).toBe(false);
});
