import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EdgeClusterInput } from '../../../src/planner/world/world.ts';
import { cluster, envOf, gatewayConfig, SYSTEM } from '../../support/worlds.ts';
import { kubeconfigText } from '../support/control-plane.ts';
import { inventoryOf, type Platform, startPlatform } from './platform.ts';

const MAIN = join(import.meta.dirname, '../../../src/cli/main.ts');
const ENVIRONMENT = envOf(gatewayConfig());
/** Clusters without a workload: there is no tenant to be read. */
const clusters = [1, 2].map((index): EdgeClusterInput => {
  const { workload: _, ...rest } = cluster(index);
  return rest;
});
const folder = mkdtempSync(join(tmpdir(), 'sync-'));
const inventory = join(folder, 'inventory.json');
let platform: Platform;

beforeAll(async () => {
  platform = await startPlatform(clusters);
});
afterAll(async () => {
  await platform?.stop();
  rmSync(folder, { recursive: true });
});

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function sync(words: readonly string[], env: Readonly<Record<string, string>> = ENVIRONMENT): Promise<Run> {
  return new Promise((resolve) => {
    const all = [MAIN, 'sync', '--inventory', `file=${inventory}`, ...words];
    const { PATH = '' } = process.env;
    execFile(process.execPath, all, { env: { PATH, ...env } }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

function once(words: readonly string[] = [], env = ENVIRONMENT): Promise<Run> {
  return sync(['--kubeconfig', platform.cluster.kubeconfig, '--once', '--timeout', '240s', ...words], env);
}

const routes = async () => (await platform.ours()).filter((name) => name.startsWith('TLSRoute'));
const put = (...listed: readonly EdgeClusterInput[]) =>
  writeFileSync(inventory, JSON.stringify(inventoryOf(listed)));

describe('sync --once', () => {
  test('with --dry-run prints what it would write, and writes nothing', async () => {
    put(...clusters);
    // It ends as soon as it is done, or this test takes longer than a test may.
    const { code, stdout } = await once(['--dry-run', '--timeout', '600s']);
    expect(code).toBe(0);
    expect(stdout).toContain('Cluster c-1');
    expect(stdout).toContain('  + apply ');
    expect(await routes()).toEqual([]);
  });

  test('writes everything, says why, and ends with 0', async () => {
    const { code, stderr, stdout } = await once();
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(await routes()).toHaveLength(2);
    const lines = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.filter(({ event }) => event === 'write')).toHaveLength(2);
    expect(lines.find(({ event }) => event === 'write')).toMatchObject({ result: 'done', kind: 'TLSRoute' });
  });

  test('writes nothing the second time', async () => {
    const { code, stderr } = await once();
    expect(code).toBe(0);
    expect(stderr).not.toContain('"event":"write"');
  });

  test('withdraws what left the inventory', async () => {
    put(...clusters.slice(0, 1));
    expect((await once()).code).toBe(0);
    expect(await routes()).toHaveLength(1);
  });

  test('takes the variables of a Deployment, an absent value meaning empty', async () => {
    put(...clusters);
    const env = Object.entries(ENVIRONMENT).map(([name, value]) =>
      value === '' ? { name } : { name, value },
    );
    const labels = { app: 'api' };
    const container = { name: 'api', image: 'api', env: [...env, { name: 'OTHER', value: 'x' }] };
    await platform.apply({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'api', namespace: SYSTEM },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [container] } },
      },
    });
    const { code, stderr } = await once(['--env-from', `deployment/${SYSTEM}/api`], {});
    expect({ code, warning: stderr.includes('warning:') }).toEqual({ code: 0, warning: false });
    expect(await routes()).toHaveLength(2);
  });
});

describe('sync refuses', () => {
  test('to run without any variable, because that would withdraw everything', async () => {
    const { code, stderr } = await once([], {});
    expect(code).toBe(1);
    expect(stderr).toContain('--env-from');
    expect(await routes()).toHaveLength(2);
  });

  test('a wrong variable by its name', async () => {
    const { code, stderr } = await once([], {
      ...ENVIRONMENT,
      KUBEBYON_GATEWAY_API_SYNC_INTERVAL_SECONDS: 'often',
    });
    expect(code).toBe(1);
    expect(stderr).toContain('KUBEBYON_GATEWAY_API_SYNC_INTERVAL_SECONDS is "often"');
  });

  test('a kubeconfig that is not there with 66, and a wrong flag with 2', async () => {
    expect((await sync(['--kubeconfig', join(folder, 'none'), '--once'])).code).toBe(66);
    expect((await once(['--timeout', 'soon'])).code).toBe(2);
    expect((await once(['--inventory', 'somewhere'])).code).toBe(2);
  });

  test('to end well when a write is refused: it names verb, resource and the Role that grants it', async () => {
    const account = 'reader';
    await platform.cluster.kubectl(['create', 'serviceaccount', account, '-n', SYSTEM]);
    await platform.cluster.kubectl([
      'create',
      'clusterrole',
      account,
      '--verb=get,list,watch',
      '--resource=*.*',
    ]);
    const bind = ['create', 'clusterrolebinding', account, `--clusterrole=${account}`];
    await platform.cluster.kubectl([...bind, `--serviceaccount=${SYSTEM}:${account}`]);
    const { stdout: token } = await platform.cluster.kubectl(['create', 'token', account, '-n', SYSTEM]);
    const kubeconfig = join(folder, 'reader');
    writeFileSync(kubeconfig, kubeconfigText(platform.server.port, token.trim(), platform.server.ca));
    put(...clusters, { ...cluster(3), namespace: 'vc-2', hostnames: [] });
    const { code, stderr } = await sync([
      '--kubeconfig',
      kubeconfig,
      '--once',
      '--timeout',
      '240s',
      '--no-leader-election',
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/cannot patch resource \\?"tlsroutes\\?"/);
    expect(stderr).toContain(
      'grant patch on tlsroutes.gateway.networking.k8s.io in every namespace: of the chart the ClusterRole *-edge-controller',
    );
  });

  test('to wait longer than its timeout: it says what has not been read', async () => {
    const kubeconfig = join(folder, 'nobody');
    writeFileSync(kubeconfig, kubeconfigText(1, 'token', platform.server.ca));
    const { code, stderr } = await sync(['--kubeconfig', kubeconfig, '--once', '--timeout', '3s']);
    expect(code).toBe(1);
    expect(stderr).toContain('https://127.0.0.1:1');
  });

  test('an inventory that cannot be used: nothing is withdrawn, and the file is named', async () => {
    writeFileSync(inventory, '{"complete": true, "revision": "1", "clusters": 5}');
    const { code, stderr } = await once(['--timeout', '3s']);
    expect(code).toBe(1);
    expect(stderr).toContain('inventory.clusters');
    expect(await routes()).toHaveLength(2);
  });
});
