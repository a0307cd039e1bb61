import { describe, expect, test } from 'vitest';
import {
  type CertificateStore,
  type JudgedSecret,
  judgeSecret,
  secretIsFree,
  secretNames,
  secretProblem,
  servedCertificates,
} from '../../../src/planner/https/secrets.ts';
import { mayBeUnseen } from '../../../src/planner/https/unseen.ts';
import { clockAt, formatTime, MINUTE } from '../../../src/planner/world/clock.ts';
import type { KubeObject } from '../../../src/planner/world/world.ts';
import { NOW, SYSTEM } from '../../support/worlds.ts';

const now = Date.parse(NOW);
const clock = clockAt(now);
const inFuture = (milliseconds: number): string => formatTime(now + milliseconds);

const secret = (
  changes: Partial<KubeObject> = {},
  annotations: Readonly<Record<string, string>> = {},
): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'tls', namespace: SYSTEM, annotations },
  type: 'kubernetes.io/tls',
  ...changes,
});
const made = { 'cert-manager.io/certificate-name': 'tls' };
const OURS = {
  'app.kubernetes.io/managed-by': 'kubebyon',
  'kubebyon.app/gateway-api-sync-kind': 'workload-edge',
};
const certificate = (status: unknown = {}, labels: Readonly<Record<string, string>> = OURS): KubeObject => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: { name: 'tls', namespace: SYSTEM, generation: 3, labels },
  spec: { dnsNames: ['a.test', 'b.test'] },
  status,
});

describe('the names of a Secret', () => {
  test('are those of its certificate, else those that cert-manager wrote on it, else nobody knows', () => {
    const altNames = { 'cert-manager.io/alt-names': 'a.test, b.test,,' };
    expect(secretNames(secret({ certificate: { dnsNames: ['x.test'] } }, altNames))).toEqual(['x.test']);
    expect(secretNames(secret({ certificate: { dnsNames: [] } }, altNames))).toEqual([]);
    expect(secretNames(secret({}, altNames))).toEqual(['a.test', 'b.test']);
    expect(secretNames(secret({}, { 'cert-manager.io/alt-names': '' }))).toEqual([]);
    expect(secretNames(secret())).toBeUndefined();
  });

  test('may be those of our Certificate that is Ready as it stands', () => {
    const ready = (changes: object) => ({
      conditions: [{ type: 'Ready', status: 'True', observedGeneration: 3, ...changes }],
    });
    const names = (one: KubeObject | undefined) =>
      judgeSecret(
        'tls',
        store({ secret: secret(), ...(one === undefined ? {} : { certificate: one }) }),
        clock,
      ).names;
    expect(names(certificate(ready({})))).toEqual(['a.test', 'b.test']);
    expect(names(certificate(ready({ observedGeneration: 2 })))).toBeUndefined();
    expect(names(certificate(ready({ status: 'False' })))).toBeUndefined();
    expect(names(certificate(ready({}), {}))).toBeUndefined();
    expect(names(undefined)).toBeUndefined();
  });
});

function store({
  complete = true,
  ...objects
}: {
  readonly secret?: KubeObject;
  readonly certificate?: KubeObject;
  readonly complete?: boolean;
}): CertificateStore {
  return {
    secret: () => objects.secret,
    certificate: () => objects.certificate,
    otherWriter: () => undefined,
    complete,
  };
}

test('a Secret is free for our Certificate when it is absent or made for it', () => {
  expect(secretIsFree(undefined, 'tls')).toBe(true);
  expect(secretIsFree(secret({}, made), 'tls')).toBe(true);
  expect(secretIsFree(secret({}, made), 'other')).toBe(false);
  expect(secretIsFree(secret(), 'tls')).toBe(false);
});

describe('a Secret cannot be served', () => {
  const problem = (changes: Partial<KubeObject>, one?: KubeObject, annotations = made) =>
    secretProblem(secret(changes, annotations), one, clock);

  test('when it is of another type, or its key is another', () => {
    expect(problem({})).toBeUndefined();
    expect(problem({ type: 'Opaque' })).toBe('is not of type kubernetes.io/tls');
    const { type: _, ...untyped } = secret();
    expect(secretProblem(untyped, undefined, clock)).toBeUndefined();
    expect(problem({ certificate: { keyMatches: false } })).toBe(
      'has a key that does not match its certificate',
    );
    expect(problem({ certificate: { keyMatches: true } })).toBeUndefined();
  });

  test('from two minutes before its certificate ends', () => {
    const ends = (milliseconds: number) => problem({ certificate: { notAfter: inFuture(milliseconds) } });
    expect(ends(2 * MINUTE + 1)).toBeUndefined();
    expect(ends(2 * MINUTE)).toBe('has expired or is about to');
    expect(ends(-MINUTE)).toBe('has expired or is about to');
  });

  test('by the end that its Certificate tells, when that made it and it says none itself', () => {
    const expired = certificate({ notAfter: inFuture(0) });
    expect(problem({}, expired)).toBe('has expired or is about to');
    expect(problem({}, expired, { 'cert-manager.io/certificate-name': 'other' })).toBeUndefined();
    expect(problem({ certificate: { notAfter: inFuture(9 * MINUTE) } }, expired)).toBeUndefined();
    expect(problem({}, certificate({ notAfter: inFuture(9 * MINUTE) }))).toBeUndefined();
  });

  test('when it does not exist', () => {
    expect(judgeSecret('tls', store({}), clock)).toEqual({
      names: undefined,
      problem: 'does not exist',
      missing: true,
    });
    expect(
      judgeSecret('tls', store({ secret: secret({ certificate: { dnsNames: ['a.test'] } }) }), clock),
    ).toEqual({
      names: ['a.test'],
      problem: undefined,
      missing: false,
    });
  });
});

