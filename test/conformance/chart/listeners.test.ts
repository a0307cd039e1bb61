import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emitDocument } from '../../../src/index.ts';
import type { KubeObject } from '../support/api-client.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { type HelmVersion, helm } from '../support/helm.ts';
import { chartFolder } from './chart-folder.ts';

const FIELD_MANAGER = 'kubebyon-edge-sync';
const UPGRADES = 20;

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster({ gatewayApiBundle: '1.6.3' });
});
afterAll(() => cluster?.stop());

function namespaceOf(version: HelmVersion): string {
  return `listeners-${version.replace('.', '-')}`;
}

function gateway(version: HelmVersion, name = 'kubebyon-kubebyon-workload-gateway'): KubeObject {
  const metadata = { name, namespace: namespaceOf(version) };
  return { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata };
}

/** What the runtime adds: twenty HTTPS listeners, as an apply of its own entries and nothing else. */
async function addListeners(version: HelmVersion): Promise<void> {
  const listeners = Array.from({ length: 20 }, (_, i) => ({
    name: `kb-${i}`,
    hostname: `shop-${i}.customer.test`,
    port: 443,
    protocol: 'HTTPS',
    tls: { mode: 'Terminate', certificateRefs: [{ name: `kb-${i}` }] },
  }));
  const answer = await cluster.api.apply(
    { ...gateway(version), spec: { listeners } },
    { fieldManager: FIELD_MANAGER },
  );
  expect(answer).toMatchObject({ ok: true });
}

interface Listeners {
  readonly uid: unknown;
  readonly own: readonly string[];
  readonly added: number;
}

async function listenersOf(version: HelmVersion): Promise<Listeners> {
  const answer = await cluster.api.get(gateway(version));
  if (!answer.ok) throw new Error(answer.message);
  const { listeners } = answer.object.spec as { readonly listeners: readonly { readonly name: string }[] };
  const names = listeners.map(({ name }) => name);
  const own = names.filter((name) => !name.startsWith('kb-'));
  return { uid: answer.object.metadata.uid, own, added: names.length - own.length };
}

async function run(version: HelmVersion, args: readonly string[], values?: object): Promise<void> {
  const flags = values === undefined ? [] : ['-f', '-'];
  const { code, stderr } = await helm(version, [...args, '--namespace', namespaceOf(version), ...flags], {
    kubeconfig: cluster.kubeconfig,
    ...(values === undefined ? {} : { input: emitDocument(values) }),
  });
  expect(code, stderr).toBe(0);
}

function valuesWith(workload: object, rest: object = {}): object {
  return {
    // Of two releases in one cluster only one may own the definition.
    crds: { install: false },
    publicAccess: { provider: 'gatewayapi' },
    gatewayAPI: { workload: { enabled: true, tls: { enabled: true }, ...workload } },
    ...rest,
  };
}

/** Changes of everything but the listeners of the chart. */
function otherChange(round: number): object {
  const workload = {
    labels: { round: `r${round}` },
    annotations: { 'example.com/round': `${round}` },
    gatewayClassName: `class-${round}`,
    listenerSets: round % 2 === 0,
    backendStrategy: round % 3 === 0 ? 'podip' : 'auto',
  };
  return valuesWith(workload, { api: { replicas: 1 + (round % 3) }, commonLabels: { round: `r${round}` } });
}

/** Changes of the listeners of the chart. */
function listenerChange(round: number): object {
  const selected = { from: 'Selector', selector: { matchLabels: { round: `r${round}` } } };
  const namespaces = round % 2 === 0 ? selected : { from: 'All' };
  return valuesWith({ listenerName: `http-${round}`, allowedRoutes: { namespaces } });
}

const chart = () => chartFolder('multi-node');
const upgrade = (version: HelmVersion, values: object) =>
  run(version, ['upgrade', 'kubebyon', chart(), '--history-max', '0'], values);

describe.each(['3.22', '4.3'] as const)('with twenty listeners of the runtime, Helm %s', (version) => {
  test(`keeps all of them through ${UPGRADES} upgrades that leave the chart's listeners as they are`, async () => {
    await run(version, ['install', 'kubebyon', chart(), '--create-namespace'], valuesWith({}));
    await addListeners(version);
    const before = await listenersOf(version);
    expect(before).toMatchObject({ own: ['workload-http'], added: 20 });
    for (let round = 0; round < UPGRADES; round += 1) {
      await upgrade(version, otherChange(round));
      expect(await listenersOf(version), `upgrade ${round}`).toEqual(before);
    }
    await run(version, ['rollback', 'kubebyon', '1', '--history-max', '0']);
    expect(await listenersOf(version), 'rollback').toEqual(before);
  }, 180_000);

  test(`${version === '4.3' ? 'keeps' : 'drops'} them when the chart's own listeners change`, async () => {
    const rounds = version === '4.3' ? 6 : 2;
    for (let round = 0; round < rounds; round += 1) {
      await addListeners(version); // what the runtime does at its next comparison
      const { uid } = await listenersOf(version);
      await upgrade(version, listenerChange(round));
      const added = version === '4.3' ? 20 : 0;
      expect(await listenersOf(version)).toEqual({ uid, own: [`http-${round}`], added });
    }
    await run(version, ['rollback', 'kubebyon', '1', '--history-max', '0']);
    const { added } = await listenersOf(version);
    expect(added, 'rollback').toBe(version === '4.3' ? 20 : 0);
    await addListeners(version);
    expect(await listenersOf(version)).toMatchObject({ own: ['workload-http'], added: 20 });
  }, 180_000);
});
