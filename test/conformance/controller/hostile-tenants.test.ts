import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testCertificate } from '../../support/certificates.ts';
import {
  type FakeTenants,
  healthyTenant,
  startFakeTenants,
  tenantKubeconfig,
} from '../../support/fake-tenants.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy/proxy.ts';
import { cluster } from '../../support/worlds.ts';
import {
  HOSTILE_AUTHORITY,
  type HostileTenant,
  LIST_ENDS,
  MIB_OF_TEXT,
  manyPods,
  podsAdded,
  tenantThatHangs,
  tenantThatSends,
} from '../kube/hostile-tenants.ts';
import { until } from '../kube/support.ts';
import type { ControllerOrder, ControllerWord } from './controller-process.ts';
import { inventoryOf, ownObjects, type Platform, startPlatform } from './platform.ts';

/** What a tenant does, and why it cannot be read; undefined: it can be. */
interface Hostile {
  readonly does: string;
  readonly start?: () => Promise<HostileTenant>;
  /** What its kubeconfig says instead. */
  readonly kubeconfig?: { readonly ca?: string; readonly user?: object };
  readonly said: RegExp | undefined;
}

const GIB_IN_MIB = 1024;
const HOSTILE: readonly Hostile[] = [
  {
    does: 'sends a list of 1 GiB in one line',
    start: () => tenantThatSends('{"a":"', MIB_OF_TEXT, GIB_IN_MIB),
    said: /expected at most 1048576 bytes in an event, found more/,
  },
  {
    does: 'refuses with 1 GiB',
    start: () => tenantThatSends('', MIB_OF_TEXT, GIB_IN_MIB, {}, 422),
    said: /expected success, found 422|expected at most|found ERR_HTTP2_STREAM_ERROR/,
  },
  {
    does: 'has 100,000 Pods',
    start: () => tenantThatSends('', podsAdded(100_000), 1),
    said: /expected at most 50000 objects, found more/,
  },
  {
    does: 'sends events without end',
    start: () => tenantThatSends(LIST_ENDS, manyPods, 1_000_000),
    said: undefined,
  },
  {
    does: 'never ends its TLS handshake',
    start: tenantThatHangs,
    said: /expected a connection, found ETIMEDOUT/,
  },
  {
    does: 'redirects to the API server of the host',
    start: () => tenantThatSends('', '', 0, { location: `${elsewhere.url}/api/v1/secrets` }, 307),
    said: /found a redirect to https:/,
  },
  {
    does: 'shows another certificate',
    start: () => tenantThatSends('', '', 0),
    kubeconfig: { ca: testCertificate(['127.0.0.1']).cert },
    said: /expected a certificate that the authority given has signed/,
  },
  {
    does: 'has a kubeconfig that runs a program',
    kubeconfig: { user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: '/bin/true' } } },
    said: /expected inline certificates and a token only, found exec/,
  },
  {
    does: 'has a kubeconfig that names a file',
    kubeconfig: { user: { tokenFile: '/etc/passwd' } },
    said: /expected inline certificates and a token only, found tokenFile/,
  },
];

const neighbour = cluster(1);
/** The first hostile tenant is that of `c-2`. */
const hostileClusters = HOSTILE.map((_, index) => cluster(index + 2));
const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
const inventory = join(folder, 'inventory.json');
const stops: (() => Promise<void>)[] = [];
let platform: Platform;
let tenants: FakeTenants;
let elsewhere: FaultProxy;
let child: ChildProcess;
let word: ControllerWord | undefined;

beforeAll(async () => {
  platform = await startPlatform([neighbour, ...hostileClusters]);
  tenants = await startFakeTenants();
  elsewhere = await startFaultProxy(platform.server);
  tenants.hold('tenant-1', healthyTenant(1));
  await writeSecret(neighbour.namespace, tenants.kubeconfigOf('tenant-1'));
  const urls: Record<string, string> = { [neighbour.namespace]: tenants.url };
  for (const [index, { start, kubeconfig = {} }] of HOSTILE.entries()) {
    const { namespace = '' } = hostileClusters[index] ?? {};
    const started = await start?.();
    if (started !== undefined) {
      stops.push(started.stop);
      urls[namespace] = started.url;
    }
    await writeSecret(
      namespace,
      tenantKubeconfig(kubeconfig.ca ?? HOSTILE_AUTHORITY, kubeconfig.user ?? { token: 'token' }),
    );
  }
  writeInventory([neighbour]);
  const { port, ca, token } = platform.server;
  const host = { url: `https://127.0.0.1:${port}`, ca, token };
  child = startController({ host, inventory, tenants: urls });
});
afterAll(async () => {
  child?.kill('SIGKILL');
  for (const stop of stops) await stop();
  await elsewhere?.stop();
  await tenants?.stop();
  await platform?.stop();
  rmSync(folder, { recursive: true });
});

