import {
  controlPlaneRouteName,
  edgeName,
  hostnameObjectName,
  listenerSetName,
  routePlanName,
} from '../../../src/contract/runtime-names.ts';
import type { KubeObject } from '../support/api-client.ts';
import { CLUSTER_ID, CUSTOMER, clusterObjects, listenerSet } from './healthy.ts';
import type { Stage } from './stage.ts';

/** A Gateway and a ListenerSet have so many listeners at most. */
const LISTENERS = 64;

/** Writes in flight at once. */
const AT_ONCE = 16;

/** Adds clusters like the first one, from the second to the last, with everything that each has, and their listeners. */
export async function addClusters(stage: Stage, last: number): Promise<number> {
  const clusters = Array.from({ length: last - 1 }, (_, index) => index + 2);
  const objects = [...listenerSets(clusters), ...clusters.flatMap(objectsOf)];
  const waiting = objects.values();
  const take = async (): Promise<void> => {
    for (const object of waiting) await stage.add(object);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
  return objects.length;
}

const customerOf = (index: number): string => `shop.customer-${index}.test`;

/** Every name of a cluster that another one has otherwise; the longer ones first. */
function namesOf(id: string, customer: string): readonly string[] {
  const made = [edgeName(id), controlPlaneRouteName(id), routePlanName(id), hostnameObjectName(customer)];
  return [...made, customer, `${id}.edge.`, `${id}.cp.`, `"${id}"`];
}

const FIRST = namesOf(CLUSTER_ID, CUSTOMER);

function objectsOf(index: number): readonly KubeObject[] {
  const names = namesOf(`c-${index}`, customerOf(index));
  const text = FIRST.reduce(
    (all, name, place) => all.replaceAll(name, names[place] ?? ''),
    JSON.stringify(clusterObjects()),
  );
  return JSON.parse(text);
}

function listenerSets(clusters: readonly number[]): readonly KubeObject[] {
  const count = Math.ceil(clusters.length / LISTENERS);
  return Array.from({ length: count }, (_, set) => {
    const here = clusters.slice(set * LISTENERS, (set + 1) * LISTENERS);
    const hostnames = here.map(customerOf);
    return listenerSet('True', 'Accepted', listenerSetName(set + 1), hostnames);
  });
}
