import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Graph,
  graphDot,
  graphMermaid,
  graphSvg,
  grouped,
  layoutOf,
  readGraph,
} from '../../../src/operator/graph/index.ts';
import type { KubeObject } from '../../../src/planner/world/world.ts';
import { objectsOf } from '../../support/objects.ts';

const NOW = Date.parse('2026-11-01T00:00:00Z');
const OF_CLUSTER = (id: string) => ({
  'app.kubernetes.io/managed-by': 'kubebyon',
  'kubebyon.app/gateway-api-sync-kind': 'workload-edge',
  'kubebyon.app/cluster-id': id,
});

function conditions(types: readonly string[], status = 'True', reason = 'Ok') {
  return types.map((type) => ({ type, status, reason }));
}

function gateway(listeners: readonly object[], status?: object): KubeObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'gw', namespace: 'sys' },
    spec: { gatewayClassName: 'eg', listeners },
    ...(status === undefined ? {} : { status: { ...status } }),
  };
}

function route(name: string, id: string, accepted = 'True'): KubeObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name, namespace: id, labels: OF_CLUSTER(id) },
    spec: {
      parentRefs: [{ name: 'gw', namespace: 'sys', sectionName: 'web' }],
      hostnames: [`${name}.example.com`],
      rules: [{ backendRefs: [{ name: `svc-${name}`, port: 80 }] }],
    },
    status: { parents: [{ conditions: conditions(['Accepted', 'ResolvedRefs'], accepted, 'NotAllowed') }] },
  };
}

const web = { name: 'web', port: 80, protocol: 'HTTP' };
const tls = { name: 'tls', port: 443, protocol: 'HTTPS', tls: { certificateRefs: [{ name: 'cert' }] } };

const secret = (certificate: object): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'cert', namespace: 'sys' },
  certificate,
});

function stateOf(graph: Graph, id: string): readonly [string | undefined, string | undefined] {
  const found = graph.nodes.find((node) => node.id === id);
  return [found?.state, found?.detail];
}

describe('states', () => {
  test.each([
    ['ok', conditions(['Accepted', 'Programmed'])],
    ['failed', conditions(['Accepted'], 'False', 'InvalidParameters')],
    ['waiting', conditions(['Accepted', 'Programmed'], 'Unknown', 'Pending')],
    ['unknown', []],
  ])('a Gateway is %s by its conditions', (state, list) => {
    const graph = readGraph({ objects: [gateway([web], { conditions: list })] });
    expect(stateOf(graph, 'gateway sys/gw')[0]).toBe(state);
  });

  test('an address is to come until the status has one', () => {
    const waits = readGraph({ objects: [gateway([web], {})] });
    expect(stateOf(waits, 'entry sys/gw')).toEqual(['waiting', 'no address yet']);
    const has = readGraph({ objects: [gateway([web], { addresses: [{ value: '192.0.2.1' }] })] });
    expect(has.nodes[0]).toMatchObject({ label: '192.0.2.1', state: 'ok' });
  });

  test.each([
    ['ok', [secret({ notAfter: '2026-12-01T00:00:00Z', keyMatches: true })]],
    ['failed', [secret({ notAfter: '2026-10-01T00:00:00Z', keyMatches: true })]],
    ['failed', [secret({ notAfter: '2026-12-01T00:00:00Z', keyMatches: false })]],
    ['waiting', []],
  ])('a certificate is %s by what its Secret holds', (state, secrets) => {
    const graph = readGraph({ objects: [gateway([tls]), ...secrets], now: NOW });
    expect(stateOf(graph, 'certificate sys/cert')[0]).toBe(state);
  });

  test('a Certificate that is not Ready says why', () => {
    const certificate: KubeObject = {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: 'c', namespace: 'sys' },
      spec: { secretName: 'cert' },
      status: { conditions: conditions(['Ready'], 'False', 'DoesNotExist') },
    };
    const graph = readGraph({ objects: [gateway([tls]), certificate], now: NOW });
    expect(stateOf(graph, 'certificate sys/cert')).toEqual(['failed', 'Ready: DoesNotExist']);
  });

  test.each([
    ['ok', [{ conditions: { ready: true } }, { conditions: { ready: false } }]],
    ['failed', [{ conditions: { ready: false } }]],
    ['failed', []],
  ])('a backend is %s by its endpoints', (state, endpoints) => {
    const slice: KubeObject = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 's', namespace: 'a', labels: { 'kubernetes.io/service-name': 'svc-shop' } },
      endpoints,
    };
    const graph = readGraph({ objects: [gateway([web]), route('shop', 'a'), slice] });
    expect(stateOf(graph, 'backend a/svc-shop')[0]).toBe(state);
  });
});

test('requests pass address, Gateway, listener, route and backend', () => {
  const graph = readGraph({
    objects: [gateway([web, tls]), route('shop', 'a')],
    clusters: new Map([['a', 'team-a']]),
  });
  const steps = graph.edges.map(({ from, to }) => `${from} > ${to}`);
  expect(steps).toEqual([
    'entry sys/gw > gateway sys/gw',
    'gateway sys/gw > listener Gateway/sys/gw/web',
    'gateway sys/gw > listener Gateway/sys/gw/tls',
    'listener Gateway/sys/gw/tls > certificate sys/cert',
    'listener Gateway/sys/gw/web > route HTTPRoute/a/shop',
    'route HTTPRoute/a/shop > backend a/svc-shop',
  ]);
  expect(stateOf(graph, 'route HTTPRoute/a/shop')).toEqual(['ok', 'HTTPRoute, team-a']);
});

