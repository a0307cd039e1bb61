import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Cluster, startCluster } from '../support/cluster.ts';
import { helm, helmVersions, valueFlags } from '../support/helm.ts';

const chart = fileURLToPath(new URL('fixtures/sample-chart', import.meta.url));

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster?.stop());

describe.each(helmVersions)('Helm %s on a real API server', (version) => {
  const namespace = `release-${version.replace('.', '-')}`;
  const run = async (...args: readonly string[]) => {
    const result = await helm(version, [...args, '--namespace', namespace], {
      kubeconfig: cluster.kubeconfig,
    });
    expect(result.code, result.stderr).toBe(0);
    return result.stdout;
  };
  const storedText = async () => {
    const metadata = { name: 'first-config', namespace };
    const answer = await cluster.api.get({ apiVersion: 'v1', kind: 'ConfigMap', metadata });
    if (!answer.ok) return answer.reason;
    const { values } = answer.object.data as { values: string }; // written by the chart
    return JSON.parse(values).text;
  };

  test('installs, upgrades, rolls back and uninstalls a chart', async () => {
    await run('install', 'first', chart, '--create-namespace', ...valueFlags({ set: ['text=one'] }));
    expect(await storedText()).toBe('one');
    await run('upgrade', 'first', chart, ...valueFlags({ setString: ['text=2'] }));
    expect(await storedText()).toBe('2');
    await run('rollback', 'first', '1');
    expect(await storedText()).toBe('one');
    expect(JSON.parse(await run('history', 'first', '-o', 'json'))).toHaveLength(3);
    await run('uninstall', 'first');
    expect(await storedText()).toBe('NotFound');
  });

  test('is the pinned version and lints', async () => {
    const { stdout } = await helm(version, ['version', '--template', '{{.Version}}']);
    expect(stdout).toMatch(new RegExp(`^v${version}\\.\\d+$`));
    expect((await helm(version, ['lint', '--strict', chart])).code).toBe(0);
  });
});
