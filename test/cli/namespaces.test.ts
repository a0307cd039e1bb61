import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { explainManifestField, loadValues } from '../../src/index.ts';

const CASE = 'fixtures/single-node/platform-gateway-named-as-control-plane-in-another-namespace/values.yaml';
const file = resolve(import.meta.dirname, '../..', CASE);
const release = { name: 'r', namespace: 'kubebyon-system' };

describe('two objects of one kind and name in two namespaces', () => {
  const explain = (target: string) => run(['explain', 'r', target, '-n', release.namespace, '-f', file]);

  test('are not explained until it is said which is meant', async () => {
    const { exitCode, stdout = '', stderr } = await explain('Gateway/public:spec.listeners');
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain('Gateway/public is rendered in 2 namespaces');
    expect(stderr).toContain('write Gateway/edge-system/public or Gateway/kubebyon-system/public');
  });

  test('are explained each by KIND/NAMESPACE/NAME', async () => {
    const edge = await explain('Gateway/edge-system/public');
    const platform = await explain('gateway/kubebyon-system/public:spec.listeners[0].name');
    expect([edge.exitCode, platform.exitCode]).toEqual([0, 0]);
    expect(edge.stdout).toContain('control-plane-gateway.yaml');
    expect(platform.stdout).toContain('platform-gateway.yaml');
  });

  test('a namespace without the object says where it is', async () => {
    const { exitCode, stderr } = await explain('Gateway/default/public');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('no Gateway/default/public is rendered');
    expect(stderr).toContain('Gateway/edge-system/public');
  });

  test('are rendered both or one by one', async () => {
    const rendered = async (only: string) => {
      const words = ['render', 'r', '-n', release.namespace, '-f', file, '--only', only];
      return (await run(words)).stdout?.match(/^ {2}namespace: .*$/gm);
    };
    expect(await rendered('Gateway/public')).toEqual([
      '  namespace: edge-system',
      '  namespace: kubebyon-system',
    ]);
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
