import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KubeObject } from '../support/api-client.ts';
import type { DefinitionServer } from '../support/old-server.ts';
import { SERVERS_OF_KIND } from '../support/own-kind.ts';
import { dryRun } from './dry-run.ts';

const NAMESPACE = 'edge-clusters';

const INGRESS = {
  namespace: 'ingress',
  serviceName: 'ingress-nginx',
  podSelector: { 'app.kubernetes.io/name': 'ingress-nginx' },
};

const WORKLOAD = {
  cnameTarget: 'c-1.edge.example.com',
  topology: 'privateNodes',
  podCIDRs: ['10.64.0.0/16', 'fd00:64::/48'],
  nodeCIDRs: ['192.0.2.0/24'],
  ingress: INGRESS,
};

const CONTROL_PLANE = {
  hostname: 'c-1.api.example.com',
  service: { name: 'c-1', port: 443 },
  kubeconfigSecret: { name: 'vc-c-1', key: 'config' },
  nodeAccess: 'L4',
};

const BINDING = { hostname: 'app.customer.test', createdAt: '2026-11-23T10:00:00Z' };

const SPEC = {
  id: 'c-1',
  slug: 'team-1',
  controlPlane: CONTROL_PLANE,
  workload: WORKLOAD,
  hostnames: [BINDING],
};

function edgeCluster(spec: object, name = 'c-1'): KubeObject {
  const metadata = { name, namespace: NAMESPACE };
  return { apiVersion: 'kubebyon.app/v1alpha1', kind: 'EdgeCluster', metadata, spec: { ...SPEC, ...spec } };
}

const withWorkload = (workload: object) => ({ workload: { ...WORKLOAD, ...workload } });
const withIngress = (ingress: object) => withWorkload({ ingress: { ...INGRESS, ...ingress } });
const withControlPlane = (controlPlane: object) => ({ controlPlane: { ...CONTROL_PLANE, ...controlPlane } });
const withBinding = (binding: object) => ({ hostnames: [{ ...BINDING, ...binding }] });
const named = (hostname: string) => withBinding({ hostname });

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...BINDING, hostname: `app-${index}.customer.test` }));

const label = (letters: number) => 'a'.repeat(letters);
const LONGEST = `${label(63)}.${label(63)}.${label(63)}.${label(61)}`;

