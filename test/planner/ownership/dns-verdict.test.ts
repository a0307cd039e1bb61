import { describe, expect, test } from 'vitest';
import {
  caaForbids,
  type DnsQuestion,
  judgeDns,
  targetUnresolvable,
} from '../../../src/planner/ownership/dns.ts';
import type { DnsAnswer } from '../../../src/planner/world/world.ts';

const TARGET = 't-1.edge.example.com';
const OTHER = 't-2.edge.example.com';
const AT = '2026-11-23T10:00:00Z';

const answer = (changes: Partial<DnsAnswer>): DnsAnswer => ({
  resolver: '1.1.1.1',
  checkedAt: AT,
  ...changes,
});
/** An answer that follows CNAMEs to an address of the load balancer. */
const chain = (names: readonly string[], changes: Partial<DnsAnswer> = {}): DnsAnswer =>
  answer({ chain: names, a: ['203.0.113.9'], aaaa: [], ...changes });
const judge = (answers: readonly DnsAnswer[], changes: Partial<DnsQuestion> = {}) =>
  judgeDns({
    hostname: 'app.customer.test',
    target: TARGET,
    answers,
    targetAnswers: [chain([])],
    isOtherTarget: (name) => name === OTHER,
    ...changes,
  });
const verdict = (...args: Parameters<typeof judge>): readonly string[] => {
  const { outcome, reason } = judge(...args);
  return [outcome, reason];
};

describe('one answer', () => {
  test('reaches the target over eight CNAMEs, and not over nine', () => {
    const hops = (count: number) => [
      ...Array.from({ length: count - 1 }, (_, index) => `a${index}.test`),
      TARGET,
    ];
    expect(verdict([chain(hops(8))])).toEqual(['positive', 'Ready']);
    expect(verdict([chain(hops(9))])).toEqual(['negative', 'ChainError']);
  });

  test('that leads through the target and breaks there dangles', () => {
    expect(verdict([answer({ chain: [TARGET], error: 'NXDOMAIN' })])).toEqual(['negative', 'DanglingChain']);
    expect(verdict([answer({ chain: ['gone.test'], error: 'ENOTFOUND' })])).toEqual([
      'negative',
      'DanglingChain',
    ]);
  });

  test('has no address when both kinds were asked for and neither is there', () => {
    expect(verdict([answer({ chain: [TARGET], a: [], aaaa: [] })])).toEqual(['negative', 'NoAddress']);
    expect(verdict([answer({ chain: [TARGET], a: [] })])).toEqual(['positive', 'Ready']);
    expect(verdict([answer({ chain: [TARGET], aaaa: [] })])).toEqual(['positive', 'Ready']);
    expect(verdict([answer({ chain: [TARGET], a: [], aaaa: ['2001:db8::9'] })])).toEqual([
      'positive',
      'Ready',
    ]);
    expect(verdict([answer({ a: [], aaaa: [] })])).toEqual(['negative', 'NoAddress']);
  });

  test('whose chain goes on from the target to another end than the target itself has is not trusted', () => {
    const targetAnswers = [chain(['lb.test'])];
    expect(verdict([chain([TARGET, 'lb.test'])], { targetAnswers })).toEqual(['positive', 'Ready']);
    expect(verdict([chain([TARGET])], { targetAnswers })).toEqual(['positive', 'Ready']);
    expect(verdict([chain([TARGET, 'old.test'])], { targetAnswers })).toEqual(['unknown', 'Unknown']);
    expect(verdict([chain([TARGET, 'old.test'])], { targetAnswers: [] })).toEqual(['positive', 'Ready']);
  });

  test('without a CNAME does not skip the target, even where that ends at the hostname itself', () => {
    const targetAnswers = [chain(['app.customer.test'])];
    expect(verdict([chain([])], { targetAnswers })).toEqual(['negative', 'FlattenedOrApex']);
  });

  test('is told with at most 600 characters of its chain, and 40 of an error', () => {
    const long = Array.from({ length: 8 }, (_, index) => `${String(index).repeat(100)}.test`);
    const [shown = ''] = judge([chain([...long.slice(1), TARGET], { a: [], aaaa: [] })]).detail.split(
      ' has no address',
    );
    expect(shown).toHaveLength(600);
    expect(judge([chain([...long, 'over.test'])]).detail).not.toContain('over.test');
    const hops = Array.from({ length: 9 }, (_, index) => `a${index}.test`);
    expect(judge([chain(hops)]).detail).toBe(
      `the CNAME chain loops or is longer than 8: ${['app.customer.test', ...hops.slice(0, 8)].join(' -> ')}`,
    );
    expect(judge([answer({ error: 'x'.repeat(100) })]).detail).toBe(
      `1.1.1.1 could not answer (${'x'.repeat(40)})`,
    );
  });

  test('that skips the target to where it ends is told so', () => {
    expect(verdict([chain(['lb.test'])], { targetAnswers: [chain(['x.test', 'lb.test.'])] })).toEqual([
      'negative',
      'CanonicalOnlyMatch',
    ]);
  });

  test.each([
    ['ENOTFOUND', 'NXDomain'],
    ['NXDOMAIN', 'NXDomain'],
    ['ENODATA', 'NoAddress'],
    ['NODATA', 'NoAddress'],
  ])('of the error %s is definite', (error, reason) => {
    expect(verdict([answer({ error })])).toEqual(['negative', reason]);
  });

  test('of any other error says nothing', () => {
    const { outcome, reason, detail } = judge([answer({ error: 'ESERVFAIL', chain: [TARGET] })]);
    expect([outcome, reason, detail]).toEqual(['unknown', 'Unknown', '1.1.1.1 could not answer (ESERVFAIL)']);
  });

  test('with the addresses of the target and no CNAME needs the proof', () => {
    expect(verdict([chain([])])).toEqual(['negative', 'FlattenedOrApex']);
    const proven = chain([], { txt: ['proof'] });
    expect(verdict([proven], { proof: 'proof' })).toEqual(['positive', 'Ready']);
    expect(verdict([proven], { proof: 'other' })).toEqual(['negative', 'FlattenedOrApex']);
    expect(verdict([chain([], { txt: [''] })], { proof: '' })).toEqual(['negative', 'FlattenedOrApex']);
  });

  test('is judged by addresses in any spelling, of both kinds, and by nothing that is none', () => {
    const targetAnswers = [answer({ chain: [], a: ['203.0.113.9'], aaaa: ['2001:DB8::9'] })];
    const both = answer({ chain: [], a: ['203.0.113.9', 'garbage'], aaaa: ['2001:db8::9'] });
    expect(verdict([both], { targetAnswers })).toEqual(['negative', 'FlattenedOrApex']);
    const foreign = answer({ chain: [], a: [], aaaa: ['2001:db8::1'] });
    expect(verdict([foreign], { targetAnswers })).toEqual(['negative', 'WrongAddress']);
    expect(verdict([answer({ chain: [], a: ['garbage'] })], { targetAnswers })).toEqual([
      'negative',
      'NoAddress',
    ]);
  });

  test('with an address of others behind a CNAME is that of a CDN', () => {
    expect(verdict([chain(['cdn.test'], { a: ['198.51.100.1'] })])).toEqual(['negative', 'ProxiedByCDN']);
    expect(verdict([chain([], { a: ['198.51.100.1'] })])).toEqual(['negative', 'WrongAddress']);
  });

  test('cannot be judged by addresses while those of the target are not known', () => {
    expect(verdict([chain([])], { targetAnswers: [] })).toEqual(['unknown', 'Unknown']);
    expect(verdict([chain([])], { targetAnswers: [answer({ error: 'ESERVFAIL' })] })).toEqual([
      'unknown',
      'Unknown',
    ]);
  });
});

