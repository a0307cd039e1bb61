import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { explainManifestField, loadValues } from '../../src/index.ts';

const CASE = 'fixtures/single-node/platform-gateway-named-as-control-plane-in-another-namespace/values.yaml';
const file = resolve(import.meta.dirname, '../..', CASE);
const release = { name: 'r', namespace: 'kubebyon-system' };

const explain = (target: string, ...more: readonly string[]) =>
  run(['explain', 'r', target, '-n', release.namespace, '-f', file, ...more]);
const only = (target: string) => run(['render', 'r', '-n', release.namespace, '-f', file, '--only', target]);

describe('two objects of one kind and name in two namespaces', () => {
  test.each([
    ['explained', () => explain('Gateway/public:spec.listeners')],
    ['rendered', () => only('Gateway/public')],
  ])('are not %s until it is said which is meant', async (_, asked) => {
    const { exitCode, stdout = '', stderr } = await asked();
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 4,
      stdout: '',
      stderr:
        'error: Gateway/public stands for 2 objects\n  hint: write Gateway/edge-system/public or Gateway/kubebyon-system/public\n',
    });
  });

  test('are explained each by KIND/NAMESPACE/NAME', async () => {
    const edge = await explain('Gateway/edge-system/public');
    const platform = await explain('gateway/kubebyon-system/public:spec.listeners[0].name');
    expect([edge.exitCode, platform.exitCode]).toEqual([0, 0]);
    expect(edge.stdout).toContain('control-plane-gateway.yaml');
    expect(platform.stdout).toContain('platform-gateway.yaml');
    expect(edge.stdout).toMatch(/^Gateway\/edge-system\/public\n/);
    expect(platform.stdout).toMatch(/^Gateway\/kubebyon-system\/public:spec\.listeners\[0\]\.name\n/);
  });

  test('a namespace without the object says where it is', async () => {
    const { exitCode, stderr } = await explain('Gateway/default/public');
    expect(exitCode).toBe(4);
    expect(stderr).toContain('no Gateway/default/public is rendered');
    expect(stderr).toContain('Gateway/edge-system/public');
  });

  test.each([
    ['a misspelt name', () => explain('Gateway/publc')],
    ['a misspelt name to render', () => only('Gateway/publc')],
    ['a field that is not there', () => explain('Gateway/edge-system/public:spec.listner')],
    ['a field that the values keep out', () => explain('Gateway/edge-system/public:spec.addresses')],
    ['what a value is read by', () => explain('gatewayAPI.name')],
  ])('are told apart in every answer: %s', async (_, asked) => {
    const { stdout = '', stderr = '' } = await asked();
    expect(stdout + stderr).toContain('Gateway/edge-system/public');
    expect(stdout + stderr).not.toContain('Gateway/public');
  });

  test('are rendered both or one by one', async () => {
    const rendered = async (target: string) => (await only(target)).stdout?.match(/^ {2}namespace: .*$/gm);
    expect(await rendered('Gateway')).toEqual(['  namespace: edge-system', '  namespace: kubebyon-system']);
    expect(await rendered('Gateway/edge-system/public')).toEqual(['  namespace: edge-system']);
  });

  test('are told apart by the library too, which refuses to guess', () => {
    const loaded = loadValues('single-node', [{ kind: 'file', name: file, text: readFileSync(file) }]);
    const field = { kind: 'Gateway', name: 'public', path: ['metadata', 'namespace'] };
    expect(explainManifestField(loaded, release, { ...field, namespace: 'edge-system' })?.value).toBe(
      'edge-system',
    );
    expect(explainManifestField(loaded, release, { ...field, namespace: 'kubebyon-system' })?.value).toBe(
      'kubebyon-system',
    );
    expect(() => explainManifestField(loaded, release, field)).toThrow(
      'expected the namespace of Gateway/public, found none; it is rendered in edge-system and kubebyon-system',
    );
  });
});

describe('explain and --only read the names of objects by one grammar', () => {
  test.each([
    ['Gateway/', 'found no name behind Gateway/'],
    ['Gateway//public', 'found no namespace behind Gateway/'],
    ['Gateway/edge-system/', 'found no name behind Gateway/edge-system/'],
    ['Gateway/a/b/c', 'found "c" behind Gateway/a/b/'],
  ])('%s', async (target, found) => {
    for (const { exitCode, stderr } of [await explain(target), await only(target)]) {
      expect(exitCode).toBe(2);
      expect(stderr).toContain(`expected KIND/NAME or KIND/NAMESPACE/NAME, ${found}`);
    }
  });

  test('a field belongs to explain alone', async () => {
    expect(await only('Gateway/edge-system/public:spec')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('found a field, :spec'),
    });
  });

  test.each(['gateway', 'GATEWAY', 'Gateway'])('%s is a kind in any case', async (kind) => {
    const name = `${kind}/edge-system/public`;
    expect([(await explain(name)).exitCode, (await only(name)).exitCode]).toEqual([0, 0]);
  });
});