describe('the Secrets of a listener', () => {
  const judged = (changes: Partial<JudgedSecret> = {}): JudgedSecret => ({
    names: ['a.test'],
    problem: undefined,
    missing: false,
    ...changes,
  });
  const MISSING = judged({ names: undefined, problem: 'does not exist', missing: true });
  const served = (secrets: readonly JudgedSecret[], complete = true) =>
    servedCertificates(
      secrets.map((_, index) => String(index)),
      (name) => secrets[Number(name)] ?? MISSING,
      { complete },
    );
  const covers = (hostname: string, secrets: readonly JudgedSecret[], complete = true) => {
    const coverage = served(secrets, complete).covers(hostname);
    return coverage.state === 'covered' ? 'covered' : `${coverage.state}: ${coverage.reason}`;
  };

  test('cover the names that they hold, and a wildcard those one label below', () => {
    expect(covers('a.test', [judged()])).toBe('covered');
    expect(covers('b.test', [judged()])).toBe('uncovered: no certificate covers it yet');
    const wild = judged({ names: ['*.a.test'] });
    expect(covers('x.a.test', [wild])).toBe('covered');
    expect(covers('x.y.a.test', [wild])).toBe('uncovered: no certificate covers it yet');
    expect(covers('a.test', [wild])).toBe('uncovered: no certificate covers it yet');
  });

  test('serve a name by the one that has exactly it before a wildcard', () => {
    const broken = judged({ names: ['x.a.test'], problem: 'has expired or is about to' });
    const wild = judged({ names: ['b.test', '*.a.test'] });
    expect(covers('x.a.test', [wild, broken])).toBe('uncovered: its Secret has expired or is about to');
    expect(covers('y.a.test', [wild, broken])).toBe('covered');
    expect(covers('y.a.test', [judged({ ...wild, problem: 'is broken' }), judged()])).toBe(
      'uncovered: its Secret is broken',
    );
  });

  test('that repeat a name of an earlier one cover nothing at all', () => {
    const repeating = judged({ names: ['c.test', 'a.test'] });
    expect(covers('c.test', [judged(), repeating])).toBe(
      'uncovered: its Secret repeats a.test of an earlier certificate',
    );
    expect(covers('a.test', [judged(), repeating])).toBe('covered');
    expect(served([judged(), repeating]).problems).toEqual([
      'Secret 1 repeats a.test of an earlier certificate',
    ]);
    const both = judged({ names: ['a.test'], problem: 'is broken' });
    expect(served([judged(), both]).problems).toEqual(['Secret 1 is broken']);
  });

  test('that are missing are no problem of their own, and prove nothing where not all was read', () => {
    expect(served([MISSING, judged()]).problems).toEqual([]);
    expect(covers('a.test', [MISSING, MISSING])).toBe('uncovered: its Secret does not exist');
    expect(covers('a.test', [MISSING, MISSING], false)).toBe('unknown: its Secret was not read');
    expect(covers('b.test', [MISSING, judged()])).toBe('uncovered: no certificate covers it yet');
    expect(covers('b.test', [MISSING, judged()], false)).toBe(
      'unknown: nobody says which names its Secret covers',
    );
    expect(covers('b.test', [judged()], false)).toBe('uncovered: no certificate covers it yet');
  });

  test('whose names nobody says may cover any', () => {
    const dark = judged({ names: undefined });
    expect(covers('b.test', [dark, judged()])).toBe('unknown: nobody says which names its Secret covers');
    expect(covers('a.test', [dark, judged()])).toBe('covered');
  });

  test('are none before the first is there', () => {
    expect(covers('a.test', [])).toBe('unknown: the listener has no certificate yet');
  });

  test('tell which names they hold, usable or not', () => {
    const { names } = served([judged(), judged({ names: ['b.test'], problem: 'is broken' }), MISSING]);
    expect(['a.test', 'b.test', 'c.test'].map((name) => names.has(name))).toEqual([true, true, false]);
  });
});

test('a write may be unseen for a minute', () => {
  expect(mayBeUnseen(formatTime(now - MINUTE + 1), clock)).toBe(true);
  expect(mayBeUnseen(formatTime(now - MINUTE), clock)).toBe(false);
  expect(mayBeUnseen('soon', clock)).toBe(false);
});
