import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createEvents,
  describeFailure,
  type Failure,
  type Kube,
  type KubeObject,
  type Result,
  type StoredObject,
  secretFacts,
  systemClock,
  withoutLastApplied,
} from '../../../src/kube/index.ts';
import { at, listAt } from '../../../src/kube/json.ts';
import { testCertificate } from '../../support/certificates.ts';
import { startFaultProxy } from '../../support/fault-proxy/proxy.ts';
import {
  CONFIG_MAPS,
  connectThrough,
  makeNamespace,
  type OwnServer,
  type Server,
  startServer,
  until,
} from './support.ts';

let own: OwnServer | undefined;
let server: Server;
let kube: Kube;

beforeAll(async () => {
  own = await startServer({ gatewayApiBundle: '1.5.1', gatewayApiChannel: 'experimental' });
  ({ server, direct: kube } = own);
  await makeNamespace(kube, 'writes');
});

afterAll(() => own?.stop());

const GATEWAYS = { group: 'gateway.networking.k8s.io', version: 'v1', plural: 'gateways' };

function configMap(name: string, data: object, metadata = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'writes', name, ...metadata }, data };
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(describeFailure(result.failure));
  return result.value;
}

function failureOf(result: Result<unknown>): Failure {
  if (result.ok) throw new Error('expected a failure');
  return result.failure;
}

describe('a write', () => {
  test('applies what one manager wants, and is a conflict on the fields of another', async () => {
    must(await kube.apply(CONFIG_MAPS, configMap('shared', { a: '1' }), { fieldManager: 'one' }));
    must(await kube.apply(CONFIG_MAPS, configMap('shared', { b: '1' }), { fieldManager: 'two' }));
    const conflict = failureOf(
      await kube.apply(CONFIG_MAPS, configMap('shared', { a: '2' }), { fieldManager: 'two' }),
    );
    expect(conflict).toMatchObject({
      kind: 'status',
      code: 409,
      reason: 'Conflict',
      causes: [{ field: '.data.a' }],
    });
    const forced = must(
      await kube.apply(CONFIG_MAPS, configMap('shared', { a: '2' }), { fieldManager: 'two', force: true }),
    );
    // What a manager no longer names goes, what the other one had stays its own.
    expect(forced.data).toEqual({ a: '2' });
  });

  test('that names another uid is refused, so nothing is made anew by mistake', async () => {
    const made = must(
      await kube.apply(CONFIG_MAPS, configMap('guarded', { a: '1' }), { fieldManager: 'one' }),
    );
    const { uid } = made.metadata;
    must(await kube.apply(CONFIG_MAPS, configMap('guarded', { a: '2' }, { uid }), { fieldManager: 'one' }));
    must(await kube.delete(CONFIG_MAPS, { namespace: 'writes', name: 'guarded' }, { uid }));
    const gone = failureOf(
      await kube.apply(CONFIG_MAPS, configMap('guarded', { a: '3' }, { uid }), { fieldManager: 'one' }),
    );
    expect(gone.code).toBe(409);
    expect(must(await kube.get(CONFIG_MAPS, { namespace: 'writes', name: 'guarded' }))).toBeUndefined();
  });

  test('that deletes asks for uid and resourceVersion, and finds out what is gone already', async () => {
    const place = { namespace: 'writes', name: 'deleted' };
    const first = must(
      await kube.apply(CONFIG_MAPS, configMap('deleted', { a: '1' }), { fieldManager: 'one' }),
    );
    const second = must(
      await kube.apply(CONFIG_MAPS, configMap('deleted', { a: '2' }), { fieldManager: 'one' }),
    );
    const { uid } = first.metadata;
    const old = { uid, resourceVersion: first.metadata.resourceVersion };
    expect(failureOf(await kube.delete(CONFIG_MAPS, place, old))).toMatchObject({ code: 409 });
    expect(failureOf(await kube.delete(CONFIG_MAPS, place, { uid: 'another' }))).toMatchObject({ code: 409 });
    const now = { uid, resourceVersion: second.metadata.resourceVersion };
    expect(must(await kube.delete(CONFIG_MAPS, place, now))).toBe(true);
    expect(must(await kube.delete(CONFIG_MAPS, place, now))).toBe(false);
  });

  test('of a resource that is not served is a failure, not an object that is gone', async () => {
    const nothing = { group: 'none.example', version: 'v1', plural: 'nothings' };
    expect(failureOf(await kube.delete(nothing, { namespace: 'writes', name: 'x' }, { uid: 'x' })).code).toBe(
      404,
    );
    expect(failureOf(await kube.get(nothing, { namespace: 'writes', name: 'x' })).code).toBe(404);
  });

  test('that the API server finds wrong says which fields', async () => {
    const gateway = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { namespace: 'writes', name: 'wrong' },
      spec: { gatewayClassName: 'x', listeners: [{ name: 'l', port: 70_000, protocol: 'HTTP' }] },
    };
    const failure = failureOf(await kube.apply(GATEWAYS, gateway, { fieldManager: 'one' }));
    expect(failure).toMatchObject({ code: 422, reason: 'Invalid' });
    expect(failure.causes?.map(({ field }) => field)).toContain('spec.listeners[0].port');
  });

  test('of a status leaves the spec alone', async () => {
    const gateway = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { namespace: 'writes', name: 'status' },
      spec: { gatewayClassName: 'x', listeners: [{ name: 'l', port: 80, protocol: 'HTTP' }] },
    };
    must(await kube.apply(GATEWAYS, gateway, { fieldManager: 'one' }));
    const status = { addresses: [{ type: 'IPAddress', value: '192.0.2.1' }] };
    const { spec: _, ...bare } = gateway;
    const written = must(
      await kube.apply(GATEWAYS, { ...bare, status }, { fieldManager: 'two', subresource: 'status' }),
    );
    expect(at(written, 'status', 'addresses')).toEqual(status.addresses);
    expect(at(written, 'spec', 'gatewayClassName')).toBe('x');
  });

  test('whose answer is lost is a failure, and is not sent again', async () => {
    const proxy = await startFaultProxy(server);
    const through = connectThrough(proxy, server);
    proxy.fail(({ method }) => method === 'PATCH', { kind: 'loseAnswer' });
    const failure = failureOf(
      await through.apply(CONFIG_MAPS, configMap('lost', { a: '1' }), { fieldManager: 'one' }),
    );
    expect(failure.kind).toBe('unreachable');
    expect(proxy.asked).toHaveLength(1);
    expect(must(await kube.get(CONFIG_MAPS, { namespace: 'writes', name: 'lost' }))?.data).toEqual({
      a: '1',
    });
    await through.close();
    await proxy.stop();
  });
});

