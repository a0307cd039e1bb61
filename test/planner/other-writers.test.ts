import { describe, expect, test } from 'vitest';
import { plan } from '../../src/planner/index.ts';
import type { KubeObject, World } from '../../src/planner/world/world.ts';
import { served } from '../support/served.ts';
import { configOf, readWorld } from '../support/world-cases.ts';

const NAMESPACE = 'kubebyon-system';

/** Secrets that Certificates of ours write in plans of these stories, whatever is there already. */
const STORIES = [
  'self-managed-ready',
  'shared-certificate',
  'https-opens',
  'all-settled',
  'wildcard-certificate',
];

function byHand(secretName: string, name = 'by-hand', namespace = NAMESPACE): KubeObject {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name, namespace, uid: `hand-${name}`, resourceVersion: '3' },
    spec: { secretName, dnsNames: ['x.test'], issuerRef: { name: 'x' } },
  };
}

function withObject(world: World, object: KubeObject): World {
  return { ...world, host: { ...world.host, objects: served([...world.host.objects, object]) } };
}

function certificatesIn(world: World): readonly KubeObject[] {
  return world.host.objects.filter(({ kind }) => kind === 'Certificate');
}

function writes(world: World, env: Readonly<Record<string, string>>) {
  const { actions, findings } = plan(world, configOf(env));
  return {
    findings,
    secrets: actions.flatMap(({ verb, object }) =>
      verb === 'apply' && object.kind === 'Certificate' ? object.spec.secretName : [],
    ),
    deleted: actions.filter(({ verb, object }) => verb === 'delete' && object.kind === 'Certificate'),
  };
}

interface Case {
  readonly secret: string;
  readonly world: World;
  readonly env: Readonly<Record<string, string>>;
}

/** Each Secret of a story beside its world as it is, and without any Certificate of ours. */
function casesOf(story: string): readonly Case[] {
  const { world, env } = readWorld(story);
  // Without our Certificates each Secret that is wanted is written.
  const bare: World = {
    ...world,
    host: { ...world.host, objects: world.host.objects.filter(({ kind }) => kind !== 'Certificate') },
  };
  const secrets = new Set(
    [
      ...writes(world, env).secrets,
      ...writes(bare, env).secrets,
      ...certificatesIn(world).map((one) => one.metadata.name),
    ].flatMap((name) => name ?? []),
  );
  return [...secrets].flatMap((secret) => [
    { secret, world, env },
    { secret, world: bare, env },
  ]);
}

test('there are Secrets to write in these stories, shared and dedicated', () => {
  const names = STORIES.flatMap((story) => casesOf(story).map(({ secret }) => secret));
  expect(names.some((name) => name.startsWith('kubebyon-workload-tls'))).toBe(true);
  expect(names.some((name) => name.startsWith('kb-'))).toBe(true);
});

describe.each(STORIES)('each Secret of %s', (story) => {
  test('is written by no Certificate of ours beside one of others, which is named', () => {
    for (const { secret, world, env } of casesOf(story)) {
      const planned = writes(withObject(world, byHand(secret)), env);
      expect(planned.secrets, secret).not.toContain(secret);
      expect(planned.deleted, secret).toEqual([]);
      expect(
        planned.findings.filter(({ code }) => code === 'SecretWrittenByOthers'),
        secret,
      ).toMatchObject([{ object: { name: 'by-hand', namespace: NAMESPACE } }]);
    }
  });

  test('is written as before beside one of others in another namespace', () => {
    for (const { secret, world, env } of casesOf(story)) {
      const planned = writes(withObject(world, byHand(secret, 'by-hand', 'elsewhere')), env);
      expect(planned.secrets, secret).toEqual(writes(world, env).secrets);
      expect(
        planned.findings.map(({ code }) => code),
        secret,
      ).not.toContain('SecretWrittenByOthers');
    }
  });
});

test('a Certificate that a shim of cert-manager made under the name of ours is named and left alone', () => {
  const { world, env } = readWorld('self-managed-ready');
  const [secret] = writes(world, env).secrets.filter((name) => name?.startsWith('kb-'));
  const planned = writes(withObject(world, byHand(secret ?? '', secret)), env);
  expect(planned.secrets).not.toContain(secret);
  expect(planned.findings.map(({ code, object }) => [code, object?.name])).toContainEqual([
    'SecretWrittenByOthers',
    secret,
  ]);
});
