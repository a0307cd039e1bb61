import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Action } from '../../../src/planner/index.ts';
import { definitionOf } from '../../support/definition.ts';
import { dig, digEntries, digList, digText } from '../../support/rules/dig.ts';
import { planCase, readWorld, worldCases } from '../../support/world-cases.ts';
import { createNamespace, kubeObject } from '../chart/dry-run.ts';
import type { ApiClient, KubeObject } from '../support/api-client.ts';
import { type Cluster, gatewayApiBundles, startCluster } from '../support/cluster.ts';

/** Field manager of the runtime. */
const SYNC = 'kubebyon-edge-sync';
const GATEWAY = 'Gateway';

/** The story of a platform that only serves TLSRoutes of an older version, which the standard channel lacks. */
const OLDER_TLS_ROUTES = 'tls-route-api-negotiation';
const stories = worldCases().filter((name) => name !== OLDER_TLS_ROUTES);

describe.each(gatewayApiBundles)('an API server with the Gateway API %s', (gatewayApiBundle) => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster({ gatewayApiBundle, certManager: true });
    await serveRoutePlans(cluster);
  });
  afterAll(() => cluster?.stop());

  test.each(stories)('takes every write of %s', async (name) => {
    const { before, actions } = storyOf(name);
    const { api } = cluster;
    await makeNamespaces(cluster, [...before, ...actions.map(({ object }) => asSent(object))]);
    try {
      for (const object of before) for (const write of asFound(object)) await accepted(api, write);
      for (const action of actions) await run(api, action);
      for (const gateway of before.filter(({ kind }) => kind === GATEWAY)) {
        const live = await liveObject(api, gateway);
        const others = namesOf(listenersOfOthers(gateway));
        expect(listenersOwnedBy(live, 'helm')).toEqual(others);
        expect(listenersOwnedBy(live, SYNC).filter((listener) => others.includes(listener))).toEqual([]);
        expect(namesOf(digList(live, 'spec', 'listeners'))).toEqual(expect.arrayContaining([...others]));
      }
    } finally {
      for (const object of [...before, ...actions.map(({ object }) => asSent(object))])
        await api.delete(object);
    }
  });

  test('sees who owns a listener, and refuses what no story plans', async () => {
    const { before } = storyOf('all-settled');
    await makeNamespaces(cluster, before);
    const { api } = cluster;
    try {
      for (const object of before) for (const write of asFound(object)) await accepted(api, write);
      const gateway = before.find(({ metadata }) => metadata.name === 'kubebyon-workload-gateway');
      const slice = before.find(({ kind }) => kind === 'EndpointSlice');
      const route = before.find(({ kind }) => kind === 'HTTPRoute');
      if (gateway === undefined || slice === undefined || route === undefined)
        throw new Error('the story has changed');
      // The chart's listener sent along is shared with Helm without a conflict: only the ownership shows it.
      const everything = { ...asSent(gateway), spec: { listeners: digList(gateway, 'spec', 'listeners') } };
      expect(await api.apply(everything, { fieldManager: SYNC })).toMatchObject({ ok: true });
      expect(listenersOwnedBy(await liveObject(api, gateway), SYNC)).toContain('workload-http');

      // Our listeners all withdrawn leave those of the chart.
      const none = { ...asSent(gateway), spec: { listeners: [] } };
      expect(await api.apply(none, { fieldManager: SYNC })).toMatchObject({ ok: true });
      expect(namesOf(digList(await liveObject(api, gateway), 'spec', 'listeners'))).toEqual([
        'workload-http',
      ]);

      const loopback = { ...asSent(slice), endpoints: [{ addresses: ['127.0.0.1'] }] };
      expect(await api.apply(loopback, { fieldManager: SYNC, force: true })).toMatchObject({
        ok: false,
        status: 422,
      });
      const misspelt = { ...asSent(route), spec: { ...Object(route.spec), hostname: 'app.customer.test' } };
      expect(await api.apply(misspelt, { fieldManager: SYNC, force: true })).toMatchObject({ ok: false });
      const stale = { ...asSent(route), metadata: { ...asSent(route).metadata, resourceVersion: '1' } };
      expect(await api.apply(stale, { fieldManager: SYNC, force: true })).toMatchObject({
        ok: false,
        status: 409,
      });
    } finally {
      for (const object of before) await api.delete(object);
    }
  });
});

/** What a story finds on the host (Secrets aside, whose data no world holds) and what it plans. */
function storyOf(name: string): {
  readonly before: readonly KubeObject[];
  readonly actions: readonly Action[];
} {
  // A world's object has the shape of the client's; only its fields are typed for the planner.
  const objects = readWorld(name).world.host.objects as readonly unknown[] as readonly KubeObject[];
  return { before: objects.filter(({ kind }) => kind !== 'Secret'), actions: planCase(name).actions };
}

