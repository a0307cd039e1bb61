import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { helm, helmVersions } from '../support/helm.ts';
import { chartFolder, chartNames, ownFolder } from './chart-folder.ts';
import { KUBE_VERSION, RELEASE } from './helm-jobs.ts';

const cases = chartNames.flatMap((chart) =>
  helmVersions.flatMap((version) =>
    ['haproxy-on-the-node-network', 'runbook-4.4.2-address-mode-dual'].map((name) => ({
      chart,
      version,
      name,
    })),
  ),
);

describe('what helm template --skip-tests prints', () => {
  const folder = join(ownFolder(), 'checked');
  beforeAll(() => mkdirSync(folder, { recursive: true }));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(cases)('counts as equal: Helm $version, $chart, $name', async ({ chart, version, name }) => {
    const values = join(import.meta.dirname, '../../../fixtures', chart, name, 'values.yaml');
    const words = [RELEASE.name, '-n', RELEASE.namespace, '-f', values];
    const flags = ['--skip-tests', '--kube-version', KUBE_VERSION];
    const printed = await helm(version, ['template', ...words, ...flags, chartFolder(chart)]);
    expect(printed).toMatchObject({ code: 0 });
    const golden = join(folder, `${chart}-${name}-${version}.yaml`);
    writeFileSync(golden, printed.stdout);
    const check = (...more: readonly string[]) =>
      run(['render', ...words, '--chart', chart, '--check', golden, ...more]);
    expect(await check('--check-mode', 'objects')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await check('--check-mode', 'objects', '--set', 'api.service.port=9123')).toMatchObject({
      exitCode: 3,
      stdout: expect.stringContaining('differs in spec.ports[0].port: '),
    });
    // The texts are not the same, so that it is the objects that are equal.
    expect(await check()).toMatchObject({ exitCode: 3 });
  });

  test.each(helmVersions)('into a folder counts as equal: Helm %s', async (version) => {
    const words = [RELEASE.name, '-n', RELEASE.namespace];
    const out = join(folder, `folder-${version}`);
    const flags = ['--skip-tests', '--kube-version', KUBE_VERSION, '--output-dir', out];
    expect(await helm(version, ['template', ...words, ...flags, chartFolder('multi-node')])).toMatchObject({
      code: 0,
    });
    const check = ['--chart', 'multi-node', '--check', out, '--check-mode', 'objects'];
    expect(await run(['render', ...words, ...check])).toMatchObject({ exitCode: 0, stderr: '' });
  });
});
