import { describe, expect, test } from 'vitest';
import { CHARTS, gatewayValues, namesOf, objectOf, objectsOf, PLATFORM } from '../support/objects.ts';
import { dig, digList } from '../support/rules/dig.ts';

const BASE = 'kubebyon-kubebyon';

type Values = Parameters<typeof objectsOf>[1];

describe.each(CHARTS)('the control-plane Gateway of %s', (chart) => {
  test('has one fixed listener: TLS passed through on 443, for TLSRoutes of all namespaces', () => {
    const objects = objectsOf(chart, gatewayValues({}));
    expect(dig(objectOf(objects, 'Gateway', `${BASE}-control-plane-gateway`), 'spec')).toEqual({
      gatewayClassName: 'eg',
      listeners: [
        {
          name: 'control-plane',
          port: 443,
          protocol: 'TLS',
          tls: { mode: 'Passthrough' },
          allowedRoutes: {
            namespaces: { from: 'All' },
            kinds: [{ group: 'gateway.networking.k8s.io', kind: 'TLSRoute' }],
          },
        },
      ],
    });
  });

  test('stands alone until another entry is on', () => {
    const objects = objectsOf(chart, gatewayValues({}));
    expect(namesOf(objects, 'Gateway')).toEqual([`${BASE}-control-plane-gateway`]);
    expect(namesOf(objects, 'HTTPRoute')).toEqual([]);
  });
});

describe.each(CHARTS)('the platform Gateway of %s', (chart) => {
  const spec = (platform: Values, gatewayAPI: Values = {}) =>
    dig(
      objectOf(
        objectsOf(chart, gatewayValues({ ...gatewayAPI, platform: { ...PLATFORM, ...platform } })),
        'Gateway',
        `${BASE}-platform-gateway`,
      ),
      'spec',
    );
  const httpRoutes = [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' }];
  const https = (namespaces: unknown) => ({
    name: 'https',
    hostname: 'kubebyon.example.com',
    port: 443,
    protocol: 'HTTPS',
    tls: {
      mode: 'Terminate',
      certificateRefs: [{ group: '', kind: 'Secret', name: 'kubebyon-platform-tls' }],
    },
    allowedRoutes: { namespaces, kinds: httpRoutes },
  });
  const http = (namespaces: unknown) => ({
    name: 'http',
    hostname: 'kubebyon.example.com',
    port: 80,
    protocol: 'HTTP',
    allowedRoutes: { namespaces, kinds: httpRoutes },
  });

  test('terminates HTTPS on 443 and listens on 80 for the redirect, both for its hostname', () => {
    const same = { from: 'Same' };
    expect(spec({})).toEqual({ gatewayClassName: 'eg', listeners: [https(same), http(same)] });
  });

  test('has no listener on 80 without the redirect', () => {
    expect(spec({ httpToHttpsRedirect: false })).toEqual({
      gatewayClassName: 'eg',
      listeners: [https({ from: 'Same' })],
    });
  });

  test('in another namespace admits exactly the release namespace, by its name', () => {
    const selected = {
      from: 'Selector',
      selector: { matchLabels: { 'kubernetes.io/metadata.name': 'kubebyon-system' } },
    };
    const listeners = [https(selected), http(selected)];
    expect(spec({ namespace: 'edge' })).toEqual({ gatewayClassName: 'eg', listeners });
    expect(spec({}, { namespace: 'edge' })).toEqual({ gatewayClassName: 'eg', listeners });
  });

  test('named as the release namespace explicitly, admits the same namespace', () => {
    expect(spec({ namespace: 'kubebyon-system' }, { namespace: 'edge' })).toEqual({
      gatewayClassName: 'eg',
      listeners: [https({ from: 'Same' }), http({ from: 'Same' })],
    });
  });

  test('never shares a Gateway with TLS passthrough', () => {
    const gateways = objectsOf(
      chart,
      gatewayValues({ platform: PLATFORM, workload: { enabled: true } }),
    ).filter(({ kind }) => kind === 'Gateway');
    for (const gateway of gateways) {
      const protocols = digList(gateway, 'spec', 'listeners').map((listener) => dig(listener, 'protocol'));
      expect(protocols.includes('TLS') ? protocols : ['TLS']).toEqual(['TLS']);
    }
  });
});

describe.each(CHARTS)('the platform routes of %s', (chart) => {
  const routes = (platform: Values, more: Values = {}) => {
    const objects = objectsOf(chart, gatewayValues({ platform: { ...PLATFORM, ...platform } }, more));
    return objects.filter(({ kind }) => kind === 'HTTPRoute');
  };
  const parent = (sectionName: string, namespace = 'kubebyon-system') => [
    {
      group: 'gateway.networking.k8s.io',
      kind: 'Gateway',
      namespace,
      name: `${BASE}-platform-gateway`,
      sectionName,
    },
  ];
  const apiMatches = [
    { path: { type: 'PathPrefix', value: '/api' } },
    { path: { type: 'Exact', value: '/healthz' } },
  ];
  const everything = [{ path: { type: 'PathPrefix', value: '/' } }];
  const backend = (name: string, port: number) => [{ group: '', kind: 'Service', name, port, weight: 1 }];
  const redirect = [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 302 } }];
  const hostnames = ['kubebyon.example.com'];

  test('lead /api and exactly /healthz to the API on 8080 without a time limit, and redirect only those', () => {
    expect(routes({}).map((route) => dig(route, 'spec'))).toEqual([
      {
        parentRefs: parent('https'),
        hostnames,
        rules: [
          { matches: apiMatches, timeouts: { request: '0s' }, backendRefs: backend(`${BASE}-api`, 8080) },
        ],
      },
      { parentRefs: parent('http'), hostnames, rules: [{ matches: apiMatches, filters: redirect }] },
    ]);
  });

  test('with the web console lead everything else to it on 3000, and redirect everything', () => {
    expect(routes({}, { web: { enabled: true } }).map((route) => dig(route, 'spec'))).toEqual([
      {
        parentRefs: parent('https'),
        hostnames,
        rules: [
          { matches: apiMatches, timeouts: { request: '0s' }, backendRefs: backend(`${BASE}-api`, 8080) },
        ],
      },
      { parentRefs: parent('http'), hostnames, rules: [{ matches: everything, filters: redirect }] },
      {
        parentRefs: parent('https'),
        hostnames,
        rules: [
          { matches: everything, timeouts: { request: '0s' }, backendRefs: backend(`${BASE}-web`, 3000) },
        ],
      },
    ]);
  });

  test('without the redirect attach to HTTPS only', () => {
    const found = routes({ httpToHttpsRedirect: false }, { web: { enabled: true } });
    expect(found.map((route) => dig(route, 'spec', 'parentRefs'))).toEqual([
      parent('https'),
      parent('https'),
    ]);
  });

  test('stand beside their Services and name the namespace of their Gateway', () => {
    for (const route of routes({ namespace: 'edge' }, { web: { enabled: true } })) {
      expect(dig(route, 'metadata', 'namespace')).toBe('kubebyon-system');
      expect(dig(route, 'spec', 'parentRefs', 0, 'namespace')).toBe('edge');
    }
  });

  test('follow the ports of the Services', () => {
    const found = routes(
      {},
      { api: { service: { port: 81 } }, web: { enabled: true, service: { port: 82 } } },
    );
    const ports = found.flatMap((route) =>
      digList(route, 'spec', 'rules', 0, 'backendRefs').map((ref) => dig(ref, 'port')),
    );
    expect(ports).toEqual([81, 82]);
  });
});