test('discovery gives the kinds of a group at every version, and none for a group that is not there', async () => {
  const kinds = must(await kube.discover('gateway.networking.k8s.io'));
  const tlsRoutes = kinds.filter(({ kind }) => kind === 'TLSRoute');
  expect(tlsRoutes.map(({ version }) => version).sort()).toEqual(['v1', 'v1alpha2', 'v1alpha3']);
  expect(tlsRoutes[0]).toMatchObject({ plural: 'tlsroutes', namespaced: true });
  expect(kinds.filter(({ plural }) => plural.includes('/'))).toEqual([]);
  expect(must(await kube.discover('none.example'))).toEqual([]);
  expect(must(await kube.discover('')).find(({ kind }) => kind === 'Node')).toMatchObject({
    plural: 'nodes',
    namespaced: false,
  });
});

test('events are told once and counted', async () => {
  const regarding = must(await kube.apply(CONFIG_MAPS, configMap('told', {}), { fieldManager: 'one' }));
  const troubles: Failure[] = [];
  const events = createEvents({
    kube,
    clock: systemClock,
    controller: 'example.com/test',
    instance: 'test-1',
    onTrouble: (failure) => troubles.push(failure),
  });
  const event = {
    regarding,
    type: 'Warning',
    action: 'Apply',
    reason: 'BackendChanged',
    note: 'was podip',
  } as const;
  events.tell(event);
  await events.settled();
  for (let time = 0; time < 5; time += 1) events.tell(event);
  events.tell({ ...event, note: 'was nodeport' });
  await events.settled();
  expect(troubles).toEqual([]);
  const answer = await kube.requester.call({
    method: 'GET',
    path: '/apis/events.k8s.io/v1/namespaces/writes/events',
  });
  const told = listAt(must(answer), 'items').filter((item) => at(item, 'regarding', 'name') === 'told');
  expect(told.map((item) => [at(item, 'note'), at(item, 'series', 'count')]).sort()).toEqual([
    ['was nodeport', undefined],
    ['was podip', 2],
  ]);
});

test('objects are trimmed as they are read: no managedFields but where they are needed, and nothing of a Secret', async () => {
  const { key, cert } = testCertificate(['a.example']);
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace: 'writes', name: 'tls' },
    type: 'kubernetes.io/tls',
    stringData: { 'tls.crt': cert, 'tls.key': key },
  };
  const secrets = { group: '', version: 'v1', plural: 'secrets' };
  must(await kube.apply(secrets, secret, { fieldManager: 'one' }));
  const seen: StoredObject[] = [];
  const hear = {
    onChanges: (changes: readonly { readonly object?: StoredObject }[]) => {
      for (const { object } of changes) if (object !== undefined) seen.push(object);
    },
  };
  const watches = [
    kube.watch({ resource: secrets, namespace: 'writes', trim: secretFacts }, hear),
    kube.watch({ resource: CONFIG_MAPS, namespace: 'writes' }, hear),
    kube.watch({ resource: GATEWAYS, namespace: 'writes', trim: withoutLastApplied }, hear),
  ];
  await until('all', () => watches.every((watch) => watch.health().complete));
  const find = (kind: string) => seen.find((object) => object.kind === kind);
  expect(find('Secret')).toMatchObject({ certificate: { dnsNames: ['a.example'], keyMatches: true } });
  expect(JSON.stringify(find('Secret'))).not.toContain(Buffer.from(key).toString('base64').slice(0, 40));
  expect(find('ConfigMap')?.metadata).not.toHaveProperty('managedFields');
  expect(find('Gateway')?.metadata).toHaveProperty('managedFields');
  await Promise.all(watches.map((watch) => watch.stop()));
});
