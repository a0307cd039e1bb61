import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { applyAs } from '../../tools/lab/access.ts';
import { CONTROL_PLANE_PORT, controlPlaneAddress } from '../../tools/lab/addresses.ts';
import { PREFIX } from '../../tools/lab/chart.ts';
import { controlPlaneName } from '../../tools/lab/clusters.ts';
import { list, must } from '../../tools/lab/kubelet/objects.ts';
import { waitUntil } from '../../tools/lab/wait.ts';
import type { KubeObject } from '../conformance/support/api-client.ts';
import { dig, digList, digText } from '../support/rules/dig.ts';
import { BASE, SYSTEM } from '../support/worlds.ts';
import { ask, type Got } from './ask.ts';
import { ofCustomer, ofPlatform } from './names.ts';
import type { Stage } from './stage.ts';

export type ImplementationName = 'Envoy Gateway' | 'Contour';

/** Something that implementations do each in its own way: how one is asked, and what each says. */
interface LeftOpen {
  readonly what: string;
  readonly says: Readonly<Record<ImplementationName, string>>;
  readonly look: (stage: Stage) => Promise<string>;
}

const GROUP = '/apis/gateway.networking.k8s.io/v1';
const GATEWAY = `${PREFIX}-workload-gateway`;

/** How long what is not served is waited for, on a machine that has a lot to do. */
const LONG_MS = 8_000;

async function statusOf(sni: string, host: string, address: string): Promise<string> {
  return wordsOf(await ask({ scheme: 'https', address, sni, host }));
}

function wordsOf({ status, answer }: Got): string {
  if (status === 0) return 'no answer';
  return answer === undefined ? String(status) : `${status}, by the cluster of the Host`;
}

async function workloadGateway({ lab }: Stage): Promise<KubeObject> {
  return must(lab.host.api, { method: 'GET', path: `${GROUP}/namespaces/${SYSTEM}/gateways/${GATEWAY}` });
}

function tlsRoute(name: string, hostname: string): KubeObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'TLSRoute',
    metadata: { name, namespace: 'vc-1' },
    spec: {
      parentRefs: [{ name: `${PREFIX}-control-plane-gateway`, namespace: SYSTEM }],
      hostnames: [hostname],
      rules: [{ backendRefs: [{ name: 'other', port: 443 }] }],
    },
  };
}

/** A Service beside that of a cluster, which leads to the same API server. */
const OTHER: readonly KubeObject[] = [
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'other', namespace: 'vc-1' },
    spec: { ports: [{ name: 'https', port: 443, protocol: 'TCP' }] },
  },
  {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'other', namespace: 'vc-1', labels: { 'kubernetes.io/service-name': 'other' } },
    addressType: 'IPv4',
    ports: [{ name: 'https', port: CONTROL_PLANE_PORT, protocol: 'TCP' }],
    endpoints: [{ addresses: [controlPlaneAddress(1)], conditions: { ready: true } }],
  },
];

/** Whether a name of another route is served while two routes have one name. */
async function afterDuplicate({ lab, entries }: Stage): Promise<string> {
  const { 'control-plane': address } = await entries();
  const later = 'later.cp.example.com';
  const routes = [tlsRoute('duplicate', controlPlaneName(1)), tlsRoute('later', later)];
  for (const object of [...OTHER, ...routes]) await applyAs(lab.host, 'somebody', object);
  const isServed = async () => (await ask({ scheme: 'https', address, host: later })).status === 200;
  try {
    await waitUntil('a later name', isServed, LONG_MS);
    return 'other names come and go as always';
  } catch {
    return 'no change is served any more, for any name';
  } finally {
    for (const route of routes) await lab.host.api.delete(route);
    const first = { scheme: 'https', address, host: controlPlaneName(1) } as const;
    await waitUntil('the first name', async () => (await ask(first)).status === 200);
  }
}

/** What comes of a ListenerSet for the workload Gateway. */
async function listenerSet({ lab }: Stage): Promise<string> {
  const set: KubeObject = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'ListenerSet',
    metadata: { name: 'somebody', namespace: SYSTEM },
    spec: {
      parentRef: { name: GATEWAY },
      listeners: [{ name: 'a', port: 80, protocol: 'HTTP', hostname: 'set.customer.test' }],
    },
  };
  await applyAs(lab.host, 'somebody', set);
  try {
    for (let waited = 0; waited < LONG_MS; waited += 200) {
      const answer = await lab.host.api.get(set);
      const conditions = answer.ok ? digList(answer.object, 'status', 'conditions') : [];
      const verdict = conditions.find((one) => dig(one, 'type') === 'Accepted');
      if (verdict !== undefined && dig(verdict, 'status') !== 'Unknown') return 'has a verdict';
      await sleep(200);
    }
    return 'nobody looks at it';
  } finally {
    await lab.host.api.delete(set);
  }
}

