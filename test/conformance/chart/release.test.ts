import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chartArchives } from '../../../scripts/release/artifacts.ts';
import { projectRoot } from '../../../scripts/write-generated.ts';
import { readMarkdown } from '../../docs/markdown.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { helm, helmVersions } from '../support/helm.ts';
import { ownFolder } from './chart-folder.ts';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster?.stop());

const readme = readMarkdown(readFileSync(join(projectRoot, 'README.md'), 'utf8'));
const installs = readme.blocks.flatMap(({ text }) => text.match(/^helm install .*$/gm) ?? []);

/** The words of a line of shell without quotes, with paths as they are from the repository's root. */
function wordsOf(line: string): readonly string[] {
  return line
    .split(' ')
    .slice(1)
    .map((word) => (word.startsWith('charts/') ? join(projectRoot, word) : word));
}

describe.each(helmVersions)('Helm %s', (version) => {
  test.each(installs)('installs as README.md says: %s', async (line) => {
    const namespace = /--namespace (\S+)/.exec(line)?.[1] ?? 'default';
    const options = { kubeconfig: cluster.kubeconfig };
    const installed = await helm(version, wordsOf(line), options);
    expect(installed.code, installed.stderr).toBe(0);
    const removed = await helm(version, ['uninstall', 'kubebyon', '--namespace', namespace], options);
    expect(removed.code, removed.stderr).toBe(0);
  });

  test.each([...chartArchives()])('renders %s as the folder that it was made from', async (name, archive) => {
    const file = join(ownFolder(), name);
    writeFileSync(file, archive);
    const folder = join(projectRoot, 'charts', name.replace(/-[\d.]+\.tgz$/, ''));
    const render = async (chart: string) =>
      (await helm(version, ['template', 'kubebyon', chart, '--kube-version', '1.33.0'])).stdout;
    const rendered = await render(file);
    expect(rendered).toContain('kind: Deployment');
    expect(rendered).toBe(await render(folder));
  });
});

test('README.md has a line that installs a chart', () => {
  expect(installs.length).toBeGreaterThan(0);
});
