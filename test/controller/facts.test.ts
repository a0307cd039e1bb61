import { describe, expect, test } from 'vitest';
import { hostNode, hostObject } from '../../src/controller/facts/host-object.ts';
import { watchedKinds, watchName } from '../../src/controller/facts/kinds.ts';
import { objectChange, saysMore } from '../../src/controller/facts/object-changes.ts';
import { protectedCIDRsOf } from '../../src/controller/facts/protected.ts';
import { servedOf } from '../../src/controller/facts/served.ts';
import { trimOf } from '../../src/controller/facts/trims.ts';
import type { ServedKind, StoredObject } from '../../src/kube/index.ts';
import { gatewayConfig, httpOnly, SYSTEM, workloadConfig } from '../support/worlds.ts';

const GATEWAY_API = 'gateway.networking.k8s.io';
const OURS = {
  'app.kubernetes.io/managed-by': 'kubebyon',
  'kubebyon.app/gateway-api-sync-kind': 'workload-edge',
};

function stored(kind: string, more: Readonly<Record<string, unknown>> = {}, labels = {}): StoredObject {
  const metadata = { name: 'a', namespace: 'n', uid: 'u', resourceVersion: '1', labels };
  return { apiVersion: 'v1', kind, metadata, ...more };
}

describe('what is watched', () => {
  const names = (config: Parameters<typeof watchedKinds>[0]) => watchedKinds(config).map(watchName).sort();

  test('with everything on: each kind where the planner sees it, the Gateways of one namespace once', () => {
    expect(names(gatewayConfig())).toEqual([
      'Certificate',
      'EndpointSlice',
      `Gateway in ${SYSTEM}`,
      'HTTPRoute',
      'ListenerSet',
      'Node',
      'RoutePlan',
      `Secret in ${SYSTEM}`,
      'Service',
      'TLSRoute',
    ]);
  });

  test('Secrets are read with TLS only, and only where the Gateway is', () => {
    expect(names(gatewayConfig(httpOnly())).filter((name) => name.startsWith('Secret'))).toEqual([]);
    expect(names(gatewayConfig(workloadConfig())).filter((name) => name.startsWith('Secret'))).toEqual([
      `Secret in ${SYSTEM}`,
    ]);
  });

  test('with haproxy only what may be left of ours', () => {
    expect(names({ provider: 'haproxy' })).not.toContain('Node');
    expect(names({ provider: 'haproxy' })).toContain('HTTPRoute');
  });
});

describe('what the host serves', () => {
  const kind = (version: string, name: string, plural: string): ServedKind => ({
    group: GATEWAY_API,
    version,
    kind: name,
    plural,
    namespaced: true,
    verbs: [],
  });
  const old = [
    kind('v1', 'HTTPRoute', 'httproutes'),
    kind('v1alpha2', 'TLSRoute', 'tlsroutes'),
    kind('v1alpha3', 'TLSRoute', 'tlsroutes'),
  ];

  test('a kind is watched at the version at which it is written', () => {
    expect(servedOf(old).resourceOf(GATEWAY_API, 'TLSRoute')).toMatchObject({ version: 'v1alpha3' });
    const both = servedOf([...old, kind('v1', 'TLSRoute', 'tlsroutes')]);
    expect(both.resourceOf(GATEWAY_API, 'TLSRoute')).toMatchObject({ version: 'v1' });
  });

  test('what is not served has no place', () => {
    const served = servedOf(old);
    expect(served.resourceOf('cert-manager.io', 'Certificate')).toBeUndefined();
    expect(served.placeOf({ apiVersion: `${GATEWAY_API}/v1`, kind: 'TLSRoute' })).toBeUndefined();
    expect(served.placeOf({ apiVersion: `${GATEWAY_API}/v1alpha2`, kind: 'TLSRoute' })).toEqual({
      group: GATEWAY_API,
      version: 'v1alpha2',
      plural: 'tlsroutes',
    });
  });
});