/** An object as somebody sends it: without what the API server and the controllers write. */
function asSent(object: object): KubeObject {
  const { status: _, ...rest } = object as KubeObject; // see storyOf
  const { name, namespace, labels, annotations } = rest.metadata;
  return { ...rest, metadata: JSON.parse(JSON.stringify({ name, namespace, labels, annotations })) };
}

interface Write {
  readonly object: KubeObject;
  readonly fieldManager: string;
}

/** The writes that made an object of a story: of a Gateway first Helm's, then ours when we hold listeners of it. */
function asFound(object: KubeObject): readonly Write[] {
  const sent = asSent(object);
  if (object.kind !== GATEWAY) {
    const ours = digText(object, 'metadata', 'labels', 'app.kubernetes.io/managed-by') === 'kubebyon';
    return [{ object: sent, fieldManager: ours ? SYNC : 'somebody-else' }];
  }
  const others = listenersOfOthers(object);
  const ours = digList(object, 'spec', 'listeners').filter((listener) => !others.includes(listener));
  const chart = { ...sent, spec: { ...Object(object.spec), listeners: others } };
  const runtime = { ...sent, spec: { listeners: ours } };
  return [
    { object: chart, fieldManager: 'helm' },
    ...(ours.length > 0 ? [{ object: runtime, fieldManager: SYNC }] : []),
  ];
}

/** The listeners of a Gateway that the runtime does not hold, by the managedFields of the story. */
function listenersOfOthers(gateway: KubeObject): readonly unknown[] {
  const ours = listenersOwnedBy(gateway, SYNC);
  return digList(gateway, 'spec', 'listeners').filter(
    (listener) => !ours.includes(digText(listener, 'name')),
  );
}

function namesOf(listeners: readonly unknown[]): readonly string[] {
  return listeners.map((listener) => digText(listener, 'name')).sort();
}

/** Names of the listeners of which a manager owns anything (Kubernetes docs "Server-Side Apply"). */
function listenersOwnedBy(gateway: KubeObject, manager: string): readonly string[] {
  return digList(gateway, 'metadata', 'managedFields')
    .filter((entry) => dig(entry, 'manager') === manager)
    .flatMap((entry) => digEntries(entry, 'fieldsV1', 'f:spec', 'f:listeners'))
    .flatMap(([key]) => (key.startsWith('k:') ? [digText(JSON.parse(key.slice(2)), 'name')] : []))
    .sort();
}

/** Applies as docs/runtime.md says: with force on what is our own, without on a Gateway. Gives the HTTP status. */
async function accepted(api: ApiClient, { object, fieldManager }: Write): Promise<number> {
  const answer = await api.apply(object, { fieldManager, force: object.kind !== GATEWAY });
  const refusal = answer.ok ? answer.warnings : [answer.message];
  expect(refusal, `${object.kind} ${object.metadata.name}`).toEqual([]);
  return answer.status;
}

/** Runs one action as a controller does, with the uid and resourceVersion of the live object. */
async function run(api: ApiClient, { verb, object, fieldManager, precondition }: Action): Promise<void> {
  const sent = asSent(object);
  if (verb === 'delete') {
    await liveObject(api, sent);
    expect(await api.delete(sent)).toMatchObject({ ok: true });
    return;
  }
  const creates = precondition.uid === undefined;
  const guarded = creates ? sent : guardedBy(sent, await liveObject(api, sent));
  const status = await accepted(api, { object: guarded, fieldManager });
  expect(status, `${sent.kind} ${sent.metadata.name}`).toBe(creates ? 201 : 200);
}

function guardedBy(object: KubeObject, live: KubeObject): KubeObject {
  const { uid, resourceVersion } = live.metadata;
  return { ...object, metadata: { ...object.metadata, uid, resourceVersion } };
}

async function liveObject(api: ApiClient, object: KubeObject): Promise<KubeObject> {
  const answer = await api.get(object);
  if (!answer.ok) throw new Error(`${object.kind} ${object.metadata.name}: ${answer.message}`);
  return answer.object;
}

async function makeNamespaces(cluster: Cluster, objects: readonly KubeObject[]): Promise<void> {
  const names = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
  for (const name of names) await createNamespace(cluster, name);
}

/** Installs our own definition as the chart renders it; a new kind is served a moment after it is stored. */
async function serveRoutePlans(cluster: Cluster): Promise<void> {
  const answer = await cluster.api.apply(kubeObject(definitionOf('routeplans')), { fieldManager: 'helm' });
  if (!answer.ok) throw new Error(answer.message);
  const path = '/apis/kubebyon.app/v1alpha1/routeplans';
  await vi.waitFor(
    async () => expect(await cluster.api.request({ method: 'GET', path })).toMatchObject({ ok: true }),
    { timeout: 90_000 },
  );
}
