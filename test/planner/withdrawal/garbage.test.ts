import { describe, expect, test } from 'vitest';
import { edgeName, hostnameObjectName } from '../../../src/contract/runtime-names.ts';
import { type Leaving, removeControlPlane, removeEdge } from '../../../src/planner/withdrawal/garbage.ts';
import { clockAt } from '../../../src/planner/world/clock.ts';
import type { KubeObject, World } from '../../../src/planner/world/world.ts';
import { contextsOf, type Held, holding } from '../../support/contexts.ts';
import { edgeCertificate, edgeLabels, edgeRoute, worldWith } from '../../support/edge-objects.ts';
import { chartListener, cluster, gatewayConfig, NOW, SYSTEM, workloadGateway } from '../../support/worlds.ts';

interface Situation {
  readonly held?: readonly Held[];
  readonly awaited?: readonly string[];
  readonly switchedOff?: boolean;
  readonly changes?: Partial<World>;
  readonly others?: readonly KubeObject[];
}

const object = (apiVersion: string, kind: string, name: string, namespace = 'vc-1'): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace, uid: `uid-${name}`, resourceVersion: '1', labels: edgeLabels('c-1') },
  spec: {},
});
const SLICE = object('discovery.k8s.io/v1', 'EndpointSlice', 'slice');
const SERVICE = object('v1', 'Service', 'service');
const PLAN = object('kubebyon.app/v1alpha1', 'RoutePlan', 'plan', SYSTEM);
const HTTP = edgeRoute(1, 'http', ['a.test']);
const HTTPS = edgeRoute(1, 'https', ['b.test']);
const OWN = edgeRoute(1, 'https-dedicated', ['c.test']);
const REDIRECT = edgeRoute(1, 'redirect', ['b.test', 'c.test']);
const ALL = [HTTP, HTTPS, OWN, REDIRECT, SLICE, SERVICE, PLAN];

function leaving(
  { held = [], awaited = [], switchedOff = false, changes = {}, others = [] }: Situation,
  objects: readonly KubeObject[],
): Leaving {
  const world = worldWith([cluster(2)], [...objects, ...others], changes);
  return {
    shared: contextsOf(world, gatewayConfig()).shared,
    cluster: 'c-1',
    reason: 'the cluster is gone',
    hold: holding(...held),
    clock: clockAt(Date.parse(NOW)),
    switchedOff,
    awaited: (hostname) => awaited.includes(hostname),
  };
}

const removed = (objects: readonly KubeObject[], situation: Situation = {}) =>
  removeEdge(objects, leaving(situation, objects));
const short = (name: string): string => name.replace(`${edgeName('c-1')}-`, '').replace(/-1$/, '');
const gone = (objects: readonly KubeObject[], situation: Situation = {}) =>
  removed(objects, situation).actions.map(({ object: one }) => short(one.metadata.name));
const counted = (objects: readonly KubeObject[], situation: Situation = {}) =>
  removed(objects, situation).withdrawals.map(({ kind }) => kind);
/** What an object's deletion waits for. */
const waitsFor = (name: string) =>
  (removed(ALL).actions.find(({ object: one }) => short(one.metadata.name) === name)?.after ?? [])
    .map((id) => short(id.split('/')[1] ?? ''))
    .sort();

