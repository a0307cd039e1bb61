import { describe, expect, test } from 'vitest';
import { CERTIFICATE_ANNOTATIONS } from '../../../src/contract/labels.ts';
import { decideOrder } from '../../../src/planner/https/certificate-choice.ts';
import {
  certificateObject,
  issuanceFailure,
  needsOrder,
  orderAnnotation,
  orderTimes,
  recentOrders,
} from '../../../src/planner/https/certificates.ts';
import { issuerOf, unknownIssuerKind } from '../../../src/planner/https/issuer.ts';
import { clockAt, DAY, formatTime } from '../../../src/planner/world/clock.ts';
import type { KubeObject } from '../../../src/planner/world/world.ts';
import { NOW, SYSTEM, tlsConfig } from '../../support/worlds.ts';

const now = Date.parse(NOW);
const clock = clockAt(now);
const ago = (milliseconds: number): string => formatTime(now - milliseconds);
const ISSUER = { name: 'le', kind: 'ClusterIssuer', group: 'cert-manager.io' };

const certificate = (
  changes: {
    readonly orders?: string;
    readonly dnsNames?: readonly string[];
    readonly conditions?: readonly object[];
  } = {},
): KubeObject => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: {
    name: 'tls',
    namespace: SYSTEM,
    generation: 2,
    annotations: changes.orders === undefined ? {} : { [CERTIFICATE_ANNOTATIONS.orders]: changes.orders },
  },
  spec: { dnsNames: changes.dnsNames ?? ['a.test', 'b.test'], issuerRef: ISSUER },
  status: { conditions: changes.conditions ?? [] },
});

test('a Certificate of all clusters has no label of one', () => {
  const object = (clusterId: string | null) =>
    certificateObject({
      apiVersion: 'cert-manager.io/v1',
      name: 'tls',
      namespace: SYSTEM,
      dnsNames: ['a.test'],
      issuerRef: ISSUER,
      clusterId,
      annotations: {},
    });
  expect(object(null).metadata.labels).not.toHaveProperty('kubebyon.app/cluster-id');
  expect(object('c-1').metadata.labels).toMatchObject({ 'kubebyon.app/cluster-id': 'c-1' });
});

describe('cert-manager would order anew', () => {
  test('for other names in whatever order, and for another issuer', () => {
    const needs = (dnsNames: readonly string[], issuer = ISSUER) =>
      needsOrder(certificate(), dnsNames, issuer);
    expect(needs(['b.test', 'a.test'])).toBe(false);
    expect(needs(['a.test', 'b.test', 'a.test'])).toBe(false);
    expect(needs(['a.test'])).toBe(true);
    expect(needs(['a.test', 'b.test', 'c.test'])).toBe(true);
    expect(needs(['a.test', 'c.test'])).toBe(true);
    for (const key of ['name', 'kind', 'group'])
      expect(needs(['a.test', 'b.test'], { ...ISSUER, [key]: 'x' })).toBe(true);
  });
});

describe('the orders that a Certificate remembers', () => {
  const times = [ago(8 * DAY), ago(7 * DAY), ago(7 * DAY - 1), ago(DAY)];

  test('are the times that can be read, the last fifty', () => {
    expect(orderTimes(undefined)).toEqual([]);
    expect(orderTimes(certificate())).toEqual([]);
    expect(orderTimes(certificate({ orders: `soon,,${times.join(',')}` }))).toEqual(times);
    const many = Array.from({ length: 60 }, (_, index) => ago(index));
    expect(orderTimes(certificate({ orders: many.join(',') }))).toEqual(many.slice(10));
  });

  test('stay as they are without a new one; with one those of the last seven days stay', () => {
    const one = certificate({ orders: times.join(',') });
    expect(orderAnnotation(one, clock, false)).toBe(times.join(','));
    expect(orderAnnotation(one, clock, true)).toBe([ago(7 * DAY - 1), ago(DAY), NOW].join(','));
    expect(orderAnnotation(undefined, clock, true)).toBe(NOW);
    expect(orderAnnotation(undefined, clock, false)).toBe('');
  });

  test('count in the last seven days, once for each registered domain of its names', () => {
    const dnsNames = ['a.customer.test', 'b.customer.test', 'x.other.test'];
    expect(recentOrders(certificate({ orders: times.join(','), dnsNames }), clock)).toEqual([
      { certificate: 'tls', domain: 'customer.test', at: ago(7 * DAY - 1) },
      { certificate: 'tls', domain: 'other.test', at: ago(7 * DAY - 1) },
      { certificate: 'tls', domain: 'customer.test', at: ago(DAY) },
      { certificate: 'tls', domain: 'other.test', at: ago(DAY) },
    ]);
  });
});

describe('an issuance has failed', () => {
  const failure = (changes: object) =>
    issuanceFailure(
      certificate({
        conditions: [{ type: 'Issuing', status: 'False', reason: 'Failed', message: 'boom', ...changes }],
      }),
    );

  test('when cert-manager says so of the Certificate as it is, or does not say of which', () => {
    expect(failure({})).toBe('boom');
    expect(failure({ observedGeneration: 2 })).toBe('boom');
    expect(failure({ message: '' })).toBe('cert-manager reports a failed issuance');
  });

  test('and not when it speaks of an earlier one, or of something else', () => {
    expect(failure({ observedGeneration: 1 })).toBeUndefined();
    expect(failure({ status: 'True' })).toBeUndefined();
    expect(failure({ reason: 'Pending' })).toBeUndefined();
    expect(issuanceFailure(certificate())).toBeUndefined();
  });
});

describe('the issuer of a hostname', () => {
  test('is its own, with what is not said filled in, else that of such hostnames, else the default', () => {
    const tls = tlsConfig({
      selfManagedIssuerRef: { ...ISSUER, name: 'self' },
      issuerRef: { ...ISSUER, name: 'default' },
    });
    expect(issuerOf({ name: 'own' }, tls)).toEqual({ ...ISSUER, name: 'own' });
    expect(issuerOf({ name: 'own', kind: '', group: '' }, tls)).toEqual({ ...ISSUER, name: 'own' });
    expect(issuerOf({ name: 'own', kind: 'Issuer', group: 'x.test' }, tls)).toEqual({
      name: 'own',
      kind: 'Issuer',
      group: 'x.test',
    });
    expect(issuerOf({ name: '' }, tls)?.name).toBe('self');
    expect(issuerOf(undefined, tls)?.name).toBe('self');
    const { selfManagedIssuerRef: _, ...without } = tls;
    expect(issuerOf(undefined, without)?.name).toBe('default');
  });

  test('of cert-manager is an Issuer or a ClusterIssuer; those of others have kinds of their own', () => {
    expect(unknownIssuerKind({ name: 'own', kind: 'clusterissuer' })).toBe('clusterissuer');
    for (const known of [
      undefined,
      { name: '', kind: 'x' },
      { name: 'own' },
      { name: 'own', kind: 'Issuer' },
      { name: 'own', kind: 'x', group: 'x.test' },
    ])
      expect(unknownIssuerKind(known)).toBeUndefined();
  });
});

test('of a kind of issuer that nobody has 63 characters are told', () => {
  const decision = decideOrder({
    hostname: 'a.test',
    phase: 'ready',
    outcome: 'positive',
    caaForbids: () => false,
    paused: false,
    unknownIssuerKind: 'x'.repeat(100),
  });
  expect(decision.problem?.message).toBe(
    `a.test names an issuer of kind "${'x'.repeat(63)}"; expected Issuer or ClusterIssuer`,
  );
});