describe.each(SERVERS_OF_KIND)('on $kubernetes', ({ start }) => {
  let cluster: DefinitionServer;
  beforeAll(async () => {
    cluster = await start('edgeclusters', NAMESPACE, edgeCluster({}));
  });
  afterAll(() => cluster?.stop());

  describe('the API server takes an EdgeCluster', () => {
    test.each<readonly [string, object]>([
      ['of a control plane alone', { workload: undefined, hostnames: undefined }],
      ['of a workload alone', { controlPlane: undefined }],
      ['of nothing to open yet', { controlPlane: undefined, workload: undefined, hostnames: [] }],
      ['with 64 hostnames', { hostnames: many(64) }],
      ['with the longest hostname', named(LONGEST)],
      ['with a wildcard', named('*.customer.test')],
      ['with a name in punycode', named('xn--bcher-kva.example')],
      [
        'with a proof and an issuer',
        withBinding({ proof: 'kubebyon=abc/123+x==', issuerRef: { name: 'le' } }),
      ],
      ['with a time in another zone', withBinding({ createdAt: '2026-11-23T10:00:00.123+08:00' })],
      ['with four ranges of Pods', withWorkload({ podCIDRs: [1, 2, 3, 4].map((i) => `10.${i}.0.0/16`) })],
      ['with all labels of its ingress Pods', withIngress({ podSelector: { app: '', 'a.b/c_d': 'E.f-1' } })],
      ['of shared Nodes', withWorkload({ topology: 'sharedNodes' })],
      ['whose names have numbers in front', withControlPlane({ hostname: '1.2.api.example.com' })],
    ])('%s', async (_, spec) => {
      expect(await dryRun(cluster, edgeCluster(spec))).toMatchObject({ ok: true });
    });

    test('and writes what is not said: managed by the base domain, neither deleting nor suspended', async () => {
      const answer = await dryRun(cluster, edgeCluster({}));
      expect(answer.ok && answer.object.spec).toMatchObject({
        deleting: false,
        suspended: false,
        hostnames: [{ management: 'auto' }],
      });
    });

    test('whose hostnames come from two writers', async () => {
      const both = edgeCluster({ hostnames: undefined }, 'shared');
      expect(await cluster.api.apply(both, { fieldManager: 'platform' })).toMatchObject({ ok: true });
      for (const one of many(2)) {
        const { hostnames: _, ...rest } = SPEC;
        const object = edgeCluster({ ...rest, hostnames: [one] }, 'shared');
        expect(await cluster.api.apply(object, { fieldManager: one.hostname, force: true })).toMatchObject({
          ok: true,
        });
      }
      const answer = await cluster.api.get(both);
      expect(answer.ok && answer.object.spec).toMatchObject({ hostnames: many(2) });
    });

    test('that is suspended, moves its ranges and lets go of a hostname later', async () => {
      const apply = (spec: object) =>
        cluster.api.apply(edgeCluster(spec, 'changing'), { fieldManager: 'platform' });
      expect(await apply({})).toMatchObject({ ok: true });
      const bare = withWorkload({ podCIDRs: [], nodeCIDRs: [] });
      const answer = await apply({ suspended: true, hostnames: [], ...bare });
      expect(answer.ok && answer.object.spec).toMatchObject({ suspended: true });
      expect(await apply({ controlPlane: undefined })).toMatchObject({ ok: true });
      expect(await apply({ controlPlane: CONTROL_PLANE, deleting: true })).toMatchObject({ ok: true });
    });
  });

  describe('the API server refuses an EdgeCluster', () => {
    test.each<readonly [string, object, string]>([
      ['without id', { id: undefined }, 'spec.id: Required'],
      ['whose id is no label', { id: 'a/b' }, 'spec.id'],
      ['whose id is too long', { id: label(64) }, 'spec.id'],
      ['without slug', { slug: undefined }, 'spec.slug: Required'],
      ['with an unknown field', { baseDomain: 'example.com' }, 'field not declared in schema'],
      ['with 65 hostnames', { hostnames: many(65) }, 'must have at most 64 items'],
      ['with a hostname twice', { hostnames: [BINDING, BINDING] }, 'duplicate entries'],
      ['with a hostname in upper case', named('App.customer.test'), 'spec.hostnames[0].hostname'],
      ['with a trailing dot', named('app.customer.test.'), 'spec.hostnames[0].hostname'],
      ['with an IPv4 address as hostname', named('192.0.2.1'), 'is an address'],
      ['with an IPv4 address in short', named('127.1'), 'is an address'],
      ['with an IPv4 address in hexadecimal', named('127.0x1'), 'is an address'],
      ['with an IPv6 address as hostname', named('2001:db8::1'), 'spec.hostnames[0].hostname'],
      ['with a URL as hostname', named('https://app.customer.test'), 'spec.hostnames[0].hostname'],
      ['with a single label', named('localhost'), 'spec.hostnames[0].hostname'],
      ['with a wildcard over everything', named('*.test'), 'spec.hostnames[0].hostname'],
      ['with a wildcard in the middle', named('app.*.test'), 'spec.hostnames[0].hostname'],
      ['with an underscore', named('_acme.customer.test'), 'spec.hostnames[0].hostname'],
      ['with a label of 64', named(`${label(64)}.test`), 'spec.hostnames[0].hostname'],
      ['with a hostname of 254', named(`${LONGEST}a`), 'spec.hostnames[0].hostname'],
      ['with a line break in a hostname', named('app.customer.test\n'), 'spec.hostnames[0].hostname'],
      ['with its own target as hostname', named(WORKLOAD.cnameTarget), 'not bound as a hostname'],
      ['whose hostname has no age', withBinding({ createdAt: undefined }), 'createdAt: Required'],
      ['whose hostname is of no day', withBinding({ createdAt: '2026-02-30T10:00:00Z' }), 'createdAt'],
      ['whose hostname is managed by nobody', withBinding({ management: 'tenant' }), 'Unsupported value'],
      ['with an empty proof', withBinding({ proof: '' }), 'proof'],
      ['with a proof that is no line', withBinding({ proof: 'a\nb' }), 'proof'],
      ['with an endless proof', withBinding({ proof: label(256) }), 'proof'],
      ['with a wildcard as target', withWorkload({ cnameTarget: '*.edge.example.com' }), 'cnameTarget'],
      ['with an address as target', withWorkload({ cnameTarget: '192.0.2.1' }), 'is an address'],
      [
        'with five ranges of Pods',
        withWorkload({ podCIDRs: [1, 2, 3, 4, 5].map((i) => `10.${i}.0.0/16`) }),
        'at most 4',
      ],
      [
        'with 17 ranges of Nodes',
        withWorkload({ nodeCIDRs: Array.from({ length: 17 }, (_, i) => `10.${i}.0.0/16`) }),
        'at most 16',
      ],
      ['with a range twice', withWorkload({ podCIDRs: ['10.1.0.0/16', '10.1.0.0/16'] }), 'duplicate entries'],
      ['with a range that is none', withWorkload({ podCIDRs: ['10.0.0.0/33'] }), 'not a range of addresses'],
      ['with an address as range', withWorkload({ nodeCIDRs: ['192.0.2.1'] }), 'nodeCIDRs'],
      [
        'with bits behind the prefix',
        withWorkload({ podCIDRs: ['10.64.0.1/16'] }),
        'bits set behind its prefix',
      ],
      ['of no topology', withWorkload({ topology: 'noNodes' }), 'Unsupported value'],
      ['without its ingress', withWorkload({ ingress: undefined }), 'ingress: Required'],
      ['whose ingress is in no namespace', withIngress({ namespace: '../kube-system' }), 'ingress.namespace'],
      ['whose ingress Service has no name', withIngress({ serviceName: 'a,b' }), 'ingress.serviceName'],
      ['whose ingress Pods are all there are', withIngress({ podSelector: {} }), 'podSelector'],
      [
        'whose ingress Pods have a label with a comma',
        withIngress({ podSelector: { app: 'a,b' } }),
        'podSelector',
      ],
      [
        'whose ingress Pods have a key with an equals sign',
        withIngress({ podSelector: { 'a=b': 'c' } }),
        'not the key of a label',
      ],
      ['whose ingress has the port 0', withIngress({ port: 0 }), 'ingress.port'],
      ['whose ingress has the port 65536', withIngress({ port: 65_536 }), 'ingress.port'],
      [
        'whose Service is a path',
        withControlPlane({ service: { name: 'a/../b', port: 443 } }),
        'service.name',
      ],
      ['whose Service has no port', withControlPlane({ service: { name: 'c-1' } }), 'service.port: Required'],
      [
        'whose kubeconfig is a path',
        withControlPlane({ kubeconfigSecret: { name: 'a/b', key: 'config' } }),
        'kubeconfigSecret.name',
      ],
      [
        'whose kubeconfig has a key with a slash',
        withControlPlane({ kubeconfigSecret: { name: 'a', key: 'a/b' } }),
        'kubeconfigSecret.key',
      ],
      [
        'whose control plane is a wildcard',
        withControlPlane({ hostname: '*.api.example.com' }),
        'controlPlane.hostname',
      ],
      ['whose Nodes get no access', withControlPlane({ nodeAccess: 'None' }), 'Unsupported value'],
    ])('%s', async (_, spec, reason) => {
      const answer = await dryRun(cluster, edgeCluster(spec));
      expect(answer).toMatchObject({ ok: false });
      expect(!answer.ok && answer.message).toContain(reason);
    });

    test.each<readonly [string, object, string]>([
      ['that becomes another cluster', { id: 'c-2' }, 'id never changes'],
      [
        'that gets another target',
        withWorkload({ cnameTarget: 'c-2.edge.example.com' }),
        'cnameTarget never changes',
      ],
      ['that drops its target', { workload: undefined }, 'workload stays once it is set'],
    ])('%s', async (_, spec, reason) => {
      const apply = (changed: object) =>
        cluster.api.apply(edgeCluster(changed, 'fixed'), { fieldManager: 'platform', force: true });
      expect(await apply({})).toMatchObject({ ok: true });
      const answer = await apply(spec);
      expect(!answer.ok && answer.message).toContain(reason);
    });
  });
});
