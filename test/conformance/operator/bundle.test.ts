import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeTenant } from '../../../tools/lab/clusters.ts';
import { type FakeTenants, healthyTenant, startFakeTenants } from '../../support/fake-tenants.ts';
import { cluster, envOf, gatewayConfig, SYSTEM, targetOf } from '../../support/worlds.ts';
import { inventoryOf, type Platform, startPlatform } from '../controller/platform.ts';
import { type DnsServer, startDnsServer } from '../support/dns-server.ts';
import { type ProgramResult, runProgram } from '../support/program.ts';
import { isRole, readerWith } from './reader.ts';
import { changesOf } from './stage.ts';

const MAIN = join(import.meta.dirname, '../../../src/cli/main.ts');
const NAMES = join(import.meta.dirname, '../support/cluster-names.ts');
const TOKEN = 'tok.b7f0a1c2d3e4f5061728394a5b6c7d8e';
const HOSTNAME = 'shop.customer1.test';

const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
const inventory = join(folder, 'inventory.json');
const file = join(folder, 'world.json');
let platform: Platform;
let tenants: FakeTenants;
let dns: DnsServer;

/** Two clusters with API servers, Nodes and Pods of their own. */
function clusters() {
  const port = Number(new URL(tenants.url).port);
  return [1, 2].map((index) => {
    const made = cluster(index, { hostnames: index === 1 ? [HOSTNAME] : [] });
    const controlPlane = {
      ...{ hostname: `c${index}.cp.example.com`, nodeAccess: 'L4' as const },
      service: { name: 'vc', port },
    };
    return { ...made, controlPlane };
  });
}

beforeAll(async () => {
  tenants = await startFakeTenants(['vc.vc-1', 'vc.vc-2']);
  dns = await startDnsServer({ [HOSTNAME]: targetOf(1), [targetOf(1)]: ['203.0.113.3'] });
  platform = await startPlatform();
  for (const [index, entry] of clusters().entries()) {
    const tenant = `${TOKEN}-${index + 1}`;
    tenants.hold(tenant, healthyTenant(index + 1));
    await writeTenant(platform.cluster, entry, index + 1, tenants.kubeconfigOf(tenant));
  }
  writeFileSync(inventory, JSON.stringify(inventoryOf(clusters())));
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
  await tenants?.stop();
  dns?.stop();
  rmSync(folder, { recursive: true });
});

function run(words: readonly string[]): Promise<ProgramResult> {
  const env = { PATH: process.env.PATH ?? '', ...envOf(gatewayConfig()) };
  return runProgram(process.execPath, ['--import', NAMES, MAIN, ...words], { env, timeout: 280_000 });
}

const observing = (kubeconfig = platform.cluster.kubeconfig) => [
  ...['--kubeconfig', kubeconfig, '--timeout', '60s', '--dns-server', dns.address],
  ...['--inventory', `file=${inventory}`],
];

/** Each of the two begins at a moment of its own. */
function withoutTimes(text: string): string {
  return text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME');
}

test('plan says of a bundle what the live planner says, and nothing secret is in it', async () => {
  const live = await run(['sync', '--dry-run', ...observing()]);
  expect(live, live.stderr).toMatchObject({ code: 0 });
  expect(live.stdout).toContain('  + apply ');
  const bundled = await run(['bundle', '--out', file, ...observing()]);
  expect(bundled, bundled.stderr).toMatchObject({ code: 0, stdout: '' });
  const planned = await run(['plan', file]);
  expect(planned).toMatchObject({ code: 0, stderr: '' });
  expect(withoutTimes(planned.stdout)).toBe(withoutTimes(live.stdout));
  const text = readFileSync(file, 'utf8');
  const world = JSON.parse(text);
  expect(Object.keys(world.tenants).toSorted()).toEqual(['c-1', 'c-2']);
  expect(world.tenants['c-1']).toMatchObject({ readable: true, pods: [{ ready: true }, { ready: true }] });
  expect(world.dns[HOSTNAME]).toMatchObject([{ chain: [targetOf(1)], a: ['203.0.113.3'] }]);
  expect(text).toContain('kubebyon-workload-tls');
  for (const secret of [TOKEN, Buffer.from(TOKEN).toString('base64'), 'PRIVATE KEY', 'client-key-data']) {
    expect(text).not.toContain(secret);
  }
  const drawn = await run(['graph', '--live', '-o', 'json', ...observing()]);
  expect(drawn, drawn.stderr).toMatchObject({ code: 0 });
  expect(JSON.parse(drawn.stdout)).toMatchObject({ clusters: 2 });
  expect(drawn.stdout).toContain('"label": "kubebyon-workload-gateway"');
  expect(await platform.ours()).toEqual([]);
});

test('it needs the permissions that it prints and no others, and names what it may not read', async () => {
  const { stdout } = await run(['bundle', '--permissions', '--gateway-namespace', SYSTEM]);
  const roles = loadAll(stdout).flatMap((role) => (isRole(role) ? [role] : []));
  // Where no Deployment gives the variables none is read.
  const needed = roles.filter(({ metadata }) => metadata.namespace !== 'default');
  const stage = { cluster: platform.cluster, ...changesOf(platform.cluster.api) };
  const reader = await readerWith(stage, 'bundle', needed);
  const whole = await run(['bundle', ...observing(reader.kubeconfig)]);
  expect(whole, whole.stderr).toMatchObject({ code: 0, stderr: '' });
  await reader.without('httproutes');
  const partly = await run(['bundle', ...observing(reader.kubeconfig), '--timeout', '15s']);
  expect(partly.code).toBe(1);
  expect(partly.stderr).toContain('httproutes');
  expect(JSON.parse(partly.stdout)).toMatchObject({ host: { complete: false } });
  await reader.remove();
});

test('what could not be read in time is named, and the file says that it is not complete', async () => {
  writeFileSync(inventory, '{"complete": true, "revision": "1", "clusters": 5}');
  const { code, stdout, stderr } = await run(['bundle', ...observing(), '--timeout', '10s']);
  expect(code).toBe(1);
  expect(stderr).toContain('inventory.clusters');
  expect(JSON.parse(stdout)).toMatchObject({ inventory: { complete: false } });
});
