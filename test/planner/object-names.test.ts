import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { edgeName, edgeRouteName, parseEdgeRouteName } from '../../src/contract/runtime-names.ts';
import { plan } from '../../src/planner/index.ts';
import { shortHash } from '../../src/text/bounded-name.ts';
import { configOf, readWorld } from '../support/world-cases.ts';

/** Words of our own names: a name that is read by what it contains would be misread. */
const WORDS = ['redirect', 'https', 'http', 'dedicated', 'ipv4', 'kb', 'kubebyon-edge', 'x', '1', 'a6f7ef47'];
const words = fc.oneof(
  fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }).map((drawn) => drawn.join('-')),
  fc.string({ minLength: 1, maxLength: 30 }),
);
const roles = fc.constantFrom('http', 'https', 'https-dedicated', 'redirect');

/** A base name as an earlier version gave it, by the slug of the cluster. */
const earlierEdgeName = (slug: string, id: string): string =>
  `kubebyon-edge-${slug.replace(/[^a-z0-9]+/g, '-')}-${shortHash(id)}`;

describe('the name of a route', () => {
  test('is read back as it was written, whatever the id', () => {
    fc.assert(
      fc.property(words, roles, fc.integer({ min: 1, max: 9999 }), (id, role, shard) => {
        const edge = edgeName(id);
        expect(parseEdgeRouteName(edgeRouteName(edge, role, shard), id)).toEqual({ edge, role, shard });
      }),
    );
  });

  test('is read back as an earlier version wrote it, whatever the slug', () => {
    fc.assert(
      fc.property(words, words, roles, fc.integer({ min: 1, max: 9999 }), (slug, id, role, shard) => {
        const edge = earlierEdgeName(slug, id);
        expect(parseEdgeRouteName(edgeRouteName(edge, role, shard), id)).toEqual({ edge, role, shard });
      }),
    );
  });

  test.each([
    ['of another cluster', edgeRouteName(edgeName('c-2'), 'https', 1)],
    ['with a number that nobody counts to', `${edgeName('c-1')}-https-01`],
    ['of the Service', edgeName('shop-https-1')],
  ])('says nothing when it is a name %s', (_, name) => {
    expect(parseEdgeRouteName(name, 'c-1')).toBeUndefined();
  });
});

describe('a changed slug', () => {
  const changed = (story: string, document = readWorld(story)) => ({
    ...document.world,
    inventory: {
      ...document.world.inventory,
      clusters: document.world.inventory.clusters.map((one) => ({ ...one, slug: 'shop-redirect-eu' })),
    },
  });

  test('names nothing anew: the same objects are written, with another label', () => {
    const { env } = readWorld('all-settled');
    const { actions } = plan(changed('all-settled'), configOf(env));
    expect(actions.length).toBeGreaterThan(0);
    for (const { id, verb, object } of actions) {
      if (verb !== 'apply') throw new Error(`${id}: expected to apply`);
      expect(object.metadata.name).not.toContain('shop-redirect-eu');
      expect(object.metadata.labels?.['kubebyon.app/cluster-slug']).toBe('shop-redirect-eu');
    }
  });

  test('makes no second TLSRoute when the observation is from before the first was written', () => {
    const { world, env } = readWorld('control-plane-route');
    const route = (slug: string) => {
      const clusters = world.inventory.clusters.map((one) => ({ ...one, slug }));
      const { actions } = plan({ ...world, inventory: { ...world.inventory, clusters } }, configOf(env));
      return actions
        .filter(({ object }) => object.kind === 'TLSRoute')
        .map(({ object }) => object.metadata.name);
    };
    expect(route('before')).toHaveLength(1);
    expect(route('after')).toEqual(route('before'));
  });
});

test('objects that an earlier version named by the slug are taken over, not made again', () => {
  const { world, env } = readWorld('all-settled');
  const earlier = JSON.parse(
    JSON.stringify(world)
      .replaceAll(/kubebyon-(cp|edge)-c-1-/g, 'kubebyon-$1-team-1-')
      .replaceAll(/"c-1-(\w{8})"/g, '"team-1-$1"'),
  );
  expect(JSON.stringify(earlier)).toContain('kubebyon-edge-team-1-a6f7ef47-http');
  expect(plan(earlier, configOf(env)).actions).toEqual([]);
});

test('routes that an earlier version named are taken over when their Service is gone', () => {
  const { world, env } = readWorld('all-settled');
  const earlier = JSON.parse(
    JSON.stringify(world).replaceAll(/kubebyon-(cp|edge)-c-1-/g, 'kubebyon-$1-team-1-'),
  );
  const objects = earlier.host.objects.filter(
    ({ kind, metadata }: { readonly kind: string; readonly metadata: { readonly name: string } }) =>
      kind !== 'Service' || !metadata.name.startsWith('kubebyon-edge-'),
  );
  const { actions } = plan({ ...earlier, host: { ...earlier.host, objects } }, configOf(env));
  expect(actions.map(({ id }) => id)).toEqual(['apply Service vc-1/kubebyon-edge-team-1-a6f7ef47']);
});

test.each(['shop-redirect-eu', 'redirect', 'x-https-1', 'https-dedicated', 'http-redirect-1'])(
  'a cluster whose routes are named %s loses its redirects before the HTTPS routes that they lead to',
  (slug) => {
    const { world, env } = readWorld('deleting-cluster');
    const renamed = JSON.parse(
      JSON.stringify(world).replaceAll('kubebyon-edge-c-1-', `kubebyon-edge-${slug}-`),
    );
    const { actions } = plan(renamed, configOf(env));
    const deleted = actions.filter(({ verb, object }) => verb === 'delete' && object.kind === 'HTTPRoute');
    const ids = (role: string): readonly string[] =>
      deleted
        .filter(({ object }) => new RegExp(`-a6f7ef47-${role}-[0-9]+$`).test(object.metadata.name))
        .map(({ id }) => id);
    const https = deleted.filter(({ id }) => [...ids('https'), ...ids('https-dedicated')].includes(id));
    expect(https.length).toBeGreaterThan(0);
    expect(ids('redirect').length).toBeGreaterThan(0);
    for (const { after } of https) expect(after).toEqual(expect.arrayContaining([...ids('redirect')]));
  },
);
