import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cluster, envOf, gatewayConfig, SYSTEM } from '../../support/worlds.ts';
import { inventoryOf, type Platform, startPlatform } from '../controller/platform.ts';
import { type ProgramResult, runProgram } from '../support/program.ts';

const MAIN = join(import.meta.dirname, '../../../src/cli/main.ts');
const TOKEN = 'tok.b7f0a1c2d3e4f5061728394a5b6c7d8e';

/** Clusters without a workload: there is no tenant to be read. */
const clusters = [1, 2, 3].map((index) => {
  const { workload: _, ...rest } = cluster(index);
  return rest;
});
const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
const inventory = join(folder, 'inventory.json');
const file = join(folder, 'world.json');
let platform: Platform;

beforeAll(async () => {
  platform = await startPlatform(clusters.slice(0, 2));
  writeFileSync(inventory, JSON.stringify(inventoryOf(clusters)));
  await platform.apply({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'kubebyon-workload-tls', namespace: SYSTEM, annotations: { token: TOKEN } },
    stringData: { 'tls.crt': TOKEN, 'tls.key': TOKEN },
    type: 'kubernetes.io/tls',
  });
});
afterAll(async () => {
  await platform?.stop();
  rmSync(folder, { recursive: true });
});

function run(words: readonly string[]): Promise<ProgramResult> {
  const env = { PATH: process.env.PATH ?? '', ...envOf(gatewayConfig()) };
  return runProgram(process.execPath, [MAIN, ...words], { env, timeout: 280_000 });
}

const observing = () => [
  ...['--kubeconfig', platform.cluster.kubeconfig, '--timeout', '240s'],
  ...['--inventory', `file=${inventory}`],
];

test('plan says of a bundle what the live planner says, and nothing secret is in it', async () => {
  const live = await run(['sync', '--dry-run', ...observing()]);
  expect(live, live.stderr).toMatchObject({ code: 0 });
  // The third cluster has no API Service yet, which is told as a finding.
  expect(live.stdout).toContain('  + apply ');
  const bundled = await run(['bundle', '--out', file, ...observing()]);
  expect(bundled, bundled.stderr).toMatchObject({ code: 0, stdout: '' });
  const planned = await run(['plan', file]);
  expect(planned).toMatchObject({ code: 0, stdout: live.stdout, stderr: '' });
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('kubebyon-workload-tls');
  expect(text).not.toContain(TOKEN);
  expect(text).not.toContain(Buffer.from(TOKEN).toString('base64'));
  const drawn = await run(['graph', '--live', '-o', 'json', ...observing()]);
  expect(drawn, drawn.stderr).toMatchObject({ code: 0 });
  expect(JSON.parse(drawn.stdout)).toMatchObject({ clusters: 3 });
  expect(drawn.stdout).toContain('"label": "kubebyon-workload-gateway"');
  expect(await platform.ours()).toEqual([]);
});

test('what could not be read in time is named, and the file says that it is not complete', async () => {
  writeFileSync(inventory, '{"complete": true, "revision": "1", "clusters": 5}');
  const { code, stdout, stderr } = await run(['bundle', ...observing(), '--timeout', '3s']);
  expect(code).toBe(1);
  expect(stderr).toContain('inventory.clusters');
  expect(JSON.parse(stdout)).toMatchObject({ inventory: { complete: false } });
});