test('the chart gives three ways, and no state is known of any', () => {
  const objects = objectsOf('multi-node', {
    publicAccess: { provider: 'gatewayapi' },
    gatewayAPI: {
      platform: { enabled: true, hostname: 'a.example.com', tlsSecretName: 'tls' },
      workload: { enabled: true },
    },
  }).map((manifest) => ({ ...manifest }));
  const { nodes, clusters } = readGraph({ objects });
  expect(clusters).toBe(0);
  expect(nodes.filter(({ kind }) => kind === 'entry').map(({ detail }) => detail)).toEqual([
    'control plane',
    'platform',
    'workload',
  ]);
  expect(new Set(nodes.map(({ state }) => state))).toEqual(new Set(['unknown']));
});

describe('300 clusters', () => {
  const routes = Array.from({ length: 300 }, (_, i) =>
    route(`r${i}`, `c${i}`, i % 100 === 7 ? 'False' : 'True'),
  );
  const whole = readGraph({ objects: [gateway([web]), ...routes] });
  const few = grouped(whole);

  test('are few nodes that stand for all of them', () => {
    expect(whole.clusters).toBe(300);
    expect(few.nodes.length).toBeLessThan(12);
    const sum = (graph: Graph) => graph.nodes.reduce((all, { count }) => all + count, 0);
    expect(sum(few)).toBe(sum(whole));
  });

  test('do not hide the three that are not well', () => {
    const failed = few.nodes.filter(({ state }) => state === 'failed');
    expect(failed).toEqual([expect.objectContaining({ kind: 'route', count: 3 })]);
    for (const name of ['r7', 'r107', 'r207']) expect(failed[0]?.detail).toContain(`${name}.example.com`);
  });

  test('leave every node that stood on a way on one', () => {
    const joined = (graph: Graph) => new Set(graph.edges.flatMap(({ from, to }) => [from, to])).size;
    expect(joined(few)).toBe(few.nodes.length);
  });
});

describe('drawings', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom('<script>', '"]; x', '`a`', '\\', ']]>', '&amp;', '\u202e'),
  );
  const state = fc.constantFrom('ok' as const, 'waiting' as const, 'failed' as const, 'unknown' as const);
  const kind = fc.constantFrom(
    'entry' as const,
    'gateway' as const,
    'listener' as const,
    'certificate' as const,
    'route' as const,
    'backend' as const,
  );
  const hostile: fc.Arbitrary<Graph> = fc
    .array(
      fc.record({ kind, label: text, detail: text, state, count: fc.nat(3), cluster: fc.constant(null) }),
      { maxLength: 12 },
    )
    .chain((nodes) =>
      fc.record({
        nodes: fc.constant(nodes.map((node, index) => ({ ...node, id: `n${index}` }))),
        edges: fc.array(
          fc
            .record({ from: fc.nat(12), to: fc.nat(12) })
            .map(({ from, to }) => ({ from: `n${from}`, to: `n${to}` })),
          { maxLength: 20 },
        ),
        clusters: fc.nat(3),
      }),
    )
    .map((graph) => ({
      ...graph,
      edges: graph.edges.filter(({ from, to }) =>
        [from, to].every((id) => graph.nodes.some((one) => one.id === id)),
      ),
    }));

  test('an SVG of hostile names has its own elements and no other markup', () => {
    const own = /<(?:\/?(?:svg|title|style|g|text|path|rect))(?: [a-z-]+[A-Za-z]*="[^"<>&]*")*\/?>/g;
    fc.assert(
      fc.property(hostile, text, (graph, title) => {
        const svg = graphSvg(graph, title);
        const rest = svg.replace(/<style>[^<]*<\/style>/, '').replace(own, '');
        expect(rest.replace(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toMatch(/[<>&]/);
        // XML 1.0 knows no other characters, and nothing turns the direction of text.
        expect(svg).toMatch(/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u);
        expect(svg).not.toMatch(/\p{Bidi_Control}/u);
      }),
    );
  });

  test('Mermaid and DOT of hostile names have lines of their own grammar only', () => {
    fc.assert(
      fc.property(hostile, (graph) => {
        const mermaid =
          /^(flowchart LR| {2}n\d+\["([\p{L}\p{N} .,:/_-]|#\d+;|<br>)*"\]:::\w+| {2}n\d+ --> n\d+| {2}classDef .*|)$/u;
        for (const line of graphMermaid(graph).split('\n')) expect(line).toMatch(mermaid);
        const dot =
          /^(digraph entries \{| {2}rankdir.*| {2}n\d+ \[label="([^"\\]|\\["\\n])*", color="#\w+"\];| {2}n\d+ -> n\d+;|\}|)$/u;
        for (const line of graphDot(graph).split('\n')) expect(line).toMatch(dot);
      }),
    );
  });

  test('no two boxes of a drawing lie upon each other', () => {
    fc.assert(
      fc.property(hostile, (graph) => {
        const { placed } = layoutOf(graph);
        expect(placed).toHaveLength(graph.nodes.length);
        const columns = Map.groupBy(placed, ({ x }) => x);
        for (const column of columns.values()) {
          const rows = column.map(({ y }) => y).toSorted((a, b) => a - b);
          for (const [index, y] of rows.slice(1).entries())
            expect(y - (rows[index] ?? 0)).toBeGreaterThanOrEqual(50);
        }
      }),
    );
  });

  test('JSON is what its schema says', () => {
    const path = resolve(import.meta.dirname, '../../../schemas/graph.schema.json');
    const isValid = new Ajv({ strict: true, allowUnionTypes: true }).compile(
      JSON.parse(readFileSync(path, 'utf8')),
    );
    fc.assert(
      fc.property(hostile, (graph) => {
        expect(isValid(graph), JSON.stringify(isValid.errors)).toBe(true);
      }),
    );
    expect(isValid({ nodes: [], edges: [] })).toBe(false);
  });
});
