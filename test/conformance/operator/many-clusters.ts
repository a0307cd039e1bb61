import {
  controlPlaneRouteName,
  edgeName,
  hostnameObjectName,
  listenerSetName,
  routePlanName,
} from '../../../src/contract/runtime-names.ts';
import { at, listOf, textOf } from '../../../src/text/json.ts';
import type { KubeObject } from '../support/api-client.ts';
import { CLUSTER_ID, CUSTOMER, clusterObjects, listenerSet, tlsSecret } from './healthy.ts';
import type { Stage } from './stage.ts';

/** A Gateway and a ListenerSet have so many listeners at most. */
const LISTENERS = 64;

/** Writes to etcd at once. */
const AT_ONCE = 100;

/** A certificate for every name of {@link customerOf}. */
const CUSTOMERS = 'many-customers.test';

/** Names of all clusters have one length, so that one stands for another in what etcd stores. */
const idOf = (index: number): string => `m-${String(index).padStart(5, '0')}`;
const customerOf = (index: number): string => `shop-${String(index).padStart(5, '0')}.${CUSTOMERS}`;

/** Every name of a cluster that another one has otherwise. */
function namesOf(id: string, customer: string): readonly string[] {
  const made = [edgeName(id), controlPlaneRouteName(id), routePlanName(id), hostnameObjectName(customer)];
  return [...made, customer, `${id}.edge.`, `${id}.cp.`, id];
}

/**
 * Adds so many clusters like that of the stage, each with all that it has, and their listeners. One is written through the
 * API server; the others are copies of it in etcd, because writing thousands takes longer than a test may.
 *
 * @returns how many objects were written.
 */
export async function addClusters(stage: Stage, count: number): Promise<number> {
  const sets = listenerSets(count);
  for (const set of sets) await stage.add(set);
  const first = objectsOfFirst();
  for (const object of first) await stage.add(object);
  const etcd = `http://127.0.0.1:${stage.cluster.etcdPort}/v3/kv`;
  const names = namesOf(idOf(1), customerOf(1));
  const stored = (await everything(etcd)).filter(({ key }) => names.some((name) => key.includes(name)));
  for (let index = 2; index <= count; index += 1) {
    const others = namesOf(idOf(index), customerOf(index));
    const copy = (text: string): string =>
      names.reduce((all, name, place) => all.replaceAll(name, others[place] ?? ''), text);
    await put(
      etcd,
      stored.map(({ key, value }) => ({ key: copy(key), value: copy(value) })),
    );
  }
  return sets.length + first.length * count;
}

function objectsOfFirst(): readonly KubeObject[] {
  const names = namesOf(idOf(1), customerOf(1));
  const before = namesOf(CLUSTER_ID, CUSTOMER).with(-1, `"${CLUSTER_ID}"`);
  const after = names.with(-1, `"${idOf(1)}"`);
  const text = before.reduce(
    (all, name, place) => all.replaceAll(name, after[place] ?? ''),
    JSON.stringify(clusterObjects().filter(({ kind }) => kind !== 'Secret')),
  );
  return [...JSON.parse(text), tlsSecret(hostnameObjectName(customerOf(1)), [`*.${CUSTOMERS}`])];
}

function listenerSets(count: number): readonly KubeObject[] {
  return Array.from({ length: Math.ceil(count / LISTENERS) }, (_, set) => {
    const here = Array.from(
      { length: Math.min(LISTENERS, count - set * LISTENERS) },
      (__, place) => set * LISTENERS + place + 1,
    );
    return listenerSet('True', 'Accepted', listenerSetName(set + 1), here.map(customerOf));
  });
}

/** An entry of etcd; each character of the value is one byte. */
interface Stored {
  readonly key: string;
  readonly value: string;
}

const base64 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('base64');
const bytesOf = (text: unknown): string => Buffer.from(textOf(text) ?? '', 'base64').toString('latin1');

async function everything(etcd: string): Promise<readonly Stored[]> {
  const range = { key: base64('/registry/'), range_end: base64('/registry0') };
  const answer = await send(`${etcd}/range`, range);
  return listOf(at(answer, 'kvs')).map((one) => ({
    key: bytesOf(at(one, 'key')),
    value: bytesOf(at(one, 'value')),
  }));
}

async function put(etcd: string, entries: readonly Stored[]): Promise<void> {
  for (let start = 0; start < entries.length; start += AT_ONCE) {
    const success = entries
      .slice(start, start + AT_ONCE)
      .map(({ key, value }) => ({ requestPut: { key: base64(key), value: base64(value) } }));
    await send(`${etcd}/txn`, { success });
  }
}

async function send(url: string, body: object): Promise<unknown> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