describe('an object of the host', () => {
  test('fields of another type than the planner knows are left out', () => {
    const strange = {
      name: 'a',
      uid: 'u',
      resourceVersion: '1',
      labels: { good: 'x', bad: 3 },
      generation: 'two',
      creationTimestamp: 5,
    };
    const object = hostObject({ apiVersion: 'v1', kind: 'Service', metadata: strange, extra: true });
    expect(object).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'a', uid: 'u', resourceVersion: '1', labels: { good: 'x' } },
    });
  });

  test('of a foreign Service its ports stay, of a foreign EndpointSlice nothing but who it is', () => {
    const spec = { ports: [{ port: 443 }], selector: { app: 'x' } };
    expect(hostObject(trimOf('Service')(stored('Service', { spec }))).spec).toEqual({
      ports: [{ port: 443 }],
    });
    const endpoints = [{ addresses: ['10.0.0.1'] }];
    expect(hostObject(trimOf('EndpointSlice')(stored('EndpointSlice', { endpoints }))).endpoints).toBe(
      undefined,
    );
    expect(
      hostObject(trimOf('EndpointSlice')(stored('EndpointSlice', { endpoints }, OURS))).endpoints,
    ).toEqual(endpoints);
  });

  test('a Node that misses everything is a Node that is not ready', () => {
    expect(hostNode(hostObject(stored('Node')))).toMatchObject({ name: 'a', ready: false, podCIDRs: [] });
  });

  test('a Node has its addresses by type, and podCIDR where podCIDRs is missing', () => {
    const addresses = [
      { type: 'InternalIP', address: '10.0.0.1' },
      { type: 'ExternalIP', address: '203.0.113.1' },
      { type: 'Hostname', address: 'a' },
    ];
    const status = { conditions: [{ type: 'Ready', status: 'True' }], addresses };
    const node = hostNode(hostObject(stored('Node', { spec: { podCIDR: '10.1.0.0/24' }, status })));
    expect(node).toMatchObject({
      ready: true,
      internalIPs: ['10.0.0.1'],
      externalIPs: ['203.0.113.1'],
      podCIDRs: ['10.1.0.0/24'],
    });
  });

  test('the addresses of the Services of the host are protected', () => {
    const service = (spec: unknown) => ({ ...hostObject(stored('Service')), ...{ spec: Object(spec) } });
    expect(
      protectedCIDRsOf([
        service({ clusterIP: '10.96.0.1', clusterIPs: ['10.96.0.1', 'fd00::1'] }),
        service({ clusterIP: 'None' }),
        service(undefined),
      ]),
    ).toEqual(['10.96.0.1/32', 'fd00::1/128']);
  });
});

describe('a change', () => {
  const service = { apiVersion: 'v1', kind: 'Service' };
  const next = (object: StoredObject): StoredObject => ({
    ...object,
    metadata: { ...object.metadata, resourceVersion: '2' },
  });

  test('of a removed object names it', () => {
    expect(objectChange({ kind: 'removed', key: 'n/a', uid: 'u' }, service)).toEqual({
      reference: { ...service, namespace: 'n', name: 'a' },
      object: null,
    });
    expect(objectChange({ kind: 'removed', key: '/a', uid: 'u' }, service).reference.namespace).toBe('');
  });

  test('of what others write and nobody reads says nothing; a Gateway and what is ours always speak', () => {
    const says = (object: StoredObject) => saysMore(hostObject(object), hostObject(next(object)));
    expect(says(stored('Service'))).toBe(false);
    expect(says(stored('Service', {}, OURS))).toBe(true);
    expect(says(stored('Gateway'))).toBe(true);
    const before = hostObject(stored('Service'));
    const relabelled = hostObject(stored('Service', {}, { 'app.kubernetes.io/managed-by': 'kubebyon' }));
    expect(saysMore(before, relabelled)).toBe(true);
    const another = { ...before, metadata: { ...before.metadata, uid: 'other' } };
    expect(saysMore(before, another)).toBe(true);
  });
});
