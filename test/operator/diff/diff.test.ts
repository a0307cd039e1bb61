import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffObjects, liveView, type ManifestObject } from '../../../src/operator/diff/index.ts';
import { objectsOf } from '../../support/objects.ts';

const json = fc.jsonValue({ maxDepth: 4 });

/** Any object with a kind and a name; the rest is whatever JSON can hold, where rules look. */
const anyObject: fc.Arbitrary<ManifestObject> = fc.record({
  apiVersion: fc.constant('v1'),
  kind: fc.constantFrom(
    'Gateway',
    'Deployment',
    'Service',
    'Role',
    'RoleBinding',
    'HTTPRoute',
    'Secret',
    'Odd',
  ),
  metadata: fc.record({
    name: fc.constantFrom('a', 'b'),
    namespace: fc.constantFrom('n', 'm'),
    labels: json,
  }),
  spec: fc.oneof(json, fc.record({ listeners: json, template: json, selector: json, ports: json })),
  rules: json,
  subjects: json,
  data: json,
});

const objects = fc.array(anyObject, { maxLength: 6 });

describe('whatever stands in objects', () => {
  test('nothing is thrown, and what differs is told', () => {
    fc.assert(
      fc.property(objects, objects, (before, after) => {
        const { changes, consequences } = diffObjects(before, after);
        for (const { fields, change } of changes)
          expect(change === 'changed' ? fields.length : 1).toBeGreaterThan(0);
        for (const { object } of consequences) expect(changes.map((one) => one.object)).toContain(object);
      }),
    );
  });

  test('nothing changes between the same objects in another order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyObject, { selector: ({ kind, metadata }) => JSON.stringify([kind, metadata]) }),
        (list) => {
          const unique = [
            ...new Map(list.map((one) => [JSON.stringify([one.kind, nameOf(one)]), one])).values(),
          ];
          expect(diffObjects(unique, unique.toReversed()).changes).toEqual([]);
        },
      ),
    );
  });

  test('what comes one way goes the other way', () => {
    fc.assert(
      fc.property(objects, objects, (before, after) => {
        const there = diffObjects(before, after).changes;
        const back = diffObjects(after, before).changes;
        const turned = { added: 'removed', removed: 'added', changed: 'changed' } as const;
        expect(there.map(({ object, change }) => [object, change]).toSorted()).toEqual(
          back.map(({ object, change }) => [object, turned[change]]).toSorted(),
        );
      }),
    );
  });
});

function nameOf(object: ManifestObject): unknown {
  const { name, namespace } = object.metadata as { readonly name: unknown; readonly namespace: unknown }; // as made above
  return [namespace, name];
}

describe('a secret is never shown', () => {
  const SECRET = 's3cr3t-value';
  const secret = (value: string) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'x' },
    data: { token: value },
    stringData: { password: value },
  });
  const withEnv = (env: readonly object[], sidecar: readonly object[] = []) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'x' },
    spec: { template: { spec: { containers: [{ name: 'api', env }, ...sidecar] } } },
  });

  test.each([
    ['data of a Secret', secret('old'), secret(SECRET)],
    [
      'a variable',
      withEnv([{ name: 'DB_PASSWORD', value: 'old' }]),
      withEnv([{ name: 'DB_PASSWORD', value: SECRET }]),
    ],
    ['a variable that comes', withEnv([]), withEnv([{ name: 'API_TOKEN', value: SECRET }])],
    [
      'a variable of a container that comes',
      withEnv([]),
      withEnv([], [{ name: 'side', env: [{ name: 'AWS_SECRET_ACCESS_KEY', value: SECRET }] }]),
    ],
  ])('%s', (_, before, after) => {
    const diff = diffObjects([before], [after]);
    expect(diff.changes).toHaveLength(1);
    expect(JSON.stringify(diff)).not.toContain(SECRET);
    expect(JSON.stringify(diff)).toContain('(hidden)');
  });

  test('the name of a Secret is none', () => {
    const name = 'KUBEBYON_GATEWAY_API_WORKLOAD_TLS_SECRET_NAME';
    const { changes } = diffObjects([withEnv([{ name, value: 'a' }])], [withEnv([{ name, value: 'b' }])]);
    expect(changes[0]?.fields).toEqual([
      { path: `spec.template.spec.containers.api.env.${name}.value`, before: 'a', after: 'b' },
    ]);
  });
});

describe('an object of a cluster is seen as its manifest says it', () => {
  const rendered = objectsOf('multi-node', {
    publicAccess: { provider: 'gatewayapi' },
    gatewayAPI: { workload: { enabled: true } },
    api: { resources: { requests: { cpu: '1000m', memory: '1024Mi' } } },
  }).map((manifest): ManifestObject => ({ ...manifest }));
  const ofKind = (kind: string) => rendered.find((object) => object.kind === kind) ?? {};

  test('without what the API server fills in', () => {
    const deployment = structuredClone(ofKind('Deployment')) as {
      spec: Record<string, unknown>;
      metadata: object;
    }; // to be changed here
    deployment.spec.progressDeadlineSeconds = 600;
    const live = {
      ...deployment,
      metadata: { ...deployment.metadata, uid: 'u', generation: 4 },
      status: { replicas: 1 },
    };
    expect(diffObjects([liveView(live, ofKind('Deployment'))], [ofKind('Deployment')]).changes).toEqual([]);
  });

  test('without listeners of the runtime, and with those that Helm wrote and nobody renders any more', () => {
    const gateway = ofKind('Gateway');
    const { spec, metadata } = structuredClone(gateway) as {
      spec: { listeners: object[] };
      metadata: object;
    }; // to be changed here
    const live = {
      ...gateway,
      metadata: {
        ...metadata,
        managedFields: [
          {
            manager: 'helm',
            operation: 'Apply',
            fieldsV1: {
              'f:spec': {
                'f:listeners': {
                  'k:{"name":"old"}': { '.': {}, 'f:name': {}, 'f:port': {}, 'f:protocol': {} },
                },
              },
            },
          },
          {
            manager: 'kubebyon-edge-sync',
            operation: 'Apply',
            fieldsV1: {
              'f:spec': { 'f:listeners': { 'k:{"name":"kb-1"}': { '.': {}, 'f:name': {}, 'f:port': {} } } },
            },
          },
        ],
      },
      spec: {
        ...spec,
        listeners: [
          { name: 'kb-1', port: 443, protocol: 'HTTPS' },
          { name: 'old', port: 81, protocol: 'HTTP' },
          ...spec.listeners,
        ],
      },
    };
    const { changes, consequences } = diffObjects([liveView(live, gateway)], [gateway]);
    expect(changes.flatMap(({ fields }) => fields.map(({ path }) => path))).toEqual(['spec.listeners.old']);
    expect(consequences.map(({ rule }) => rule)).toContain('ListenerGone');
  });

  test.each([
    ['1', '1000m', true],
    ['500m', '0.5', true],
    ['1Gi', '1024Mi', true],
    ['1Gi', '1G', false],
    ['1', '2', false],
  ])('a quantity %s is as good as %s: %s', (live, wanted, isSame) => {
    const limits = (cpu: string) => ({ apiVersion: 'v1', kind: 'X', metadata: { name: 'x' }, spec: { cpu } });
    const view = liveView(limits(live), limits(wanted));
    expect(diffObjects([view], [limits(wanted)]).changes).toHaveLength(isSame ? 0 : 1);
  });
});
