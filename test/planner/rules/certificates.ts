import { chooseCertificate, decideOrder } from '../../../src/planner/https/certificate-choice.ts';
import {
  CERTIFICATE_TARGET_RULES,
  type CertificateFacts,
} from '../../../src/planner/https/certificate-rules.ts';
import { type Spread, spreadNames } from '../../../src/planner/https/name-spread.ts';
import { ORDER_RULES, type OrderFacts } from '../../../src/planner/https/order-rules.ts';
import { SHARD_RULES, type ShardFacts } from '../../../src/planner/https/shard-rules.ts';
import { BASE, tlsConfig } from '../../support/worlds.ts';
import { examplesOf } from './examples.ts';

/** A platform-managed hostname that is ready. */
const platform = (changes: Partial<CertificateFacts> = {}): CertificateFacts => ({
  hostname: `app.${BASE}`,
  management: 'platform',
  tls: tlsConfig(),
  baseDomain: () => BASE,
  phase: 'ready',
  wasReady: false,
  overlap: () => undefined,
  ownWildcard: () => undefined,
  ...changes,
});

/** A self-managed hostname that is ready. */
const self = (changes: Partial<CertificateFacts> = {}): CertificateFacts =>
  platform({ hostname: 'app.customer.test', management: 'self', ...changes });

const NONE = { target: undefined };
const without = (code: string, message: string) => ({ ...NONE, problem: { code, message } });

export const CERTIFICATE_TARGET_EXAMPLES = examplesOf(
  'CERTIFICATE_TARGET_RULES',
  CERTIFICATE_TARGET_RULES,
  chooseCertificate,
  {
    NoSharedListener: {
      when: 'only self-managed hostnames have certificates',
      facts: () => platform({ tls: tlsConfig({ certManager: false }) }),
      verdict: NONE,
    },
    NoBaseDomain: {
      when: 'the inventory has no base domain',
      facts: () => platform({ hostname: 't.example.com', management: 'target', baseDomain: () => undefined }),
      verdict: NONE,
    },
    OutsideBaseDomain: {
      when: 'the target is somewhere else',
      facts: () => platform({ hostname: 't.example.com', management: 'target' }),
      verdict: without('TargetOutsideBaseDomain', `t.example.com is not below ${BASE}`),
    },
    WildcardNeedsDns01: {
      when: 'a wildcard is bound and the issuer has HTTP-01 only',
      facts: () => platform({ hostname: `*.app.${BASE}` }),
      verdict: without('WildcardNeedsDns01', `*.app.${BASE} has no certificate`),
    },
    BelowBaseDomain: {
      when: 'a hostname below the base domain is bound',
      facts: () => platform(),
      verdict: { target: 'shared' },
    },
    SelfManagedOff: {
      when: 'only the shared certificates are switched on',
      facts: () => self({ tls: tlsConfig({ selfManaged: false }) }),
      verdict: NONE,
    },
    DnsLost: {
      when: 'its DNS has been elsewhere for a day',
      facts: () => self({ phase: 'lost', wasReady: true }),
      verdict: NONE,
    },
    Overlapping: {
      when: 'a wildcard above it has a certificate',
      facts: () => self({ overlap: () => '*.customer.test of cluster c-1 is older' }),
      verdict: without('OverlappingCertificates', '*.customer.test of cluster c-1 is older'),
    },
    DnsPending: {
      when: 'its DNS has not reached the target yet',
      facts: () => self({ phase: 'pending' }),
      verdict: NONE,
    },
    OwnWildcard: {
      when: 'a wildcard of the same cluster directly above it has a certificate',
      facts: () => self({ ownWildcard: () => '*.customer.test' }),
      verdict: { target: 'dedicated', of: '*.customer.test' },
    },
    OfItsOwn: {
      when: 'a hostname of the customer is ready',
      facts: () => self(),
      verdict: { target: 'dedicated' },
    },
  },
);

/** A self-managed hostname whose DNS reaches its target. */
const order = (changes: Partial<OrderFacts>): OrderFacts => ({
  hostname: 'app.customer.test',
  phase: 'ready',
  outcome: 'positive',
  caaForbids: () => false,
  paused: false,
  unknownIssuerKind: undefined,
  ...changes,
});

const KEPT = { mayOrder: false };

export const ORDER_EXAMPLES = examplesOf('ORDER_RULES', ORDER_RULES, decideOrder, {
  CaaForbids: {
    when: 'its CAA records allow nobody',
    facts: () => order({ caaForbids: () => true }),
    verdict: { ...KEPT, problem: { code: 'CaaForbids', message: 'CAA of app.customer.test allows nobody' } },
  },
  IssuerKindUnknown: {
    when: 'the binding names an issuer of a kind that nobody has',
    facts: () => order({ unknownIssuerKind: 'clusterissuer' }),
    verdict: {
      ...KEPT,
      problem: {
        code: 'IssuerKindUnknown',
        message:
          'app.customer.test names an issuer of kind "clusterissuer"; expected Issuer or ClusterIssuer',
      },
    },
  },
  DnsNotReady: {
    when: 'its DNS cannot be asked and had been elsewhere for ten minutes',
    facts: () => order({ phase: 'degraded', outcome: 'unknown' }),
    verdict: KEPT,
  },
  DnsElsewhere: {
    when: 'its DNS was elsewhere at the last check',
    facts: () => order({ outcome: 'negative' }),
    verdict: KEPT,
  },
  Paused: {
    when: 'its binding is paused',
    facts: () => order({ paused: true }),
    verdict: KEPT,
  },
});

/** Shared certificates by their number: how many more names they take, and what their Secrets hold. */
const shards = (
  names: readonly string[],
  existing: readonly (readonly [number, number, ...string[]])[],
): ShardFacts => ({
  names,
  shards: existing.map(([number, , ...served]) => ({ number, served })),
  room: new Map(existing.map(([number, free]) => [number, free])),
});

const spread = (additions: Readonly<Record<number, readonly string[]>>, ...lost: string[]): Spread => ({
  additions: new Map(Object.entries(additions).map(([number, names]) => [Number(number), names])),
  lost,
});

export const SHARD_EXAMPLES = examplesOf('SHARD_RULES', SHARD_RULES, spreadNames, {
  BackHome: {
    when: 'the Secret of the second certificate still holds the name',
    facts: () =>
      shards(
        ['a.test'],
        [
          [1, 50],
          [2, 50, 'a.test'],
        ],
      ),
    verdict: spread({ 2: ['a.test'] }),
  },
  HeldElsewhere: {
    when: 'the Secret of a certificate without room still holds the name',
    facts: () =>
      shards(
        ['a.test'],
        [
          [1, 0, 'a.test'],
          [2, 50],
        ],
      ),
    verdict: spread({}),
  },
  OneOrder: {
    when: 'the first certificate has room',
    facts: () => shards(['a.test', 'b.test'], [[1, 2]]),
    verdict: spread({ 1: ['a.test', 'b.test'] }),
  },
  NewCertificates: {
    when: 'no certificate has room for both names',
    facts: () => shards(['a.test', 'b.test'], [[1, 1]]),
    verdict: spread({ 2: ['a.test', 'b.test'] }),
  },
  FillUp: {
    when: 'there are 64 certificates, of which two have room for one name each',
    facts: () =>
      shards(
        ['a.test', 'b.test', 'c.test'],
        Array.from({ length: 64 }, (_, index): readonly [number, number] => [index + 1, index < 2 ? 1 : 0]),
      ),
    verdict: spread({ 1: ['a.test'], 2: ['b.test'] }, 'c.test'),
  },
});