describe.each(CHARTS)('the workload Gateway of %s', (chart) => {
  const spec = (workload: Values) =>
    dig(
      objectOf(
        objectsOf(chart, gatewayValues({ workload: { enabled: true, ...workload } })),
        'Gateway',
        `${BASE}-workload-gateway`,
      ),
      'spec',
    );
  const http = (namespaces: unknown) => ({
    name: 'workload-http',
    port: 80,
    protocol: 'HTTP',
    allowedRoutes: { namespaces, kinds: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' }] },
  });

  test.each([
    [{}],
    [{ tls: { enabled: true } }],
    [
      {
        tls: { enabled: true },
        certManager: { enabled: true, issuerRef: { name: 'le' }, selfManaged: { enabled: true } },
      },
    ],
  ])('has HTTP on 80 only, with %j', (workload) => {
    expect(spec(workload)).toEqual({ gatewayClassName: 'eg', listeners: [http({ from: 'All' })] });
  });

  test('lets listeners come from ListenerSets of its namespace only when asked to', () => {
    expect(spec({ listenerSets: true, tls: { enabled: true } })).toEqual({
      gatewayClassName: 'eg',
      allowedListeners: { namespaces: { from: 'Same' } },
      listeners: [http({ from: 'All' })],
    });
  });

  test('admits routes as the values say', () => {
    const selector = { matchLabels: { tenant: 'yes' } };
    expect(dig(spec({ allowedRoutes: { namespaces: { from: 'All' } } }), 'listeners')).toEqual([
      http({ from: 'All' }),
    ]);
    expect(dig(spec({ allowedRoutes: { namespaces: { from: 'Selector', selector } } }), 'listeners')).toEqual(
      [http({ from: 'Selector', selector })],
    );
  });

  test('comes without routes, Certificates and listeners of hostnames: those are made at run time', () => {
    const kinds = objectsOf(
      chart,
      gatewayValues({
        workload: {
          enabled: true,
          tls: { enabled: true },
          certManager: { enabled: true, issuerRef: { name: 'le' } },
        },
      }),
    ).map(({ kind }) => kind);
    for (const kind of ['HTTPRoute', 'TLSRoute', 'Certificate', 'Issuer', 'ListenerSet'])
      expect(kinds).not.toContain(kind);
  });
});

test('addresses and infrastructure of each Gateway are its own', () => {
  const requests = (name: string) => ({
    labels: { entry: name },
    infrastructure: { labels: { of: name }, annotations: { 'example.com/of': name } },
    addresses: [{ type: 'Hostname', value: `${name}.example.com` }],
  });
  const objects = objectsOf(
    'single-node',
    gatewayValues({
      ...requests('cp'),
      platform: { ...PLATFORM, ...requests('pf') },
      workload: { enabled: true, ...requests('wl') },
    }),
  );
  const found = objects
    .filter(({ kind }) => kind === 'Gateway')
    .map((gateway) => ({
      labels: { entry: dig(gateway, 'metadata', 'labels', 'entry') },
      infrastructure: dig(gateway, 'spec', 'infrastructure'),
      addresses: dig(gateway, 'spec', 'addresses'),
    }));
  expect(found).toEqual(['cp', 'pf', 'wl'].map(requests));
});