export const LEFT_OPEN: readonly LeftOpen[] = [
  {
    what: 'by HTTP a name that an HTTPS listener has for its hostname',
    says: { 'Envoy Gateway': '302', Contour: 'no answer' },
    look: async ({ entries }) => {
      const { workload: address } = await entries();
      return wordsOf(await ask({ scheme: 'http', address, host: ofCustomer(1) }));
    },
  },
  {
    what: 'by TLS a name that no listener has',
    says: { 'Envoy Gateway': 'no answer', Contour: 'no answer' },
    look: async ({ entries }) => statusOf('nobody.test', 'nobody.test', (await entries()).workload),
  },
  {
    what: 'by TLS a name below the base domain that no route has',
    says: { 'Envoy Gateway': '404', Contour: 'no answer' },
    look: async ({ entries }) => statusOf(`nobody.${BASE}`, `nobody.${BASE}`, (await entries()).workload),
  },
  {
    what: 'SNI of one name below the base domain, Host of another',
    says: { 'Envoy Gateway': '200, by the cluster of the Host', Contour: '421' },
    look: async ({ entries }) => statusOf(ofPlatform(1), ofPlatform(2), (await entries()).workload),
  },
  {
    what: 'SNI of a customer’s own name, Host of another',
    says: { 'Envoy Gateway': '404', Contour: '421' },
    look: async ({ entries }) => statusOf(ofCustomer(1), ofCustomer(2), (await entries()).workload),
  },
  {
    what: 'two TLSRoutes with one hostname',
    says: {
      'Envoy Gateway': 'no change is served any more, for any name',
      Contour: 'other names come and go as always',
    },
    look: afterDuplicate,
  },
  {
    what: 'a ListenerSet',
    says: { 'Envoy Gateway': 'has a verdict', Contour: 'nobody looks at it' },
    look: listenerSet,
  },
  {
    what: 'conditions of listeners say of which generation they are',
    says: { 'Envoy Gateway': 'yes', Contour: 'yes' },
    look: async (stage) => {
      const listeners = digList(await workloadGateway(stage), 'status', 'listeners');
      const conditions = listeners.flatMap((one) => digList(one, 'conditions'));
      return conditions.length > 0 && conditions.every((one) => dig(one, 'observedGeneration') !== undefined)
        ? 'yes'
        : 'no';
    },
  },
  {
    what: 'conditions of a listener',
    says: {
      'Envoy Gateway': 'Accepted, Programmed, ResolvedRefs',
      Contour: 'Accepted, Programmed, ResolvedRefs',
    },
    look: async (stage) => {
      const listeners = digList(await workloadGateway(stage), 'status', 'listeners');
      const listener = listeners.find((one) => digText(one, 'name') === 'workload-http');
      return digList(listener, 'conditions')
        .map((one) => digText(one, 'type'))
        .sort()
        .join(', ');
    },
  },
  {
    what: '`supportedFeatures` of the GatewayClass',
    says: { 'Envoy Gateway': 'empty', Contour: 'empty' },
    look: async ({ lab }) => {
      const classes = await list<unknown>(lab.host.api, `${GROUP}/gatewayclasses`);
      return classes.every((one) => digList(one, 'status', 'supportedFeatures').length === 0)
        ? 'empty'
        : 'filled';
    },
  },
  {
    what: 'addresses of the three Gateways',
    says: { 'Envoy Gateway': 'one each', Contour: 'one each' },
    look: async ({ entries }) => (new Set(Object.values(await entries())).size === 3 ? 'one each' : 'shared'),
  },
];

/** The same as a table of Markdown. */
export function tableOfLeftOpen(): string {
  const names: readonly ImplementationName[] = ['Envoy Gateway', 'Contour'];
  const rows = LEFT_OPEN.map(({ what, says }) => [what, ...names.map((name) => says[name])]);
  const heading = ['what', ...names];
  return [heading, heading.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Looks at everything that the Gateway API leaves open, in a lab with everything on. */
export function describeLeftOpen(stage: () => Stage, implementation: ImplementationName): void {
  describe(`what the Gateway API leaves open, with ${implementation}`, () => {
    test.each(LEFT_OPEN)('$what', async ({ says, look }) => {
      expect(await look(stage())).toBe(says[implementation]);
    });
  });
}
