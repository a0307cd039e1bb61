import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { definitionOf } from '../../support/definition.ts';
import type { KubeObject } from '../support/api-client.ts';
import type { DefinitionServer } from '../support/old-server.ts';
import { SERVERS_OF_KIND } from '../support/own-kind.ts';
import { dryRun } from './dry-run.ts';

const NAMESPACE = 'route-plans';

interface Route {
  readonly destination: string;
  readonly nextHop: string;
  readonly nodeName: string;
}

const ROUTE: Route = { destination: '10.64.1.0/24', nextHop: '192.0.2.11', nodeName: 'node-a' };
const ROUTE_6: Route = { destination: 'fd00:64:0:1::/64', nextHop: '2001:db8::11', nodeName: 'node-a' };

const SPEC = {
  clusterID: 'c-1',
  tenantPodCIDRs: ['10.64.0.0/16', 'fd00:64::/48'],
  tenantNodeCIDRs: ['192.0.2.0/24', '2001:db8::/64'],
  nodeSelector: { 'example.com/edge': 'true' },
  staleAfterSeconds: 120,
  routes: [ROUTE, ROUTE_6],
};

function plan(spec: object, name = 'c-1'): KubeObject {
  const metadata = { name, namespace: NAMESPACE };
  return { apiVersion: 'kubebyon.app/v1alpha1', kind: 'RoutePlan', metadata, spec: { ...SPEC, ...spec } };
}

function withRoute(route: Partial<Route>): object {
  return { routes: [{ ...ROUTE, ...route }] };
}

const many = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ ...ROUTE, destination: `10.64.${i}.0/24` }));

