import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

import { startCluster } from '../support/cluster.ts';

const entry = fileURLToPath(new URL('../../../tools/cluster.ts', import.meta.url));

/** Ids of the running processes whose command line names the folder. */
function processesOf(folder: string): readonly number[] {
  return readdirSync('/proc').flatMap((id) => {
    if (!/^\d+$/.test(id)) return [];
    try {
      return readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(folder) ? [Number(id)] : [];
    } catch {
      return []; // ended in the meantime
    }
  });
}

test('a stopped cluster leaves no process and no file', async () => {
  const cluster = await startCluster();
  const state = dirname(cluster.kubeconfig);
  expect(processesOf(state)).toHaveLength(2);
  await cluster.stop();
  expect(processesOf(state)).toEqual([]);
  expect(existsSync(state)).toBe(false);
});

test('two clusters run side by side and know nothing of each other', async () => {
  const clusters = await Promise.all([startCluster(), startCluster()]);
  const [one, two] = clusters;
  expect((await one.kubectl(['create', 'namespace', 'only-here'])).code).toBe(0);
  expect((await two.kubectl(['get', 'namespace', 'only-here'])).stderr).toContain('not found');
  await Promise.all(clusters.map((cluster) => cluster.stop()));
});

test.runIf(process.platform === 'linux').each(['SIGTERM', 'SIGKILL'] as const)(
  'a cluster ends with the process that runs it, ended by %s',
  async (signal) => {
    const child = spawn(process.execPath, [entry], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(createInterface({ input: child.stdout }), 'line');
    const state = dirname(String(line).replace('export KUBECONFIG=', ''));
    // At once, before anything else is done: the first line already promises that it can be ended.
    child.kill(signal);
    await once(child, 'exit');
    await expect.poll(() => processesOf(state), { timeout: 90_000 }).toEqual([]);
    if (signal === 'SIGTERM') expect(existsSync(state)).toBe(false);
  },
);
