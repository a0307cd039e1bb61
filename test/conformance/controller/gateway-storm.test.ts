import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Controller,
  type ControllerParts,
  createControllerFrom,
} from '../../../src/controller/controller.ts';
import { inProcessInventory } from '../../../src/controller/inventory/in-process.ts';
import { createWriter } from '../../../src/controller/writes/writer.ts';
import { type StoredObject, systemClock } from '../../../src/kube/index.ts';
import { listAt, textAt } from '../../../src/kube/json.ts';
import type { MakeTransport } from '../../../src/kube/requests/transports.ts';
import type { EdgeClusterInput } from '../../../src/planner/world/world.ts';
import { fakeDns } from '../../controller/fake-dns.ts';
import { testCertificate } from '../../support/certificates.ts';
import { type FakeTenants, healthyTenant, startFakeTenants } from '../../support/fake-tenants.ts';
import { cluster, gatewayConfig, SYSTEM, targetOf } from '../../support/worlds.ts';
import { until } from '../kube/support.ts';
import { inventoryOf, ownObjects, type Platform, startPlatform } from './platform.ts';

const HOSTNAME = 'www.customer.test';
const GATEWAYS = { group: 'gateway.networking.k8s.io', version: 'v1', plural: 'gateways' };
const PLACE = { namespace: SYSTEM, name: 'kubebyon-workload-gateway' };
const OTHER = 'shop.customer.test';
const clusters = [cluster(1, { hostnames: [HOSTNAME] })];
const more = [cluster(1, { hostnames: [HOSTNAME, OTHER] })];
const faults: unknown[] = [];
let platform: Platform;
let tenants: FakeTenants;
let controller: Controller;

beforeAll(async () => {
  platform = await startPlatform(clusters);
  tenants = await startFakeTenants();
  tenants.hold('tenant-1', healthyTenant(1));
  const data = { config: Buffer.from(tenants.kubeconfigOf('tenant-1')).toString('base64') };
  await platform.apply({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'vc-vc', namespace: 'vc-1' },
    data,
  });
  controller = begin(clusters);
});
afterAll(async () => {
  await controller?.stop();
  await tenants?.stop();
  await platform?.stop();
  expect(faults).toEqual([]);
});

/** A controller that keeps these clusters. */
function begin(
  listed: readonly EdgeClusterInput[],
  makeTransport: MakeTransport = tenants.makeTransport,
  parts: Partial<ControllerParts> = {},
): Controller {
  const zone = { [targetOf(1)]: ['203.0.113.9'], [HOSTNAME]: targetOf(1), [OTHER]: targetOf(1) };
  const inventory = inProcessInventory();
  const begun = createControllerFrom(parts, {
    ...{ host: platform.credentials, config: gatewayConfig(), inventory, makeTransport },
    dns: ['1.1.1.1', '8.8.8.8'].map((name) => fakeDns(name, zone, systemClock)),
    handler: { onFault: (error) => faults.push(error) },
  });
  inventory.set(inventoryOf(listed));
  return begun;
}

async function listeners(): Promise<readonly string[]> {
  const read = await platform.kube.get(GATEWAYS, PLACE);
  if (!read.ok) throw new Error(read.failure.message);
  return listAt(read.value, 'spec', 'listeners').map((one) => textAt(one, 'name') ?? '');
}

const EVERY_MS = 20;

/**
 * Writes the status of the Gateway fifty times a second, as a controller does that fights with another; on a machine that takes
 * longer for one, one after the other without a pause.
 */
function storm(): { done(): number; stop(): Promise<void> } {
  let isOver = false;
  let done = 0;
  const work = (async () => {
    for (let count = 0; !isOver; count += 1) {
      const begun = performance.now();
      if (await writeStatus(count)) done += 1;
      await sleep(Math.max(0, EVERY_MS - (performance.now() - begun)));
    }
  })();
  return {
    done: () => done,
    stop: async () => {
      isOver = true;
      await work;
    },
  };
}

async function writeStatus(count: number): Promise<boolean> {
  const condition = {
    type: 'Programmed',
    status: count % 2 === 0 ? 'True' : 'False',
    reason: 'Storm',
    message: `${count}`,
    lastTransitionTime: new Date().toISOString().replace(/\.\d+/, ''),
  };
  const place = { ...PLACE, subresource: 'status' } as const;
  const written = await platform.kube.merge(GATEWAYS, place, { status: { conditions: [condition] } });
  return written.ok;
}

/** What cert-manager writes for a hostname, once it is asked to. */
async function secretOf(hostname: string): Promise<object> {
  const isIts = ({ kind, spec }: StoredObject): boolean =>
    kind === 'Certificate' && JSON.stringify(spec).includes(`"${hostname}"`);
  await until('the Certificate', async () => (await ownObjects(platform.kube)).some(isIts));
  const certificate = (await ownObjects(platform.kube)).find(isIts);
  const { key, cert } = testCertificate([hostname]);
  const data = {
    'tls.key': Buffer.from(key).toString('base64'),
    'tls.crt': Buffer.from(cert).toString('base64'),
  };
  const annotations = { 'cert-manager.io/certificate-name': textAt(certificate, 'metadata', 'name') ?? '' };
  const name = textAt(certificate, 'spec', 'secretName') ?? '';
  const metadata = { name, namespace: SYSTEM, annotations };
  return { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/tls', metadata, data };
}

test('7: a listener is written within a second to a Gateway whose status never rests', async () => {
  const secret = await secretOf(HOSTNAME);
  const raging = storm();
  await until('the storm', () => raging.done() >= 25);
  const before = raging.done();
  await platform.apply(secret);
  await until('the listener', async () => (await listeners()).length > 1);
  const meanwhile = raging.done() - before;
  await raging.stop();
  // Fifty of the storm's writes are a second, and more where the machine is slow for the storm as well.
  expect(meanwhile).toBeLessThan(50);
  expect(await listeners()).toContain('workload-http');
});

/** Does not see which generation an object is of, so that only its resourceVersion can guard it. */
const withoutGenerations: Partial<ControllerParts> = {
  createWriter: (options) => {
    const writer = createWriter(options);
    return { ...writer, observed: (reference, version) => writer.observed(reference, version) };
  },
};

/** Each time that the Gateway is to be written, somebody writes its status just before: no storm is faster. */
function overtaken(): { readonly count: () => number; readonly makeTransport: MakeTransport } {
  let count = 0;
  return {
    count: () => count,
    makeTransport: (server, identity) => {
      const transport = tenants.makeTransport(server, identity);
      return {
        close: transport.close,
        send: async (request) => {
          if (request.method === 'PATCH' && request.path.includes(`/gateways/${PLACE.name}?`)) {
            count += 1;
            await writeStatus(count);
          }
          return transport.send(request);
        },
      };
    },
  };
}

test('7: nor does a writer of its status that is faster than every write of ours keep a listener away, as it does a controller that goes by versions alone', async () => {
  await controller.stop();
  const known = (await listeners()).length;
  const starved = overtaken();
  controller = begin(more, starved.makeTransport, withoutGenerations);
  await platform.apply(await secretOf(OTHER));
  await until('its tries', () => starved.count() >= 6);
  expect(await listeners()).toHaveLength(known);
  await controller.stop();

  const raced = overtaken();
  controller = begin(more, raced.makeTransport);
  await until('the listener', async () => (await listeners()).length > known);
  expect(raced.count()).toBeLessThanOrEqual(8);
});
