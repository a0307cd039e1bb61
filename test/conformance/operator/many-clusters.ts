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
  const first = objectsOfFirst();
  for (const object of [...first, firstListenerSet()]) await stage.add(object);
  const etcd = `http://127.0.0.1:${stage.cluster.etcdPort}/v3/kv`;
  const names = namesOf(idOf(1), customerOf(1));
  const all = await everything(etcd);
  const stored = all.filter(({ key }) => names.some((name) => key.includes(name)));
  const sets = Math.ceil(count / LISTENERS);
  const set = all.filter(({ key }) => key.endsWith(`/${listenerSetName(1)}`));
  for (let index = 2; index <= sets; index += 1) await put(etcd, set.map(copied(namesOfSet(index))));
  for (let index = 2; index <= count; index += 1) {
    const others = namesOf(idOf(index), customerOf(index));
    const pairs = names.map((name, place) => [name, others[place] ?? ''] as const);
    await put(etcd, stored.map(copied(pairs)));
  }
  return sets + first.length * count;
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

/** The customers of a set, from the first: sets are full, also the last one. */
function customersOf(set: number): readonly string[] {
  return Array.from({ length: LISTENERS }, (_, place) => customerOf((set - 1) * LISTENERS + place + 1));
}

function firstListenerSet(): KubeObject {
  return listenerSet('True', 'Accepted', listenerSetName(1), customersOf(1));
}

/** What another set has in the place of the names of the first. */
function namesOfSet(index: number): readonly (readonly [string, string])[] {
  const others = customersOf(index);
  const ofCustomers = customersOf(1).flatMap((name, place) => {
    const other = others[place] ?? '';
    return [[hostnameObjectName(name), hostnameObjectName(other)] as const, [name, other] as const];
  });
  return [[listenerSetName(1), listenerSetName(index)], ...ofCustomers];
}

/** Copies an entry with other names. */
function copied(pairs: readonly (readonly [string, string])[]): (entry: Stored) => Stored {
  const copy = (text: string): string =>
    pairs.reduce((all, [name, other]) => all.replaceAll(name, other), text);
  return ({ key, value }) => ({ key: copy(key), value: copy(value) });
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
