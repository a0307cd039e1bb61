import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { KubeObject } from '../support/api-client.ts';
import { type Cluster, gatewayApiBundles, startCluster } from '../support/cluster.ts';

const gateway = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'public', namespace: 'default' },
} as const;

function listener(name: string, hostname: string): object {
  return { name, hostname, port: 443, protocol: 'TLS', tls: { mode: 'Passthrough' } };
}

function withListeners(listeners: readonly object[], spec: object = {}): KubeObject {
  return { ...gateway, spec: { ...spec, listeners } };
}

function listenerNames(object: KubeObject): readonly string[] {
  const { listeners } = object.spec as { listeners: readonly { name: string }[] }; // a stored Gateway has them
  return listeners.map(({ name }) => name);
}

describe.each(gatewayApiBundles)('a cluster with the Gateway API %s', (gatewayApiBundle) => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster({ gatewayApiBundle, certManager: true });
  });
  afterAll(() => cluster?.stop());

  test('serves the resources of the standard channel and of cert-manager', async () => {
    const { stdout } = await cluster.kubectl(['get', 'crd', '-o', 'name']);
    const names = ['gateways', 'httproutes', 'tlsroutes', 'listenersets', 'referencegrants'];
    for (const name of names) expect(stdout).toContain(`/${name}.gateway.networking.k8s.io\n`);
    expect(stdout).toContain('/certificates.cert-manager.io\n');
    expect(stdout).not.toContain('gateway.networking.x-k8s.io'); // experimental kinds
  });

  test('says which bundle it serves', async () => {
    const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/gateways.gateway.networking.k8s.io';
    const answer = await cluster.api.request({ method: 'GET', path });
    expect(answer).toMatchObject({
      object: {
        metadata: { annotations: { 'gateway.networking.k8s.io/bundle-version': `v${gatewayApiBundle}` } },
      },
    });
  });

  test('keeps the listeners of two field managers of one Gateway apart', async () => {
    const chart = { fieldManager: 'helm' };
    const runtime = { fieldManager: 'runtime' };
    const first = withListeners([listener('own', 'a.example.test')], { gatewayClassName: 'x' });
    expect(await cluster.api.apply(first, chart)).toMatchObject({ ok: true, status: 201 });

    const foreign = withListeners([listener('tenant', 'b.example.test')]);
    expect(await cluster.api.apply(foreign, runtime)).toMatchObject({ ok: true, status: 200 });

    const changed = withListeners([listener('own-2', 'c.example.test')], { gatewayClassName: 'x' });
    const answer = await cluster.api.apply(changed, chart);
    expect(answer.ok && listenerNames(answer.object)).toEqual(expect.arrayContaining(['tenant', 'own-2']));
    expect(answer.ok && listenerNames(answer.object)).toHaveLength(2);
  });

  test('refuses to take over a field of another manager unless forced', async () => {
    const named = { ...gateway, metadata: { ...gateway.metadata, name: 'contested' } };
    const spec = (gatewayClassName: string) => ({
      ...named,
      spec: { gatewayClassName, listeners: [listener('a', 'a.example.test')] },
    });
    await cluster.api.apply(spec('x'), { fieldManager: 'helm' });
    expect(await cluster.api.apply(spec('y'), { fieldManager: 'other' })).toMatchObject({
      ok: false,
      status: 409,
      reason: 'Conflict',
      causes: [{ field: '.spec.gatewayClassName' }],
    });
    expect(await cluster.api.apply(spec('y'), { fieldManager: 'other', force: true })).toMatchObject({
      ok: true,
    });
  });

  test('names the field of a refused object, and of an unknown field, without storing anything', async () => {
    const dryRun = { fieldManager: 'helm', dryRun: true };
    const bad = withListeners([listener('a', 'UPPER.example.test')], { gatewayClassName: 'x' });
    expect(await cluster.api.apply({ ...bad, metadata: { name: 'bad' } }, dryRun)).toMatchObject({
      ok: false,
      status: 422,
      causes: [{ field: 'spec.listeners[0].hostname' }],
    });
    const unknown = withListeners([listener('a', 'a.example.test')], { gatewayClassName: 'x', typo: 1 });
    const answer = await cluster.api.apply({ ...unknown, metadata: { name: 'bad' } }, dryRun);
    expect(answer).toMatchObject({ ok: false });
    expect(!answer.ok && answer.message).toContain('typo');
    expect(await cluster.api.get({ ...gateway, metadata: { name: 'bad' } })).toMatchObject({ status: 404 });
  });
});

describe('a cluster with kube-controller-manager', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster({ controllerManager: true });
  });
  afterAll(() => cluster?.stop());

  test('makes the Pods of a Deployment and deletes a namespace with all in it', async () => {
    const kubectl = async (...args: readonly string[]) => {
      const { code, stdout, stderr } = await cluster.kubectl(args);
      expect(code, stderr).toBe(0);
      return stdout;
    };
    await kubectl('create', 'namespace', 'short-lived');
    await kubectl(
      '-n',
      'short-lived',
      'create',
      'deployment',
      'web',
      '--image',
      'example.test/web',
      '--replicas',
      '2',
    );
    await expect
      .poll(() => kubectl('-n', 'short-lived', 'get', 'pods', '-o', 'name'), { timeout: 90_000 })
      .toMatch(/^(pod\/web-\S+\n){2}$/);
    await kubectl('delete', 'namespace', 'short-lived', '--timeout', '90s');
    expect(await kubectl('get', 'namespaces', '-o', 'name')).not.toContain('short-lived');
  });
});
