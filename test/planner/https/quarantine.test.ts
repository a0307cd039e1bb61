import { describe, expect, test } from 'vitest';
import { type CertificateShard, newCertificateShard } from '../../../src/planner/https/certificate-shards.ts';
import { quarantineAfterFailure } from '../../../src/planner/https/quarantine.ts';
import { clockAt, DAY, formatTime } from '../../../src/planner/world/clock.ts';
import type { SharedMemory } from '../../../src/planner/world/memory.ts';
import { NOW, SYSTEM, tlsConfig } from '../../support/worlds.ts';

const now = Date.parse(NOW);
const TOMORROW = formatTime(now + DAY);

const shard = (
  spec: readonly string[],
  changes: { readonly served?: readonly string[]; readonly failure?: string; readonly number?: number } = {},
): CertificateShard => {
  const one = newCertificateShard(changes.number ?? 1, tlsConfig());
  const failed = { type: 'Issuing', status: 'False', reason: 'Failed', message: changes.failure };
  return {
    ...one,
    spec,
    served: changes.served ?? [],
    certificate: {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: one.name, namespace: SYSTEM, generation: 1 },
      status: { conditions: changes.failure === undefined ? [] : [failed] },
    },
  };
};

const judge = (
  shards: readonly CertificateShard[],
  {
    wanted = shards.flatMap(({ spec }) => spec),
    memory = {},
  }: { readonly wanted?: readonly string[]; readonly memory?: SharedMemory['quarantine'] } = {},
) => {
  const { quarantine, excluded, findings } = quarantineAfterFailure(
    shards,
    new Set(wanted),
    memory,
    clockAt(now),
  );
  return {
    quarantine,
    excluded: [...excluded],
    findings: findings.map(({ code, message, hostname }) => [code, hostname ?? message]),
  };
};
const until = (milliseconds: number, failures = 1) => ({ until: formatTime(now + milliseconds), failures });

describe('after a failed order', () => {
  test('the names that it mentions are left out for a day', () => {
    const failed = shard(['a.test', 'b.test', 'c.test'], {
      failure: 'order invalid: B.TEST. has no record, xc.test neither',
    });
    expect(judge([failed])).toEqual({
      quarantine: { 'b.test': { until: TOMORROW, failures: 1 } },
      excluded: ['b.test'],
      findings: [
        [
          'CertificateFailed',
          'Certificate kubebyon-workload-tls: order invalid: B.TEST. has no record, xc.test neither',
        ],
        ['CertificateNameQuarantined', 'b.test'],
      ],
    });
  });

  test('a wildcard is a name too', () => {
    expect(judge([shard(['*.a.test', 'a.test'], { failure: '"*.a.test": forbidden' })]).excluded).toEqual([
      '*.a.test',
    ]);
  });

  test('that mentions none all that the Secret does not hold yet are left out', () => {
    const served = ['a.test'];
    expect(judge([shard(['a.test', 'b.test', 'c.test'], { failure: 'boom', served })]).excluded).toEqual([
      'b.test',
      'c.test',
    ]);
    // Of a first order nobody knows which one it was, and without all of them there would be no certificate.
    expect(judge([shard(['a.test', 'b.test'], { failure: 'boom' })]).excluded).toEqual([]);
  });

  test('a name that its Secret holds is never left out', () => {
    expect(judge([shard(['a.test'], { failure: 'a.test is bad', served: ['a.test'] })]).excluded).toEqual([]);
  });

  test('failures are counted', () => {
    const failed = shard(['a.test', 'b.test'], { failure: 'b.test is bad' });
    expect(judge([failed], { memory: { 'b.test': until(-DAY, 4) } }).quarantine).toEqual({
      'b.test': until(DAY, 5),
    });
  });

  test('the others of other certificates stay', () => {
    const shards = [shard(['a.test'], { failure: 'a.test is bad' }), shard(['b.test'], { number: 2 })];
    expect(judge(shards).excluded).toEqual(['a.test']);
    expect(judge([{ ...shard(['a.test']), certificate: undefined }]).findings).toEqual([]);
  });
});

describe('a name that is left out', () => {
  const waiting = { wanted: ['a.test', 'b.test', 'c.test'] };

  test('stays so until its day is over, at that moment', () => {
    const at = (milliseconds: number) => judge([], { ...waiting, memory: { 'a.test': until(milliseconds) } });
    expect(at(1)).toEqual({
      quarantine: { 'a.test': until(1) },
      excluded: ['a.test'],
      findings: [['CertificateNameQuarantined', 'a.test']],
    });
    expect(at(0).excluded).toEqual([]);
    expect(at(0).quarantine).toEqual({ 'a.test': until(0) });
  });

  test('is forgotten when nobody wants it', () => {
    expect(judge([], { wanted: [], memory: { 'a.test': until(DAY) } })).toEqual({
      quarantine: {},
      excluded: [],
      findings: [],
    });
  });

  test('comes back one at a time, in order', () => {
    const memory = { 'c.test': until(-1), 'a.test': until(-1), 'b.test': until(-1) };
    expect(judge([], { ...waiting, memory }).excluded).toEqual(['b.test', 'c.test']);
    // One that is in a certificate again is no longer waited for; the next one comes.
    expect(judge([shard(['a.test'])], { ...waiting, memory }).excluded).toEqual(['c.test']);
    expect(
      judge([shard(['a.test'])], { ...waiting, memory: { ...memory, 'b.test': until(DAY) } }).excluded,
    ).toEqual(['b.test']);
  });

  test('is told in order', () => {
    const memory = { 'b.test': until(DAY), 'a.test': until(DAY) };
    expect(judge([], { ...waiting, memory }).findings.map(([, hostname]) => hostname)).toEqual([
      'a.test',
      'b.test',
    ]);
  });

  test('is told with the time until when', () => {
    const { findings } = quarantineAfterFailure(
      [],
      new Set(['a.test']),
      { 'a.test': until(DAY) },
      clockAt(now),
    );
    expect(findings.map(({ message }) => message)).toEqual([`a.test is left out until ${TOMORROW}`]);
  });
});
