import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createNamespace } from '../chart/dry-run.ts';
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
  sourceOf,
  sync,
  writeListeners,
} from './gitops.ts';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster({ gatewayApiBundle: '1.6.3' });
});
afterAll(() => cluster?.stop());

/** The settings of docs/gitops.md. */
const RECOMMENDED: Order = { tool: 'argo', argo: { syncOptions: ['ServerSideApply=true'] } };

const BY_MANAGER = {
  ...{ group: 'gateway.networking.k8s.io', kind: 'Gateway' },
  managedFieldsManagers: ['kubebyon-edge-sync'],
};

const BY_NAME = {
  ...{ group: 'gateway.networking.k8s.io', kind: 'Gateway' },
  jqPathExpressions: ['.spec.listeners[]? | select(.name | startswith("kb-"))'],
};

/** A release that an Application with these settings has installed, and that the runtime has given its listeners. */
async function installed(namespace: string, order: Order) {
  await createNamespace(cluster, namespace);
  const source = sourceOf(namespace);
  await sync(cluster, order, source);
  expect(await driftOf(cluster, order, source)).toEqual({});
  await writeListeners(cluster, source, OURS);
  return source;
}

describe('Argo CD with ServerSideApply=true', () => {
  test('shows no difference, and a sync leaves the listeners of the runtime to it alone', async () => {
    const source = await installed('argo-recommended', RECOMMENDED);
    expect(await driftOf(cluster, RECOMMENDED, source)).toEqual({});
    await sync(cluster, RECOMMENDED, source);
    expect(await listenersOf(cluster, source)).toEqual(ALL);
    expect(await ownersOf(cluster, source, 'kb-one')).toEqual(['kubebyon-edge-sync']);
    await writeListeners(cluster, source, ['kb-two']);
    expect(await listenersOf(cluster, source)).toEqual(['kb-two', 'workload-http']);
  });

  test('shows a listener of the chart that somebody has changed, and a sync changes that one back', async () => {
    const source = await installed('argo-edited', RECOMMENDED);
    await editChartListener(cluster, source);
    expect(Object.keys(await driftOf(cluster, RECOMMENDED, source))).toEqual([GATEWAY]);
    await sync(cluster, RECOMMENDED, source);
    expect(await driftOf(cluster, RECOMMENDED, source)).toEqual({});
    expect(await listenersOf(cluster, source)).toEqual(ALL);
  });

  test('follows a change of the chart’s own listener and keeps those of the runtime', async () => {
    const source = await installed('argo-changed', RECOMMENDED);
    const changed = sourceOf(source.namespace, { gatewayAPI: { workload: { listenerName: 'web' } } });
    expect(Object.keys(await driftOf(cluster, RECOMMENDED, changed))).toContain(GATEWAY);
    await sync(cluster, RECOMMENDED, changed);
    expect(await listenersOf(cluster, source)).toEqual([...OURS, 'web']);
  });

  test('takes over what it had applied on the client before', async () => {
    const source = await installed('argo-moved', { tool: 'argo' });
    await sync(cluster, RECOMMENDED, source);
    expect(await driftOf(cluster, RECOMMENDED, source)).toEqual({});
    expect(await listenersOf(cluster, source)).toEqual(ALL);
    const changed = sourceOf(source.namespace, { gatewayAPI: { workload: { listenerName: 'web' } } });
    await sync(cluster, RECOMMENDED, changed);
    expect(await listenersOf(cluster, source)).toEqual([...OURS, 'web']);
  });

  test('shows the same by ServerSideDiff=true', async () => {
    const order: Order = { tool: 'argo', argo: { ...RECOMMENDED.argo, serverSideDiff: true } };
    const source = await installed('argo-server-side-diff', order);
    expect(await driftOf(cluster, order, source)).toEqual({});
    await editChartListener(cluster, source);
    expect(Object.keys(await driftOf(cluster, order, source))).toEqual([GATEWAY]);
  });
});

describe('Argo CD with other settings', () => {
  test('without any it shows the listeners of the runtime as drift, and a sync removes them', async () => {
    const order: Order = { tool: 'argo' };
    const source = await installed('argo-client-side', order);
    const drift = await driftOf(cluster, order, source);
    expect(Object.keys(drift)).toEqual([GATEWAY]);
    expect(JSON.stringify(drift)).not.toContain('kb-one');
    await sync(cluster, order, source);
    expect(await listenersOf(cluster, source)).toEqual(['workload-http']);
  });

  test('differences that are ignored by manager are shown all the same, and a sync removes the listeners', async () => {
    const order: Order = { tool: 'argo', argo: { ignoreDifferences: [BY_MANAGER] } };
    const source = await installed('argo-by-manager', order);
    expect(Object.keys(await driftOf(cluster, order, source))).toEqual([GATEWAY]);
    await sync(cluster, order, source);
    expect(await listenersOf(cluster, source)).toEqual(['workload-http']);
  });

  test('differences that are ignored by name are not shown, and the next sync removes the listeners all the same', async () => {
    const order: Order = { tool: 'argo', argo: { ignoreDifferences: [BY_NAME] } };
    const source = await installed('argo-by-name', order);
    expect(await driftOf(cluster, order, source)).toEqual({});
    await sync(cluster, order, source);
    expect(await listenersOf(cluster, source)).toEqual(['workload-http']);
  });

  const RESPECTED = ['ServerSideApply=true', 'RespectIgnoreDifferences=true'];

  test('with ServerSideApply=true differences ignored by manager and respected do no harm', async () => {
    const argo = { ignoreDifferences: [BY_MANAGER], syncOptions: RESPECTED };
    const order: Order = { tool: 'argo', argo };
    const source = await installed('argo-by-manager-respected', order);
    expect(await sync(cluster, order, source)).toEqual({});
    expect(await ownersOf(cluster, source, 'kb-one')).toEqual(['kubebyon-edge-sync']);
  });

  test('differences ignored by name and respected make Argo CD an owner, so that the runtime cannot remove a listener', async () => {
    const argo = { ignoreDifferences: [BY_NAME], syncOptions: RESPECTED };
    const order: Order = { tool: 'argo', argo };
    const source = await installed('argo-by-name-respected', order);
    await sync(cluster, order, source);
    expect(await ownersOf(cluster, source, 'kb-one')).toEqual(['argocd-controller', 'kubebyon-edge-sync']);
    await writeListeners(cluster, source, ['kb-two']);
    expect(await listenersOf(cluster, source)).toEqual(ALL);
    expect(await ownersOf(cluster, source, 'kb-one')).toEqual(['argocd-controller']);
    await sync(cluster, RECOMMENDED, source);
    expect(await listenersOf(cluster, source)).toEqual(['kb-two', 'workload-http']);
  });
});