function startController(order: ControllerOrder): ChildProcess {
  const script = join(import.meta.dirname, 'controller-process.ts');
  const started = spawn(process.execPath, [script, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  createInterface({ input: started.stdout }).on('line', (line) => {
    word = JSON.parse(line);
  });
  return started;
}

/** Whole or not at all: it is read while it is written. */
function writeInventory(clusters: Parameters<typeof inventoryOf>[0]): void {
  writeFileSync(`${inventory}.new`, JSON.stringify(inventoryOf(clusters)));
  renameSync(`${inventory}.new`, inventory);
}

async function writeSecret(namespace: string, kubeconfig: string): Promise<void> {
  const data = { config: Buffer.from(kubeconfig).toString('base64') };
  await platform.apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'vc-vc', namespace }, data });
}

/** Takes away one Node of the neighbour, or gives it back, and says how long it took until its slice was another one. */
async function changeNeighbour(hasNode: boolean): Promise<number> {
  const { nodes = [], ...rest } = healthyTenant(1);
  const begun = performance.now();
  tenants.hold('tenant-1', { ...rest, nodes: hasNode ? nodes : nodes.slice(1) });
  await until(
    `the slice ${hasNode ? 'with' : 'without'} the Node`,
    async () => (await hasAddress()) === hasNode,
  );
  return performance.now() - begun;
}

async function hasAddress(): Promise<boolean> {
  const slices = (await ownObjects(platform.kube)).filter(
    ({ kind, metadata }) => kind === 'EndpointSlice' && metadata.namespace === neighbour.namespace,
  );
  return JSON.stringify(slices).includes('192.168.1.11');
}

/** Of four changes, the one that took longest but one: a machine that pauses once is not the tenants' doing. */
async function changesOfNeighbour(): Promise<number> {
  const times: number[] = [];
  for (const hasNode of [false, true, false, true]) times.push(await changeNeighbour(hasNode));
  return times.toSorted((a, b) => a - b).at(-2) ?? 0;
}

/** No Gateway controller runs, which is said after a minute. */
function findingsOfNeighbour(): readonly string[] {
  return (word?.findings['c-1'] ?? []).filter((code) => code !== 'RouteNotObserved');
}

const MIB = 1024 * 1024;

/** The most memory that the controller has had at any time; Linux only. */
function peakOfMemory(): number {
  const [, kib = '0'] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
  return Number(kib) * 1024;
}

test('hostile tenants are findings for themselves, cost a neighbour nothing, and take bounded memory', async () => {
  await until('the slice of the neighbour', hasAddress, 60_000);
  await until('rest', () => word?.isIdle === true);
  const findings = findingsOfNeighbour();
  const alone = await changesOfNeighbour();
  const before = peakOfMemory();

  writeInventory([neighbour, ...hostileClusters]);
  const isSaid = ({ said }: Hostile, index: number): boolean => {
    const id = `c-${index + 2}`;
    const hasFinding = word?.findings[id]?.includes('TenantUnreadable') === true;
    const failure = word?.failures[id];
    return said === undefined ? !hasFinding : hasFinding && failure !== undefined && said.test(failure);
  };
  // From the first answer on they rage while the neighbour changes, and most go on after they have been given up.
  await until('the first of them', () => Object.keys(word?.failures ?? {}).length > 0, 30_000);
  const beside = await changesOfNeighbour();
  await until('every finding', () => HOSTILE.every(isSaid), 90_000).catch((error: unknown) => {
    throw new Error(`${error}: ${JSON.stringify(word)}`);
  });
  const after = await changesOfNeighbour();

  // A Node that is away is a finding too, until the plan after its return.
  await until('the findings of before', () => `${findingsOfNeighbour()}` === `${findings}`);
  expect(word?.faults).toEqual([]);
  expect([elsewhere.asked, elsewhere.gate.made()], 'nobody follows the redirect').toEqual([[], 0]);
  // On a machine so busy that the neighbour alone takes long, three times as long is the bound.
  for (const time of [beside, after]) expect(time).toBeLessThan(Math.max(1_000, 3 * alone));
  const peak = peakOfMemory();
  const alike = `${Math.round(before / MIB)} MiB beside the neighbour alone`;
  expect(peak / MIB, alike).toBeLessThan(512);
});
