import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOnly } from '../../../src/controller/writes/create-only.ts';
import type { KubeObject, Resource } from '../../../src/kube/index.ts';
import { type OwnServer, startServer } from './support.ts';

const SERVICES: Resource = { group: '', version: 'v1', plural: 'services' };
const ROUTES: Resource = { group: 'gateway.networking.k8s.io', version: 'v1', plural: 'httproutes' };
const OPTIONS = { fieldManager: 'ours', force: true };

const service = (name: string, label: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'default', labels: { label } },
  spec: { ports: [{ port: 80 }] },
});
const route = (name: string, label: string): KubeObject => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name, namespace: 'default', labels: { label } },
  spec: { hostnames: [`${label}.test`], parentRefs: [{ name: 'gateway' }] },
});

let own: OwnServer;
beforeAll(async () => {
  own = await startServer({ gatewayApiBundle: '1.5.1' });
});
afterAll(() => own?.stop());

test.each([
  ['Service', SERVICES, service],
  ['HTTPRoute', ROUTES, route],
] as const)(
  'a %s is made where none is, by one request, and one that is there is left as it is',
  async (_, resource, of) => {
    const asked: string[] = [];
    const { direct } = own;
    const kube = createOnly({
      ...direct,
      get: (...words) => {
        asked.push('get');
        return direct.get(...words);
      },
      apply: (...words) => {
        asked.push('apply');
        return direct.apply(...words);
      },
    });
    const made = await kube.apply(resource, of('made', 'ours'), OPTIONS);
    expect([made.ok, asked]).toEqual([true, ['apply']]);

    await direct.apply(resource, of('taken', 'theirs'), { fieldManager: 'theirs' });
    const before = await direct.get(resource, { name: 'taken', namespace: 'default' });
    const refused = await kube.apply(resource, of('taken', 'ours'), OPTIONS);
    expect(refused).toMatchObject({ ok: false, failure: { kind: 'status', code: 409 } });
    expect(await direct.get(resource, { name: 'taken', namespace: 'default' })).toEqual(before);

    // The same without the guard takes over what is there: the guard is what keeps it.
    const taken = await direct.apply(resource, of('taken', 'ours'), OPTIONS);
    expect(taken).toMatchObject({ ok: true, value: { metadata: { labels: { label: 'ours' } } } });
  },
);