describe('the edge of a cluster that leaves', () => {
  test('goes in order: redirects, HTTPS, HTTP, slices, Service, RoutePlan', () => {
    expect(gone(ALL)).toEqual(['redirect', 'https', 'https-dedicated', 'http', 'slice', 'service', 'plan']);
    expect(
      ['redirect', 'https', 'https-dedicated', 'http', 'slice', 'service', 'plan'].map(waitsFor),
    ).toEqual([
      [],
      ['redirect'],
      ['redirect'],
      ['https', 'https-dedicated', 'redirect'],
      ['http', 'https', 'https-dedicated', 'redirect'],
      ['http', 'https', 'https-dedicated', 'redirect', 'slice'],
      ['service', 'slice'],
    ]);
  });

  test('is counted, unless its feature is switched off', () => {
    expect(counted(ALL)).toEqual([
      'HTTPRoute',
      'HTTPRoute',
      'HTTPRoute',
      'HTTPRoute',
      'EndpointSlice',
      'Service',
      'RoutePlan',
    ]);
    expect(counted(ALL, { switchedOff: true })).toEqual([]);
    expect(gone(ALL, { switchedOff: true, held: ['HTTPRoute', 'Service'] })).toHaveLength(7);
  });

  test('stays while everything is held back, and is counted all the same', () => {
    expect([gone(ALL, { held: ['everything'] }), counted(ALL, { held: ['everything'] })]).toEqual([
      [],
      expect.arrayContaining(['Service']),
    ]);
    expect(gone(ALL, { held: ['everything'], switchedOff: true })).toEqual([]);
  });

  test('keeps what routes lead to while these are held back, and so on', () => {
    expect(gone(ALL, { held: ['HTTPRoute'] })).toEqual([]);
    expect(gone(ALL, { held: ['EndpointSlice'] })).toEqual(['redirect', 'https', 'https-dedicated', 'http']);
    expect(gone(ALL, { held: ['Service'] })).toEqual([
      'redirect',
      'https',
      'https-dedicated',
      'http',
      'slice',
      'plan',
    ]);
    expect(gone([SLICE, SERVICE, PLAN], { held: ['HTTPRoute'] })).toEqual(['slice', 'service', 'plan']);
  });

  test('keeps a route while a name of it has a new owner whose route is not there', () => {
    expect(gone(ALL, { awaited: ['a.test'] })).toEqual(['redirect', 'https', 'https-dedicated']);
    // The HTTPS routes that the redirect leads to stay with it.
    expect(gone(ALL, { awaited: ['b.test'] })).toEqual(['http']);
  });

  test('keeps an HTTPS route while the redirect of another cluster rests on it', () => {
    expect(gone([HTTP, HTTPS], { others: [edgeRoute(2, 'redirect', ['b.test'])] })).toEqual(['http']);
    expect(gone([HTTP, HTTPS], { others: [edgeRoute(2, 'redirect', ['a.test'])] })).toEqual([
      'https',
      'http',
    ]);
  });

  test('keeps an HTTPS route for a minute while its redirect may be written and is not seen', () => {
    const memory = (at: string) => ({
      changes: { memory: { version: 1, clusters: { 'c-1': { https: { 'b.test': at } } } } },
    });
    expect(gone([HTTPS], memory('2026-11-23T09:59:30Z'))).toEqual([]);
    expect(gone([HTTPS], memory('2026-11-23T09:59:00Z'))).toEqual(['https']);
    expect(gone([HTTPS, edgeRoute(1, 'redirect', ['b.test'])], memory('2026-11-23T09:59:30Z'))).toEqual([
      'redirect',
      'https',
    ]);
  });

  test('is found by its labels: a stray route goes with those of HTTP, and what is not ours stays', () => {
    const stray = { ...HTTP, metadata: { ...HTTP.metadata, name: 'stray' } };
    expect(gone([stray, REDIRECT])).toEqual(['redirect', 'stray']);
    const foreign = { ...SERVICE, metadata: { ...SERVICE.metadata, labels: {} } };
    expect([gone([foreign]), counted([foreign])]).toEqual([[], []]);
  });

  test('loses its Certificates once their listeners are gone', () => {
    const name = hostnameObjectName('c.test');
    const certificate = edgeCertificate(name, ['c.test'], 'c-1');
    expect(gone([certificate])).toEqual([name]);
    const bare = workloadGateway([
      chartListener(),
      { name, port: 443, protocol: 'HTTPS', hostname: 'c.test', tls: {} },
    ]);
    const fieldsV1 = { 'f:spec': { 'f:listeners': { [`k:{"name":"${name}"}`]: {} } } };
    const managedFields = [{ manager: 'kubebyon-edge-sync', operation: 'Apply', fieldsV1 }];
    const gateway = { ...bare, metadata: { ...bare.metadata, managedFields } };
    expect([
      gone([certificate], { others: [gateway] }),
      counted([certificate], { others: [gateway] }),
    ]).toEqual([[], ['Certificate']]);
  });
});

test('the control plane of a cluster that leaves loses its TLSRoute', () => {
  const route = object('gateway.networking.k8s.io/v1', 'TLSRoute', 'cp');
  const left = (situation: Situation = {}) =>
    removeControlPlane([route, SERVICE], leaving(situation, [route, SERVICE])).actions.map(
      ({ object: one }) => one.metadata.name,
    );
  expect(left()).toEqual(['cp']);
  expect(left({ held: ['TLSRoute'] })).toEqual([]);
});