describe('several answers', () => {
  const good = chain([TARGET]);
  const gone = answer({ error: 'ENOTFOUND' });
  const elsewhere = chain([OTHER]);
  const mute = answer({ error: 'ETIMEOUT' });

  test('name the target of another cluster when all of them are negative and all say that', () => {
    expect(verdict([elsewhere, elsewhere])).toEqual(['negative', 'PointsToOtherCluster']);
    expect(verdict([gone, elsewhere])).toEqual(['negative', 'NXDomain']);
    expect(verdict([elsewhere, gone])).toEqual(['negative', 'NXDomain']);
    expect(verdict([gone, gone])).toEqual(['negative', 'NXDomain']);
  });

  test('mean the same in whatever order they stand', () => {
    const of = (resolver: string, one: DnsAnswer): DnsAnswer => ({ ...one, resolver });
    const lists = [
      [of('1.1.1.1', gone), of('8.8.8.8', elsewhere)],
      [of('1.1.1.1', answer({ error: 'ENODATA' })), of('8.8.8.8', gone)],
      [of('1.1.1.1', mute), of('8.8.8.8', answer({ error: 'ESERVFAIL' }))],
      [of('1.1.1.1', good), of('8.8.8.8', chain(['a.test', TARGET]))],
      [of('1.1.1.1', gone), of('1.1.1.1', answer({ error: 'ENODATA' }))],
      [
        { ...good, checkedAt: '2026-11-23T10:00:00Z' },
        { ...good, checkedAt: '2026-11-23T11:00:00+01:00' },
      ],
    ];
    for (const list of lists) expect(judge(list.toReversed())).toEqual(judge(list));
  });

  test('that disagree say nothing, and what both say is told', () => {
    const { outcome, reason, detail } = judge([good, gone]);
    expect([outcome, reason]).toEqual(['unknown', 'ResolversDisagree']);
    expect(detail).toBe('one resolver reaches the target, another: app.customer.test does not exist');
    expect(verdict([gone, good, mute])).toEqual(['unknown', 'ResolversDisagree']);
  });

  test('are negative only when nobody is mute, positive even then', () => {
    expect(verdict([mute, good])).toEqual(['positive', 'Ready']);
    expect(verdict([gone, mute])).toEqual(['unknown', 'Unknown']);
    expect(verdict([good], { targetAnswers: [gone] })).toEqual(['unknown', 'TargetUnresolvable']);
    expect(judge([mute, gone]).detail).toBe('1.1.1.1 could not answer (ETIMEOUT)');
  });

  test('are as new as the newest of them', () => {
    const at = (checkedAt: string) => chain([TARGET], { checkedAt });
    const times = ['2026-11-23T10:00:05Z', '2026-11-23T11:30:00+02:00', '2026-11-23T10:00:01Z', 'soon'];
    expect(judge(times.map(at)).checkedAt).toBe('2026-11-23T10:00:05Z');
    expect(judge(times.toReversed().map(at)).checkedAt).toBe('2026-11-23T10:00:05Z');
    expect(judge([at('soon')])).not.toHaveProperty('checkedAt');
    expect(judge([])).toEqual({
      outcome: 'unknown',
      reason: 'NotChecked',
      detail: 'DNS has not been asked yet',
      proven: false,
    });
  });

  test('prove a claim by any TXT record that is the proof and not a part of it', () => {
    const proof = 'kb-proof';
    expect(judge([good, chain([TARGET], { txt: ['x', proof] })], { proof }).proven).toBe(true);
    expect(judge([chain([TARGET], { txt: ['kb-proof-2'] })], { proof }).proven).toBe(false);
    expect(judge([chain([TARGET], { txt: [proof] })]).proven).toBe(false);
  });
});

