import { describe, expect, test } from 'vitest';
import { CERTIFICATE_ANNOTATIONS } from '../../../src/contract/labels.ts';
import {
  type CertificateShard,
  MAX_NAMES,
  MAX_SHARDS,
  newCertificateShard,
} from '../../../src/planner/https/certificate-shards.ts';
import { type NamesToPlace, placeNames } from '../../../src/planner/https/name-placement.ts';
import { spreadNames } from '../../../src/planner/https/name-spread.ts';
import type { ShardFacts } from '../../../src/planner/https/shard-rules.ts';
import { clockAt, formatTime, MINUTE } from '../../../src/planner/world/clock.ts';
import { NOW, SYSTEM, tlsConfig } from '../../support/worlds.ts';

const now = Date.parse(NOW);
const ago = (milliseconds: number): string => formatTime(now - milliseconds);

/** A shared certificate whose names changed an hour ago. */
const shard = (
  number: number,
  spec: readonly string[],
  changes: {
    readonly changedAt?: string;
    readonly renewalTime?: string;
    readonly served?: readonly string[];
  } = {},
): CertificateShard => ({
  ...newCertificateShard(number, tlsConfig()),
  spec,
  served: changes.served ?? spec,
  certificate: {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: {
      name: newCertificateShard(number, tlsConfig()).name,
      namespace: SYSTEM,
      annotations: { [CERTIFICATE_ANNOTATIONS.namesChangedAt]: changes.changedAt ?? ago(60 * MINUTE) },
    },
    status: changes.renewalTime === undefined ? {} : { renewalTime: changes.renewalTime },
  },
});

const place = (
  shards: readonly CertificateShard[],
  wanted: readonly string[],
  changes: Partial<Pick<NamesToPlace, 'keepAll'>> & { readonly excluded?: readonly string[] } = {},
) => {
  const { placement, findings } = placeNames({
    shards,
    wanted: new Set(wanted),
    excluded: new Set(changes.excluded ?? []),
    tls: tlsConfig(),
    keepAll: changes.keepAll ?? false,
    clock: clockAt(now),
  });
  return {
    placement: placement.map(({ shard: { number, name }, names, grew }) => ({ number, name, names, grew })),
    findings,
  };
};
const names = (...args: Parameters<typeof place>) =>
  Object.fromEntries(place(...args).placement.map((one) => [one.number, one.names]));
