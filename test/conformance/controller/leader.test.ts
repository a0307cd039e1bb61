import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EdgeClusterInput } from '../../../src/planner/world/world.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy/proxy.ts';
import { cluster, envOf, gatewayConfig, SYSTEM } from '../../support/worlds.ts';
import { until } from '../kube/support.ts';
import type { AuditedWrite } from '../support/audit.ts';
import { kubeconfigText } from '../support/control-plane.ts';
import { freePorts } from '../support/free-ports.ts';
import { withLag } from '../support/lag.ts';
import { inventoryOf, type Platform, startPlatform } from './platform.ts';
import { BROKEN_TAKEOVERS, problemsOfTakeover, SOUND_TAKEOVER } from './takeover.ts';

const MAIN = join(import.meta.dirname, '../../../src/cli/main.ts');
const folder = mkdtempSync(join(tmpdir(), 'leader-'));
const inventory = join(folder, 'inventory.json');
const { workload: _, ...withoutWorkload } = cluster(1);
const clusters: readonly EdgeClusterInput[] = [withoutWorkload];
let platform: Platform;

beforeAll(async () => {
  platform = await startPlatform(clusters, { audit: true });
  const everybody = `--group=system:serviceaccounts:${SYSTEM}`;
  await kubectl(['create', 'clusterrolebinding', 'candidates', '--clusterrole=cluster-admin', everybody]);
  writeFileSync(inventory, JSON.stringify(inventoryOf(clusters)));
});
afterAll(async () => {
  await platform?.stop();
  rmSync(folder, { recursive: true });
});

/** A process that keeps the platform; its way to the API server is its own, and so is its name there. */
interface Candidate {
  readonly user: string;
  readonly child: ChildProcess;
  readonly proxy: FaultProxy;
  /** What it has logged. */
  readonly events: string[];
  readonly ended: Promise<number | null>;
  /** Writes that have reached the proxy, its Lease aside. */
  writes(): number;
  get(path: string): Promise<{ readonly status: number; readonly text: string }>;
}

async function kubectl(words: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await platform.cluster.kubectl(words);
  expect(code, stderr).toBe(0);
  return stdout.trim();
}

let number = 0;