describe('a wildcard', () => {
  const hostname = '*.customer.test';

  test('that reaches the target needs the proof all the same', () => {
    const unproven = judge([chain([TARGET])], { hostname, proof: 'kb-proof' });
    expect([unproven.outcome, unproven.reason]).toEqual(['negative', 'ProofMissing']);
    expect(unproven.detail).toContain('_kubebyon.customer.test');
    expect(verdict([chain([TARGET], { txt: ['kb-proof'] })], { hostname, proof: 'kb-proof' })).toEqual([
      'positive',
      'Ready',
    ]);
    expect(verdict([answer({ error: 'ENOTFOUND' })], { hostname })).toEqual(['negative', 'NXDomain']);
  });
});

describe('a target', () => {
  test('does not resolve when everybody who was asked says so for sure', () => {
    const gone = answer({ error: 'ENOTFOUND' });
    const empty = answer({ chain: [], a: [], aaaa: [] });
    expect(targetUnresolvable([gone, empty])).toBe(true);
    expect(targetUnresolvable([gone])).toBe(true);
    expect(targetUnresolvable([])).toBe(false);
    expect(targetUnresolvable([gone, answer({ error: 'ESERVFAIL' })])).toBe(false);
    expect(targetUnresolvable([gone, chain([])])).toBe(false);
    expect(targetUnresolvable([answer({ chain: [] })])).toBe(false);
    expect(targetUnresolvable([answer({ chain: [], a: [], aaaa: ['2001:db8::9'] })])).toBe(false);
  });
});

describe('CAA records', () => {
  const forbids = (caa: readonly string[], wildcard = false) => caaForbids([answer({ caa })], wildcard);

  test('forbid every authority when all of the tag that counts are empty', () => {
    expect(forbids(['0 issue ";"'])).toBe(true);
    expect(forbids(['0 ISSUE ""', '0 issue ;'])).toBe(true);
    expect(forbids(['128 issue "letsencrypt.org"', '0 issue ";"'])).toBe(false);
    expect(forbids(['0 iodef "mailto:a@b.test"'])).toBe(false);
    expect(forbids([])).toBe(false);
    expect(forbids(['garbage'])).toBe(false);
  });

  test('of a wildcard are those of issuewild where there are any, else those of issue', () => {
    expect(forbids(['0 issuewild ";"', '0 issue "letsencrypt.org"'], true)).toBe(true);
    expect(forbids(['0 issuewild ";"', '0 issue "letsencrypt.org"'], false)).toBe(false);
    expect(forbids(['0 issuewild "letsencrypt.org"', '0 issue ";"'], true)).toBe(false);
    expect(forbids(['0 issue ";"'], true)).toBe(true);
  });

  test('are those of all resolvers together', () => {
    const none = answer({ caa: ['0 issue ";"'] });
    expect(caaForbids([none, none], false)).toBe(true);
    expect(caaForbids([none, answer({ caa: ['0 issue "letsencrypt.org"'] })], false)).toBe(false);
  });
});
