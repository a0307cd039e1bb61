import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostObject } from '../../../src/controller/facts/host-object.ts';
import { type KubeObject, type StoredObject, secretFacts } from '../../../src/kube/index.ts';
import { recordWorld, withoutSecrets } from '../../../src/operator/bundle/index.ts';
import { checkWorld, parseRuntimeConfig, plan } from '../../../src/planner/index.ts';
import type { World } from '../../../src/planner/world/world.ts';
import { worldCases, worldDocument } from '../../support/world-cases.ts';
import { gatewayConfig, world } from '../../support/worlds.ts';

/** A text that nobody else would write by chance, of the letters that tokens, keys and PEM have. */
const token = fc
  .string({
    unit: fc.constantFrom(...'ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789+/='),
    minLength: 24,
    maxLength: 60,
  })
  .map((text) => `tok.${text}`);

const key = fc.oneof(
  fc.constantFrom(
    'token',
    'tls.key',
    'tls.crt',
    'kubeconfig',
    '.dockerconfigjson',
    'password',
    '__proto__',
    'certificate',
  ),
  fc.string({ maxLength: 12 }),
);

/** A Secret that has its secret wherever somebody may put one. */
const hostile = token.chain((secret) =>
  fc.record({
    secret: fc.constant(secret),
    object: fc.record({
      data: fc.dictionary(key, fc.constantFrom(secret, Buffer.from(secret).toString('base64')), {
        maxKeys: 4,
      }),
      stringData: fc.dictionary(key, fc.constant(secret), { maxKeys: 2 }),
      type: fc.constantFrom('kubernetes.io/tls', 'Opaque', 'kubernetes.io/service-account-token'),
      annotations: fc.dictionary(
        fc.constantFrom(
          'kubectl.kubernetes.io/last-applied-configuration',
          'token',
          'x.cert-manager.io/token',
          'cert-manager.io/private-key',
        ),
        fc.constant(JSON.stringify({ data: { token: secret } })),
      ),
      labels: fc.dictionary(fc.constantFrom('token', 'owner'), fc.constant(secret)),
      spec: fc.record({ token: fc.constant(secret) }),
      status: fc.record({ token: fc.constant(secret) }),
    }),
  }),
);

function stored({
  labels,
  annotations,
  ...rest
}: {
  readonly labels: object;
  readonly annotations: object;
}): StoredObject {
  const metadata = { name: 's', namespace: 'n', uid: 'u', resourceVersion: '1', labels, annotations };
  return { apiVersion: 'v1', kind: 'Secret', metadata, ...rest };
}

describe('no secret is in a bundle', () => {
  test('of a Secret, wherever it stands in it', () => {
    fc.assert(
      fc.property(hostile, ({ secret, object }) => {
        const seen: KubeObject = hostObject(secretFacts(stored(object)));
        const bundle = withoutSecrets(bundleOf(seen));
        const text = JSON.stringify(bundle);
        expect(text).not.toContain(secret);
        expect(text).not.toContain(Buffer.from(secret).toString('base64'));
        expect(bundle.host.objects[0]?.metadata.name).toBe('s');
      }),
    );
  });

  test('even when whoever observes has kept it', () => {
    fc.assert(
      fc.property(hostile, ({ secret, object }) => {
        const text = JSON.stringify(withoutSecrets(bundleOf(hostObject(stored(object)))));
        expect(text).not.toContain(secret);
      }),
    );
  });

  test('of annotations of objects that are not the runtime’s', () => {
    const route = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'r', namespace: 'n', annotations: { 'example.com/token': 'tok.secret' } },
    };
    expect(JSON.stringify(withoutSecrets(bundleOf(route)))).not.toContain('tok.secret');
  });
});

function bundleOf(object: KubeObject): World {
  const { host, ...rest } = world();
  return { ...rest, host: { ...host, objects: [object] as unknown as World['host']['objects'] } }; // any object, as a cluster may hold
}

const read = worldCases().flatMap((name) => {
  const document = worldDocument(name);
  const checked = checkWorld(document);
  const config = parseRuntimeConfig(Object(document).env);
  return checked.ok && config.ok ? [{ name, world: checked.world, config: config.config }] : [];
});

test('there are worlds to try', () => {
  expect(read.length).toBeGreaterThan(40);
});

test.each(read)('the plan of $name is the same without secrets', ({ world, config }) => {
  expect(plan(withoutSecrets(world), config)).toEqual(plan(world, config));
});

test.each(read)('a World that was told by changes is the World: $name', ({ world, config }) => {
  const { inventory, host, tenants, dns, probes, routes, memory, now, env } = world;
  const recorder = recordWorld();
  const { clusters, ...beside } = inventory;
  const { objects, ...ofHost } = host;
  recorder.observe({ of: 'inventory', inventory: beside });
  for (const cluster of clusters) recorder.observe({ of: 'cluster', id: cluster.id, cluster });
  recorder.observe({ of: 'host', host: ofHost });
  for (const object of objects) {
    const { apiVersion, kind, metadata } = object;
    const reference = { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name };
    recorder.observe({ of: 'object', reference, object });
  }
  for (const [id, tenant] of Object.entries(tenants ?? {})) recorder.observe({ of: 'tenant', id, tenant });
  for (const [id, list] of Object.entries(probes ?? {})) recorder.observe({ of: 'probes', id, probes: list });
  for (const [hostname, answers] of Object.entries(dns ?? {}))
    recorder.observe({ of: 'dns', hostname, answers });
  recorder.observe({ of: 'routes', routes: routes ?? null });
  const told = recorder.world({ now, ...(env === undefined ? {} : { env }), memory });
  expect(checkWorld(JSON.parse(JSON.stringify(told)))).toMatchObject({ ok: true });
  expect(plan(told, config)).toEqual(plan(world, config));
});

test('what goes is not in the World any more', () => {
  const recorder = recordWorld();
  const reference = { apiVersion: 'v1', kind: 'Service', namespace: 'n', name: 's' };
  const object = { apiVersion: 'v1', kind: 'Service', metadata: { name: 's', namespace: 'n' } };
  recorder.observe({ of: 'object', reference, object });
  recorder.observe({ of: 'dns', hostname: 'a.test', answers: [] });
  recorder.observe({ of: 'object', reference, object: null });
  recorder.observe({ of: 'dns', hostname: 'a.test', answers: null });
  const told = recorder.world({ now: '2026-01-01T00:00:00Z' });
  expect(told.host.objects).toEqual([]);
  expect(told.dns).toEqual({});
  expect(plan(told, gatewayConfig()).actions).toEqual([]);
});