async function candidate(): Promise<Candidate> {
  const proxy = await startFaultProxy(platform.server);
  number += 1;
  const kubeconfig = join(folder, `kubeconfig-${number}`);
  const [port] = await freePorts();
  const account = `candidate-${number}`;
  await kubectl(['create', 'serviceaccount', account, '-n', SYSTEM]);
  const token = await kubectl(['create', 'token', account, '-n', SYSTEM]);
  writeFileSync(kubeconfig, kubeconfigText(Number(new URL(proxy.url).port), token, proxy.ca));
  const words = [
    '--inventory',
    `file=${inventory}`,
    '--kubeconfig',
    kubeconfig,
    '--metrics-address',
    `127.0.0.1:${port}`,
  ];
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [MAIN, 'sync', ...words, '--log-format', 'json'], {
    env: { PATH, ...envOf(gatewayConfig()) },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const events: string[] = [];
  child.stderr?.on('data', (text: Buffer) => {
    for (const [, event = ''] of text.toString().matchAll(/"event":"(\w+)"/g)) events.push(event);
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    user: `system:serviceaccount:${SYSTEM}:${account}`,
    child,
    proxy,
    events,
    ended,
    writes: () =>
      proxy.asked.filter((line) => /^(PATCH|DELETE|POST|PUT) /.test(line) && !line.includes('/leases'))
        .length,
    get: async (path) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`);
      return { status: response.status, text: await response.text() };
    },
  };
}

const routes = async () => (await platform.ours()).filter((name) => name.startsWith('TLSRoute')).length;
const removeRoutes = () =>
  platform.cluster.kubectl(['delete', 'tlsroutes', '--all', '-n', 'vc-1', '--wait=false']);

/** Two candidates, of which the first leads. */
async function race(run: (first: Candidate, second: Candidate) => Promise<void>): Promise<void> {
  const first = await candidate();
  await until('the first to lead', () => first.events.includes('leading'));
  const second = await candidate();
  await until('the second to ask', () => second.proxy.asked.some((line) => line.includes('/leases')));
  try {
    await until('a route', async () => (await routes()) === 1);
    await run(first, second);
  } finally {
    for (const { child, proxy, ended } of [first, second]) {
      child.kill('SIGCONT');
      child.kill('SIGKILL');
      await ended;
      await proxy.stop();
    }
    await platform.cluster.kubectl(['delete', 'leases', '--all', '-A']);
  }
}

/**
 * Something happens to a leader that writes. The audit log of the API server then says that it wrote nothing any more after
 * its deadline, and when the other one took over.
 *
 * @param happens ends when the other one leads and the first can write no more.
 */
function whenLeaderFails(happens: (first: Candidate, second: Candidate) => Promise<void>): Promise<void> {
  return race(async (first, second) => {
    await removeRoutes();
    await until('the route of the first', async () => (await routes()) === 1);
    const begun = Date.now();
    await happens(first, second);
    await removeRoutes();
    await until('the route of the second', async () => (await routes()) === 1);
    const writes = await auditedSoFar();
    expect(problemsOfTakeover(writes, { first: first.user, second: second.user, begun })).toEqual([]);
  });
}

/** The log up to a write of ours: what was answered before is in it. */
async function auditedSoFar(): Promise<readonly AuditedWrite[]> {
  const name = `mark-${number}`;
  await kubectl(['create', 'configmap', name, '-n', SYSTEM]);
  const isThere = () => platform.cluster.audited().some(({ object }) => object === `${SYSTEM}/${name}`);
  await until('the mark in the audit log', isThere);
  return platform.cluster.audited();
}

describe('of two processes', () => {
  test('one writes, both are ready, and each says by its metrics whether it leads', () =>
    race(async (first, second) => {
      expect(second.writes()).toBe(0);
      await until('the second to be ready', async () => (await second.get('/readyz')).status === 200);
      expect((await first.get('/healthz')).status).toBe(200);
      const { text } = await first.get('/metrics');
      expect(text).toContain('kubebyon_edge_leading 1');
      expect(text).toMatch(/kubebyon_edge_writes_total\{verb="apply",kind="TLSRoute",result="done"\} [1-9]/);
      expect((await second.get('/metrics')).text).toContain('kubebyon_edge_leading 0');
      expect((await first.get('/elsewhere')).status).toBe(404);
    }));

  test('the other one takes over at once when the first is asked to end', () =>
    race(async (first, second) => {
      first.child.kill('SIGTERM');
      expect(await first.ended).toBe(0);
      await withLag(routes, async (limit) => {
        const begun = performance.now();
        await removeRoutes();
        await until('the route', async () => (await routes()) === 1);
        expect(performance.now() - begun).toBeLessThan(await limit(6_000));
      });
      expect(second.writes()).toBeGreaterThan(0);
    }));

  test('the other one takes over within 17 s when the first is killed', () =>
    whenLeaderFails(async (first, second) => {
      first.child.kill('SIGKILL');
      await until('the second to lead', () => second.events.includes('leading'));
    }));

  test('one that was frozen writes nothing when it wakes, and ends', () =>
    whenLeaderFails(async (first, second) => {
      first.child.kill('SIGSTOP');
      await sleep(20_000);
      await until('the second to lead', () => second.events.includes('leading'));
      const before = first.writes();
      await removeRoutes();
      first.child.kill('SIGCONT');
      expect(await first.ended).toBe(1);
      expect(first.writes()).toBe(before);
    }));

  test('one that is cut off from the API server ends by itself before the other one begins', () =>
    whenLeaderFails(async (first, second) => {
      first.proxy.gate.freeze();
      await until('the second to lead', () => second.events.includes('leading'));
      expect(await first.ended).toBe(1);
    }));
});

test.each(BROKEN_TAKEOVERS)('the check of the audit log finds %s', (_, writes, problem) => {
  expect(problemsOfTakeover(writes, SOUND_TAKEOVER)).toEqual([problem]);
});