describe.each(SERVERS_OF_KIND)('on $kubernetes', ({ start }) => {
  /** Of what the cases below are refused for. */
  const refused = new Set<string>();
  let cluster: DefinitionServer;
  beforeAll(async () => {
    cluster = await start('routeplans', NAMESPACE, plan({}));
  });
  afterAll(() => cluster?.stop());

  describe('the API server takes a RoutePlan', () => {
    test.each([
      ['of both families', {}],
      ['without routes', { routes: [] }],
      ['of 256 routes', { tenantPodCIDRs: ['10.64.0.0/16'], routes: many(256) }],
      ['for all Nodes', { nodeSelector: {} }],
      ['with the widest destinations', { ...withRoute({ destination: '10.64.0.0/16' }) }],
      ['with one address as destination', withRoute({ destination: '10.64.1.1/32' })],
      [
        'that has Pods and a Node of the tenant probed',
        { probes: ['10.64.1.5', 'fd00:64:0:1::5', '192.0.2.11'].map((address) => ({ address, port: 80 })) },
      ],
    ])('%s', async (_, spec) => {
      expect(await dryRun(cluster, plan(spec))).toMatchObject({ ok: true });
    });

    test('whose routes change, and the status of an agent beside that of another', async () => {
      expect(await cluster.api.apply(plan({}, 'changing'), { fieldManager: 'api' })).toMatchObject({
        ok: true,
      });
      const fewer = await cluster.api.apply(plan({ routes: [ROUTE] }, 'changing'), { fieldManager: 'api' });
      expect(fewer.ok && fewer.object.spec).toMatchObject({ routes: [ROUTE] });
      for (const nodeName of ['host-a', 'host-b']) {
        const nodes = [{ nodeName, applied: 1, effective: 1, failed: 0, foreign: 0 }];
        const body = { ...plan({}, 'changing'), spec: undefined, status: { nodes } };
        const path = `/apis/kubebyon.app/v1alpha1/namespaces/${NAMESPACE}/routeplans/changing/status`;
        const query = `?fieldManager=agent-${nodeName}&fieldValidation=Strict`;
        const contentType = 'application/apply-patch+yaml';
        const answer = await cluster.api.request({ method: 'PATCH', path: path + query, body, contentType });
        expect(answer).toMatchObject({ ok: true });
      }
      const answer = await cluster.api.get(plan({}, 'changing'));
      expect(answer.ok && answer.object.status).toMatchObject({
        nodes: [{ nodeName: 'host-a' }, { nodeName: 'host-b' }],
      });
    });
  });

  describe('the API server refuses a RoutePlan', () => {
    test.each([
      ['whose destination is no range', withRoute({ destination: '10.64.1.300/24' }), 'is not a range'],
      ['whose destination has no prefix', withRoute({ destination: '10.64.1.0' }), 'destination'],
      ['whose next hop is no address', withRoute({ nextHop: '192.0.2.999' }), 'nextHop is not an address'],
      ['whose next hop is a name', withRoute({ nextHop: 'node-a' }), 'nextHop'],
      [
        'with bits behind the prefix',
        withRoute({ destination: '10.64.1.1/24' }),
        'bits set behind its prefix',
      ],
      ['with a destination wider than /16', withRoute({ destination: '10.0.0.0/8' }), 'wider than /16'],
      [
        'with a destination wider than /48',
        { tenantPodCIDRs: ['fd00::/16'], routes: [{ ...ROUTE_6, destination: 'fd00::/32' }] },
        'wider than /16 (IPv4) or /48 (IPv6)',
      ],
      ['with the default route', withRoute({ destination: '0.0.0.0/0' }), 'wider than /16'],
      ['of mixed families', withRoute({ nextHop: '2001:db8::1' }), 'different families'],
      [
        'that leaves the Pods of the tenant',
        withRoute({ destination: '10.65.1.0/24' }),
        'outside tenantPodCIDRs',
      ],
      [
        'that leaves the Nodes of the tenant',
        withRoute({ nextHop: '198.51.100.1' }),
        'outside tenantNodeCIDRs',
      ],
      [
        'that covers more than the Pods of the tenant',
        { tenantPodCIDRs: ['10.64.1.0/25'] },
        'outside tenantPodCIDRs',
      ],
      ['whose Pod ranges are none', { tenantPodCIDRs: ['10.64.0.0/99'] }, 'something else than ranges'],
      ['whose Node ranges are none', { tenantNodeCIDRs: ['192.0.2.0/33'] }, 'something else than ranges'],
      ['without Pod ranges', { tenantPodCIDRs: [] }, 'tenantPodCIDRs'],
      ['without Node ranges', { tenantNodeCIDRs: [] }, 'tenantNodeCIDRs'],
      ['with a range twice', { tenantNodeCIDRs: ['192.0.2.0/24', '192.0.2.0/24'] }, 'duplicate entries'],
      ['with a destination twice', { routes: [ROUTE, ROUTE] }, 'duplicate entries'],
      ['of 257 routes', { routes: [...many(256), ROUTE_6] }, 'must have at most 256 items'],
      ['for no cluster', { clusterID: '' }, 'clusterID'],
      ['that goes stale at once', { staleAfterSeconds: 29 }, 'staleAfterSeconds'],
      ['that never goes stale', { staleAfterSeconds: 3601 }, 'staleAfterSeconds'],
      ['with an unknown field', { gateway: '192.0.2.1' }, 'field not declared in schema'],
      ['that probes a host', { probes: [{ address: '198.51.100.1', port: 80 }] }, 'a probe lies outside'],
      ['that probes a name', { probes: [{ address: 'fade', port: 80 }] }, 'a probe lies outside'],
      ['that probes no port', { probes: [{ address: '10.64.1.5', port: 0 }] }, 'probes[0].port'],
      [
        'that probes four Pods',
        { probes: [1, 2, 3, 4].map((last) => ({ address: `10.64.1.${last}`, port: 80 })) },
        'must have at most 3 items',
      ],
    ])('%s', async (_, spec, reason) => {
      // A word alone is that of the schema, and may stand in many messages.
      if (reason.includes(' ')) refused.add(reason);
      const answer = await dryRun(cluster, plan(spec));
      expect(answer).toMatchObject({ ok: false });
      expect(!answer.ok && answer.message).toContain(reason);
    });

    test('for every rule of the definition', () => {
      const rules = JSON.stringify(definitionOf('routeplans')).matchAll(/"message":"([^"]+)"/g);
      const messages = [...rules].map(([, message = '']) => message);
      expect(messages.length).toBeGreaterThan(8);
      const untried = messages.filter((message) => ![...refused].some((reason) => message.includes(reason)));
      expect(untried).toEqual(['clusterID never changes']);
    });

    test('that goes to another cluster', async () => {
      expect(await cluster.api.apply(plan({}, 'moving'), { fieldManager: 'api' })).toMatchObject({
        ok: true,
      });
      const answer = await cluster.api.apply(plan({ clusterID: 'c-2' }, 'moving'), { fieldManager: 'api' });
      expect(!answer.ok && answer.message).toContain('clusterID never changes');
    });
  });
});
