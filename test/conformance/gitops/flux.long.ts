import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createNamespace } from '../chart/dry-run.ts';
import { installChart } from '../chart/install-chart.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import {
  ALL,
  driftOf,
  editChartListener,
  GATEWAY,
  listenersOf,
  type Order,
  OURS,
  ownersOf,
  type Source,
  sourceOf,
  sync,
  valuesOf,
  writeListeners,
} from './gitops.ts';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster({ gatewayApiBundle: '1.6.3' });
});
afterAll(() => cluster?.stop());

const IGNORED = {
  paths: ['/spec/listeners'],
  target: { group: 'gateway.networking.k8s.io', kind: 'Gateway' },
};

describe('drift detection of a HelmRelease', () => {
  const order: Order = { tool: 'helm-controller' };

  /** A release by Helm 4, to which the runtime has given its listeners. */
  async function installed(namespace: string): Promise<Source> {
    await installChart(cluster, { version: '4.3', chart: 'multi-node', namespace }, valuesOf());
    const source = sourceOf(namespace);
    await writeListeners(cluster, source, OURS);
    return source;
  }

  test('shows nothing of the listeners of the runtime, without any rule', async () => {
    const source = await installed('flux-helm');
    expect(await driftOf(cluster, order, source)).toEqual({});
  });

  test('shows a listener of the chart that somebody has changed, and corrects that one alone', async () => {
    const source = await installed('flux-helm-edited');
    await editChartListener(cluster, source);
    expect(Object.keys(await sync(cluster, order, source))).toEqual([GATEWAY]);
    expect(await driftOf(cluster, order, source)).toEqual({});
    expect(await listenersOf(cluster, source)).toEqual(ALL);
  });

  test('with /spec/listeners ignored it does not show such a change any more', async () => {
    const source = await installed('flux-helm-ignored');
    await editChartListener(cluster, source);
    expect(await driftOf(cluster, { ...order, flux: { ignore: [IGNORED] } }, source)).toEqual({});
  });
});

describe('a Kustomization', () => {
  const order: Order = { tool: 'kustomize-controller' };

  async function installed(namespace: string): Promise<Source> {
    await createNamespace(cluster, namespace);
    const source = sourceOf(namespace);
    await sync(cluster, order, source);
    await writeListeners(cluster, source, OURS);
    return source;
  }

  test('shows no difference, and an apply leaves the listeners of the runtime to it alone', async () => {
    const source = await installed('flux-kustomize');
    expect(await sync(cluster, order, source)).toEqual({});
    expect(await listenersOf(cluster, source)).toEqual(ALL);
    expect(await ownersOf(cluster, source, 'kb-one')).toEqual(['kubebyon-edge-sync']);
    await writeListeners(cluster, source, ['kb-two']);
    expect(await listenersOf(cluster, source)).toEqual(['kb-two', 'workload-http']);
  });

  test('follows a change of the chart’s own listener and keeps those of the runtime', async () => {
    const source = await installed('flux-kustomize-changed');
    const changed = sourceOf(source.namespace, { gatewayAPI: { workload: { listenerName: 'web' } } });
    expect(Object.keys(await sync(cluster, order, changed))).toContain(GATEWAY);
    expect(await listenersOf(cluster, source)).toEqual([...OURS, 'web']);
  });
});