const many = (count: number, prefix = 'n'): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(4, '0')}.test`);

describe('a name without a certificate', () => {
  test('goes to the first with room, in order, and that has grown', () => {
    expect(place([shard(1, ['b.test'])], ['b.test', 'c.test', 'a.test'])).toEqual({
      placement: [
        { number: 1, name: 'kubebyon-workload-tls', names: ['a.test', 'b.test', 'c.test'], grew: true },
      ],
      findings: [],
    });
    expect(place([], ['a.test']).placement).toEqual([
      { number: 1, name: 'kubebyon-workload-tls', names: ['a.test'], grew: true },
    ]);
  });

  test('waits until the last addition to any certificate is ten minutes old', () => {
    const changed = (milliseconds: number) =>
      names(
        [shard(1, ['a.test'], { changedAt: ago(milliseconds) }), shard(2, ['b.test'])],
        ['a.test', 'b.test', 'c.test'],
      );
    expect(changed(10 * MINUTE - 1)).toEqual({ 1: ['a.test'], 2: ['b.test'] });
    expect(changed(10 * MINUTE)).toEqual({ 1: ['a.test', 'c.test'], 2: ['b.test'] });
  });

  test('waits for no certificate whose names nobody wants any more: a wildcard that is given up, or its names', () => {
    const now = { changedAt: ago(0) };
    expect(names([shard(1, ['*.b.test'], now)], ['a.b.test', 'c.b.test'])).toEqual({
      1: ['a.b.test', 'c.b.test'],
    });
    expect(names([shard(1, ['a.b.test'], now)], ['*.b.test'])).toEqual({ 1: ['*.b.test'] });
    // Held-back withdrawals: nobody knows yet that it is given up.
    expect(names([shard(1, ['*.b.test'], now)], ['a.b.test'], { keepAll: true })).toEqual({
      1: ['*.b.test'],
    });
  });

  test('stays out while it is excluded', () => {
    expect(names([shard(1, ['a.test'])], ['a.test', 'bad.test'], { excluded: ['bad.test'] })).toEqual({
      1: ['a.test'],
    });
  });

  test('goes to a certificate between others, which stay in order', () => {
    const full = many(MAX_NAMES);
    const { placement } = place(
      [shard(1, full), shard(3, ['c.test'])],
      [...full, 'c.test', ...many(100, 'new')],
    );
    expect(placement.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  test('finds room where names have left', () => {
    const full = many(MAX_NAMES);
    expect(Object.keys(names([shard(1, full)], [...full, 'new.test']))).toEqual(['1', '2']);
    const left = names([shard(1, full)], [...full.slice(1), 'new.test']);
    expect(left).toEqual({ 1: ['new.test', ...full.slice(1)].sort() });
  });

  test('has none when all certificates are full, which is told with three of them', () => {
    const shards = Array.from({ length: MAX_SHARDS }, (_, index) =>
      shard(index + 1, many(MAX_NAMES, `s${index}-`)),
    );
    const wanted = shards.flatMap(({ spec }) => spec);
    const { findings } = place(shards, [...wanted, ...many(5, 'lost')]);
    expect(findings.map(({ code, message }) => [code, message])).toEqual([
      [
        'SharedCertificateCapacity',
        '5 names have no certificate (lost0000.test, lost0001.test, lost0002.test)',
      ],
    ]);
    expect(place(shards, wanted).findings).toEqual([]);
  });
});

describe('a name that nobody wants any more', () => {
  test('stays where it is, and leaves with the next addition', () => {
    const shards = [shard(1, ['a.test', 'gone.test'])];
    expect(place(shards, ['a.test']).placement).toEqual([
      { number: 1, name: 'kubebyon-workload-tls', names: ['a.test', 'gone.test'], grew: false },
    ]);
    expect(names(shards, ['a.test', 'b.test'])).toEqual({ 1: ['a.test', 'b.test'] });
  });

  test('leaves when the certificate is renewed anyway', () => {
    const due = (milliseconds: number) =>
      names([shard(1, ['a.test', 'gone.test'], { renewalTime: ago(milliseconds) })], ['a.test']);
    expect(due(-1)).toEqual({ 1: ['a.test', 'gone.test'] });
    expect(due(0)).toEqual({ 1: ['a.test'] });
  });

  test('leaves when a name of its certificate is left out', () => {
    const shards = [shard(1, ['a.test', 'gone.test', 'bad.test'])];
    expect(names(shards, ['a.test', 'bad.test'], { excluded: ['bad.test'] })).toEqual({ 1: ['a.test'] });
  });

  test('stays through all of that while withdrawals are held back, but for a name that is left out', () => {
    const shards = [shard(1, ['a.test', 'gone.test', 'bad.test'], { renewalTime: ago(0) })];
    const held = { excluded: ['bad.test'], keepAll: true };
    expect(names(shards, ['a.test', 'b.test'], held)).toEqual({ 1: ['a.test', 'b.test', 'gone.test'] });
  });

  test('stays when it is the last, until the Certificate goes', () => {
    expect(names([shard(1, ['gone.test'], { renewalTime: ago(0) })], [])).toEqual({ 1: ['gone.test'] });
  });
});

describe('a name that two certificates hold', () => {
  test('leaves the later one, with a finding', () => {
    const shards = [shard(1, ['a.test', 'b.test']), shard(2, ['b.test', 'c.test', 'gone.test'])];
    const { placement, findings } = place(shards, ['a.test', 'b.test', 'c.test']);
    expect(placement.map((one) => one.names)).toEqual([['a.test', 'b.test'], ['c.test']]);
    expect(findings.map(({ code, hostname, message }) => [code, hostname, message])).toEqual([
      ['ShardOverlap', 'b.test', 'b.test leaves kubebyon-workload-tls-2'],
    ]);
  });
});

describe('names are spread', () => {
  const spread = (
    wanted: readonly string[],
    room: readonly (readonly [number, number])[],
    served: Readonly<Record<number, readonly string[]>> = {},
  ) => {
    const facts: ShardFacts = {
      names: wanted,
      shards: room.map(([number]) => ({ number, served: served[number] ?? [] })),
      room: new Map(room),
    };
    const { additions, lost } = spreadNames(facts);
    return { additions: Object.fromEntries(additions), lost };
  };

  test('to the certificate whose Secret still holds them, as far as it has room', () => {
    expect(
      spread(
        ['a', 'b', 'c'],
        [
          [1, 9],
          [2, 2],
        ],
        { 2: ['c', 'b', 'a'] },
      ),
    ).toEqual({
      additions: { 2: ['a', 'b'] },
      lost: [],
    });
    expect(
      spread(
        ['a', 'b'],
        [
          [1, 9],
          [2, 9],
        ],
        { 2: ['b'] },
      ),
    ).toEqual({ additions: { 1: ['a'], 2: ['b'] }, lost: [] });
    expect(
      spread(
        ['a'],
        [
          [1, 1],
          [2, 1],
        ],
        { 1: ['a'], 2: ['a'] },
      ),
    ).toEqual({ additions: { 1: ['a'] }, lost: [] });
    expect(spread(['a'], [[1, -3]], { 1: ['a'] })).toEqual({ additions: {}, lost: [] });
  });

  test('by one rule after the other, each with what the one before has left', () => {
    const served = { 1: ['a'] };
    expect(spread(['a', 'b'], [[1, 9]], served)).toEqual({ additions: { 1: ['a', 'b'] }, lost: [] });
    expect(spread(['a', 'b', 'c'], [[1, 2]], served)).toEqual({
      additions: { 1: ['a'], 2: ['b', 'c'] },
      lost: [],
    });
  });

  test('all together to the first with room for all', () => {
    expect(
      spread(
        ['a', 'b'],
        [
          [2, 9],
          [1, 1],
        ],
      ),
    ).toEqual({ additions: { 2: ['a', 'b'] }, lost: [] });
    expect(
      spread(
        ['a', 'b'],
        [
          [2, 9],
          [1, 2],
        ],
      ),
    ).toEqual({ additions: { 1: ['a', 'b'] }, lost: [] });
  });

  test('else to new certificates, a hundred to each, in the first numbers that are free', () => {
    const wanted = many(250);
    const { additions } = spread(wanted, [
      [1, 50],
      [3, 50],
    ]);
    expect(additions).toEqual({ 2: wanted.slice(0, 100), 4: wanted.slice(100, 200), 5: wanted.slice(200) });
  });

  test('and only then to what room is left, the last to none', () => {
    const room = Array.from({ length: MAX_SHARDS }, (_, index): readonly [number, number] => [
      index + 1,
      index === 5 ? 2 : index === 3 ? 1 : 0,
    ]);
    expect(spread(['a', 'b', 'c', 'd'], room.toReversed())).toEqual({
      additions: { 4: ['a'], 6: ['b', 'c'] },
      lost: ['d'],
    });
  });
});
