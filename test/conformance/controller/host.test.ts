import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HostFacts, startHost } from '../../../src/controller/facts/host.ts';
import { systemClock } from '../../../src/kube/index.ts';
import type { Change } from '../../../src/planner/world/index.ts';
import { referenceKey } from '../../../src/planner/world/objects.ts';
import type { Host, KubeObject } from '../../../src/planner/world/world.ts';
import { gatewayConfig, SYSTEM } from '../../support/worlds.ts';
import { connectDirectly, serverOf, until } from '../kube/support.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';

/** What somebody who is told changes believes. */
function believer() {
  const objects = new Map<string, KubeObject>();
  const seen = new Map<string, string | undefined>();
  const box: { host?: Omit<Host, 'objects'> } = {};
  const told: string[] = [];
  return {
    objects,
    seen,
    box,
    /** How often an object was told. */
    told: (key: string) => told.filter((each) => each === key).length,
    onChange: (change: Change) => {
      if (change.of === 'host') box.host = change.host;
      if (change.of !== 'object') return;
      const key = referenceKey(change.reference);
      told.push(key);
      if (change.object === null) objects.delete(key);
      else objects.set(key, change.object);
    },
    onObserved: (reference: Parameters<typeof referenceKey>[0], version: string | undefined) => {
      seen.set(referenceKey(reference), version);
      return false;
    },
  };
}

describe('the facts of a host', () => {
  let cluster: Cluster;
  let facts: HostFacts;
  const faults: unknown[] = [];
  const belief = believer();
  beforeAll(async () => {
    cluster = await startCluster({ gatewayApiBundle: '1.5.1' });
    const kube = connectDirectly(serverOf(cluster));
    await cluster.kubectl(['create', 'namespace', SYSTEM]);
    facts = startHost({
      kube,
      config: gatewayConfig(),
      clock: systemClock,
      networks: { protectedCIDRs: [] },
      onChange: belief.onChange,
      onObserved: belief.onObserved,
      onState: () => undefined,
      onFault: (error) => faults.push(error),
    });
  });
  afterAll(async () => {
    await facts?.stop();
    await cluster?.stop();
    expect(faults).toEqual([]);
  });

  test('are complete once every kind that is served has been listed', async () => {
    await until('the lists', () => facts.state().complete);
    expect(belief.box.host).toMatchObject({ complete: true });
    expect(belief.box.host?.apis).toContain('gateway.networking.k8s.io/v1/TLSRoute');
    expect(belief.box.host?.protectedCIDRs).toEqual(['10.96.0.1/32']);
    expect(facts.placeOf({ apiVersion: 'cert-manager.io/v1', kind: 'Certificate' })).toBeUndefined();
  });

  test('follow an object as it comes, changes and goes', async () => {
    const key = `/Service/${SYSTEM}/vc`;
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'vc', namespace: SYSTEM },
      spec: { ports: [{ name: 'https', port: 443 }] },
    };
    await cluster.api.apply(service, { fieldManager: 'test' });
    await until('the Service', () => belief.objects.has(key));
    expect(belief.objects.get(key)?.spec).toMatchObject({ ports: [{ port: 443 }] });
    const before = belief.told(key);
    const relabelled = { ...service, metadata: { ...service.metadata, annotations: { nobody: 'reads' } } };
    const written = await cluster.api.apply(relabelled, { fieldManager: 'test' });
    if (!written.ok) throw new Error(written.message);
    await until('its version', () => belief.seen.get(key) === written.object.metadata.resourceVersion);
    expect(belief.told(key), 'an annotation of others tells the planner nothing').toBe(before);
    await cluster.api.delete(service);
    await until('its end', () => !belief.objects.has(key));
    expect(belief.seen.get(key)).toBeUndefined();
  });

  test('a Secret is told by what its certificate says, and never by its data', async () => {
    const data = { password: Buffer.from('hidden-from-all').toString('base64') };
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: SYSTEM }, data };
    await cluster.api.apply(secret, { fieldManager: 'test' });
    await until('the Secret', () => belief.objects.has(`/Secret/${SYSTEM}/s`));
    expect(JSON.stringify([...belief.objects.values()])).not.toContain(data.password);
  });

  test('a kind is told from when its definition is installed until it is taken away', async () => {
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'routeplans.kubebyon.app' },
      spec: {
        group: 'kubebyon.app',
        scope: 'Namespaced',
        names: { kind: 'RoutePlan', plural: 'routeplans', singular: 'routeplan' },
        versions: [
          {
            name: 'v1alpha1',
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
          },
        ],
      },
    };
    await cluster.api.apply(definition, { fieldManager: 'test' });
    const plan = {
      apiVersion: 'kubebyon.app/v1alpha1',
      kind: 'RoutePlan',
      metadata: { name: 'p', namespace: SYSTEM },
    };
    await until('RoutePlans', async () => {
      const made = await cluster.api.apply(plan, { fieldManager: 'test' }).catch(() => ({ ok: false }));
      return made.ok;
    });
    const key = `kubebyon.app/RoutePlan/${SYSTEM}/p`;
    await until('the RoutePlan', () => belief.objects.has(key));
    await cluster.api.delete(definition);
    await until('its end', () => !belief.objects.has(key), 40_000);
    await until('its kind to be gone', () => facts.placeOf(plan) === undefined && facts.state().complete);
  });
});
