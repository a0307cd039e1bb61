import { expect, test } from 'vitest';
import { isPremature } from '../../src/controller/inventory/premature.ts';
import type { StoredObject } from '../../src/kube/index.ts';
import { plan } from '../../src/planner/index.ts';
import type { World } from '../../src/planner/world/world.ts';
import { cluster, cname, gatewayConfig, targetOf, tenant, world } from '../support/worlds.ts';

const clusters = [cluster(1, { hostnames: ['www.customer.test'] })];
const dns = { 'www.customer.test': cname([targetOf(1)]), [targetOf(1)]: cname([]) };
const tenants = { 'c-1': tenant(1) };

function objectWith(status: object): StoredObject {
  const metadata = { name: 'a', namespace: 'vc-1', uid: 'u', resourceVersion: '1' };
  return { apiVersion: 'kubebyon.app/v1alpha1', kind: 'EdgeCluster', metadata, status };
}

const told = objectWith({ conditions: [{ type: 'Ready', status: 'True' }] });

/** Whether what is planned for a world is too early to be told over a status. */
function isEarly(object: StoredObject, changes: Partial<World>): boolean {
  const { status, findings } = plan({ ...world({ clusters }), ...changes }, gatewayConfig());
  const [found] = status.clusters;
  if (found === undefined) throw new Error('no cluster');
  return isPremature(object, { status: found, findings });
}

test('a status of before stays until the tenant was read and DNS was asked', () => {
  expect(isEarly(told, { dns, tenants })).toBe(false);
  expect(isEarly(told, { dns, tenants: {} })).toBe(true);
  expect(isEarly(told, { dns: {}, tenants })).toBe(true);
});

test('a tenant that is known to fail is told, and so is everything of an object without a status', () => {
  expect(isEarly(told, { dns, tenants: { 'c-1': { readable: false } } })).toBe(false);
  expect(isEarly(objectWith({}), { dns: {}, tenants: {} })).toBe(false);
});
