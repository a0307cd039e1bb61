import { describe, expect, test } from 'vitest';
import {
  CHARTS,
  containerOf,
  environmentOf,
  gatewayValues,
  objectOf,
  objectsOf,
  PLATFORM,
} from '../support/objects.ts';
import { dig, digList, digText } from '../support/rules/dig.ts';

const P = 'KUBEBYON_GATEWAY_API_';
const API = 'kubebyon-kubebyon-api';

type Values = Parameters<typeof objectsOf>[1];

function apiEnvironment(values: Values): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    environmentOf(objectOf(objectsOf('multi-node', values), 'Deployment', API), 'api'),
  );
}

function workload(values: Values): Readonly<Record<string, unknown>> {
  return apiEnvironment(gatewayValues({ workload: { enabled: true, ...values } }));
}

/** Runbook section 5.2. */
const BASE = {
  [`${P}GATEWAY_NAMESPACE`]: 'kubebyon-system',
  [`${P}GATEWAY_NAME`]: 'kubebyon-kubebyon-control-plane-gateway',
  [`${P}LISTENER_NAME`]: 'control-plane',
  [`${P}SYNC_INTERVAL_SECONDS`]: '10',
};

/** Runbook section 5.4, in its order, with every feature of the workload entry off. */
const WORKLOAD_OFF = {
  [`${P}WORKLOAD_GATEWAY_NAMESPACE`]: 'kubebyon-system',
  [`${P}WORKLOAD_GATEWAY_NAME`]: 'kubebyon-kubebyon-workload-gateway',
  [`${P}WORKLOAD_LISTENER_NAME`]: 'workload-http',
  [`${P}WORKLOAD_HTTPS_LISTENER_NAME`]: '',
  [`${P}WORKLOAD_TLS_SECRET_NAME`]: '',
  [`${P}WORKLOAD_HTTP_TO_HTTPS_REDIRECT`]: 'false',
  [`${P}WORKLOAD_CERT_MANAGER_ENABLED`]: 'false',
  [`${P}WORKLOAD_CERT_MANAGER_ISSUER_NAME`]: '',
  [`${P}WORKLOAD_CERT_MANAGER_ISSUER_KIND`]: '',
  [`${P}WORKLOAD_CERT_MANAGER_ISSUER_GROUP`]: '',
  [`${P}WORKLOAD_SELF_MANAGED_CERT_MANAGER_ENABLED`]: 'false',
  [`${P}WORKLOAD_SELF_MANAGED_CERT_MANAGER_ISSUER_NAME`]: '',
  [`${P}WORKLOAD_SELF_MANAGED_CERT_MANAGER_ISSUER_KIND`]: '',
  [`${P}WORKLOAD_SELF_MANAGED_CERT_MANAGER_ISSUER_GROUP`]: '',
  [`${P}WORKLOAD_NODE_ADDRESS_TYPE`]: 'internal',
  [`${P}WORKLOAD_BACKEND_STRATEGY`]: 'auto',
  [`${P}WORKLOAD_PODCIDR_ROUTE_ENABLED`]: 'false',
  [`${P}WORKLOAD_PODCIDR_ROUTE_MODE`]: 'routeagent',
  [`${P}WORKLOAD_ROUTE_PLAN_NAMESPACE`]: 'kubebyon-system',
  [`${P}WORKLOAD_ROUTE_TARGET_NODE_SELECTOR`]: '',
  [`${P}WORKLOAD_ROUTE_STALE_AFTER_SECONDS`]: '120',
  [`${P}WORKLOAD_ROUTE_COMMAND_TIMEOUT_SECONDS`]: '5',
  [`${P}WORKLOAD_ROUTE_SYNC_INTERVAL_SECONDS`]: '10',
};

const EDGE_OFF = {
  KUBEBYON_EDGE_RESERVED_HOSTNAMES: '',
  KUBEBYON_EDGE_WILDCARD_CERTIFICATE: 'false',
  KUBEBYON_EDGE_LISTENER_SETS: 'false',
};

describe('the environment of the API', () => {
  test('names nothing of Gateway API with the provider haproxy', () => {
    expect(apiEnvironment({})).toEqual({});
  });

  test('has the four base variables with the provider gatewayapi, and no other', () => {
    expect(apiEnvironment(gatewayValues({}))).toEqual(BASE);
  });

  test('has all 23 workload variables in the order of the runbook when the workload entry is on', () => {
    expect(Object.keys(WORKLOAD_OFF)).toHaveLength(23);
    expect(Object.entries(workload({}))).toEqual(Object.entries({ ...BASE, ...WORKLOAD_OFF, ...EDGE_OFF }));
  });

  test('has no workload variable when only the platform entry is on', () => {
    expect(apiEnvironment(gatewayValues({ platform: PLATFORM }))).toEqual(BASE);
  });

  test('tells the effective names and namespaces', () => {
    expect(
      apiEnvironment(
        gatewayValues({
          namespace: 'edge',
          name: 'cp',
          listenerName: 'sni',
          syncIntervalSeconds: 3600,
          workload: { enabled: true, namespace: 'wl-ns', name: 'wl', listenerName: 'plain' },
        }),
      ),
    ).toMatchObject({
      [`${P}GATEWAY_NAMESPACE`]: 'edge',
      [`${P}GATEWAY_NAME`]: 'cp',
      [`${P}LISTENER_NAME`]: 'sni',
      [`${P}SYNC_INTERVAL_SECONDS`]: '3600',
      [`${P}WORKLOAD_GATEWAY_NAMESPACE`]: 'wl-ns',
      [`${P}WORKLOAD_GATEWAY_NAME`]: 'wl',
      [`${P}WORKLOAD_LISTENER_NAME`]: 'plain',
    });
  });

  test('tells the names of HTTPS when TLS is on', () => {
    expect(workload({ tls: { enabled: true } })).toMatchObject({
      [`${P}WORKLOAD_HTTPS_LISTENER_NAME`]: 'workload-https',
      [`${P}WORKLOAD_TLS_SECRET_NAME`]: 'kubebyon-kubebyon-workload-tls',
      [`${P}WORKLOAD_HTTP_TO_HTTPS_REDIRECT`]: 'true',
    });
  });

  test('hides the names of HTTPS when TLS is off, even when they are set', () => {
    expect(
      workload({ tls: { secretName: 'edge-tls', httpsListenerName: 'secure', httpToHttpsRedirect: true } }),
    ).toMatchObject({
      [`${P}WORKLOAD_HTTPS_LISTENER_NAME`]: '',
      [`${P}WORKLOAD_TLS_SECRET_NAME`]: '',
      [`${P}WORKLOAD_HTTP_TO_HTTPS_REDIRECT`]: 'false',
    });
  });

  test('tells both issuers, each as it was given', () => {
    expect(
      workload({
        tls: {
          enabled: true,
          secretName: 'edge-tls',
          httpsListenerName: 'secure',
          httpToHttpsRedirect: false,
        },
        certManager: {
          enabled: true,
          issuerRef: { name: 'shared', kind: 'Issuer' },
          selfManaged: { enabled: true, issuerRef: { name: 'own', kind: 'PCA', group: 'pca.example.com' } },
        },
      }),
    ).toMatchObject({
      [`${P}WORKLOAD_HTTPS_LISTENER_NAME`]: 'secure',
      [`${P}WORKLOAD_TLS_SECRET_NAME`]: 'edge-tls',
      [`${P}WORKLOAD_HTTP_TO_HTTPS_REDIRECT`]: 'false',
      [`${P}WORKLOAD_CERT_MANAGER_ENABLED`]: 'true',
      [`${P}WORKLOAD_CERT_MANAGER_ISSUER_NAME`]: 'shared',
      [`${P}WORKLOAD_CERT_MANAGER_ISSUER_KIND`]: 'Issuer',
      [`${P}WORKLOAD_CERT_MANAGER_ISSUER_GROUP`]: 'cert-manager.io',
      [`${P}WORKLOAD_SELF_MANAGED_CERT_MANAGER_ENABLED`]: 'true',
      [`${P}WORKLOAD_SELF_MANAGED_CERT_MANAGER_ISSUER_NAME`]: 'own',
      [`${P}WORKLOAD_SELF_MANAGED_CERT_MANAGER_ISSUER_KIND`]: 'PCA',
      [`${P}WORKLOAD_SELF_MANAGED_CERT_MANAGER_ISSUER_GROUP`]: 'pca.example.com',
    });
  });

  test('leaves the issuer of self-managed hostnames empty as a whole when it has no name', () => {
    expect(
      workload({
        tls: { enabled: true },
        certManager: {
          enabled: true,
          issuerRef: { name: 'shared' },
          selfManaged: { enabled: true, issuerRef: { kind: 'Issuer' } },
        },
      }),
    ).toMatchObject({
      [`${P}WORKLOAD_SELF_MANAGED_CERT_MANAGER_ENABLED`]: 'true',
      [`${P}WORKLOAD_SELF_MANAGED_CERT_MANAGER_ISSUER_NAME`]: '',
      [`${P}WORKLOAD_SELF_MANAGED_CERT_MANAGER_ISSUER_KIND`]: '',
      [`${P}WORKLOAD_SELF_MANAGED_CERT_MANAGER_ISSUER_GROUP`]: '',
    });
  });

  test('tells everything about routes, the selector sorted', () => {
    expect(
      workload({
        nodeAddressType: 'external',
        backendStrategy: 'nodeport',
        podCIDRRoute: {
          enabled: true,
          routePlanNamespace: 'routes',
          targetNodeSelector: { zone: 'a', 'kubernetes.io/os': 'linux', Zone: '' },
          staleAfterSeconds: 900,
          commandTimeoutSeconds: 30,
          syncIntervalSeconds: 300,
        },
      }),
    ).toMatchObject({
      [`${P}WORKLOAD_NODE_ADDRESS_TYPE`]: 'external',
      [`${P}WORKLOAD_BACKEND_STRATEGY`]: 'nodeport',
      [`${P}WORKLOAD_PODCIDR_ROUTE_ENABLED`]: 'true',
      [`${P}WORKLOAD_PODCIDR_ROUTE_MODE`]: 'routeagent',
      [`${P}WORKLOAD_ROUTE_PLAN_NAMESPACE`]: 'routes',
      [`${P}WORKLOAD_ROUTE_TARGET_NODE_SELECTOR`]: 'Zone=,kubernetes.io/os=linux,zone=a',
      [`${P}WORKLOAD_ROUTE_STALE_AFTER_SECONDS`]: '900',
      [`${P}WORKLOAD_ROUTE_COMMAND_TIMEOUT_SECONDS`]: '30',
      [`${P}WORKLOAD_ROUTE_SYNC_INTERVAL_SECONDS`]: '300',
    });
  });

  test('route variables are as given when routes are off', () => {
    expect(workload({ podCIDRRoute: { mode: 'local', staleAfterSeconds: 60 } })).toMatchObject({
      [`${P}WORKLOAD_PODCIDR_ROUTE_ENABLED`]: 'false',
      [`${P}WORKLOAD_PODCIDR_ROUTE_MODE`]: 'local',
      [`${P}WORKLOAD_ROUTE_STALE_AFTER_SECONDS`]: '60',
    });
  });

  test('tells the reserved hostname, the wildcard certificate and ListenerSets', () => {
    const environment = apiEnvironment(
      gatewayValues({
        platform: PLATFORM,
        workload: {
          enabled: true,
          listenerSets: true,
          tls: { enabled: true },
          certManager: { enabled: true, wildcard: true, issuerRef: { name: 'dns' } },
        },
      }),
    );
    expect(environment).toMatchObject({
      KUBEBYON_EDGE_RESERVED_HOSTNAMES: 'kubebyon.example.com',
      KUBEBYON_EDGE_WILDCARD_CERTIFICATE: 'true',
      KUBEBYON_EDGE_LISTENER_SETS: 'true',
    });
  });

  test('puts the variables of the user last', () => {
    const extra = [{ name: 'LOG_LEVEL', value: 'debug' }];
    const values = gatewayValues({}, { api: { extraEnv: extra } });
    expect(Object.entries(apiEnvironment(values))).toEqual([...Object.entries(BASE), ['LOG_LEVEL', 'debug']]);
  });

  test('every value is a text', () => {
    const values = gatewayValues({ workload: { enabled: true, tls: { enabled: true } } });
    for (const value of Object.values(apiEnvironment(values))) expect(typeof value).toBe('string');
  });
});

describe('the environment of the worker', () => {
  const workerEnvironment = (values: Values) =>
    Object.fromEntries(
      environmentOf(
        objectOf(objectsOf('multi-node', values), 'Deployment', 'kubebyon-kubebyon-worker'),
        'worker',
      ),
    );

  test('has the four base variables only, whatever is on', () => {
    const values = gatewayValues({ platform: PLATFORM, workload: { enabled: true, tls: { enabled: true } } });
    expect(workerEnvironment(values)).toEqual(BASE);
  });

  test('is empty with the provider haproxy', () => {
    expect(workerEnvironment({})).toEqual({});
  });
});

describe.each(CHARTS)('the environment of the web console of %s', (chart) => {
  const webEnvironment = (web: Values) => {
    const values = gatewayValues({ platform: PLATFORM }, { web: { enabled: true, ...web } });
    return environmentOf(objectOf(objectsOf(chart, values), 'Deployment', 'kubebyon-kubebyon-web'), 'web');
  };

  test('leads to the API Service in the cluster and listens everywhere by default', () => {
    expect(webEnvironment({})).toEqual([
      ['KUBEBYON_API_BASE_URL', 'http://kubebyon-kubebyon-api.kubebyon-system.svc:8080'],
      ['HOSTNAME', '0.0.0.0'],
    ]);
  });

  test('has NEXT_PUBLIC_KUBEBYON_API_BASE_URL only when it is set', () => {
    const env = {
      apiBaseURL: 'https://api.example.com',
      nextPublicAPIBaseURL: 'https://public.example.com',
      hostname: '127.0.0.1',
    };
    expect(webEnvironment({ env })).toEqual([
      ['KUBEBYON_API_BASE_URL', 'https://api.example.com'],
      ['NEXT_PUBLIC_KUBEBYON_API_BASE_URL', 'https://public.example.com'],
      ['HOSTNAME', '127.0.0.1'],
    ]);
  });
});

test('the route agent is told where it runs and what to follow', () => {
  const values = gatewayValues(
    { workload: { enabled: true, podCIDRRoute: { enabled: true, targetNodeSelector: { edge: 'yes' } } } },
    { routeAgent: { protectedCIDRs: ['10.0.0.0/8', 'fd00::/8'] } },
  );
  const agent = objectOf(objectsOf('single-node', values), 'DaemonSet', 'kubebyon-kubebyon-route-agent');
  const variables = dig(containerOf(agent, 'route-agent'), 'env');
  const fields = Array.isArray(variables)
    ? variables.map((variable) => [
        digText(variable, 'name'),
        dig(variable, 'value') ?? dig(variable, 'valueFrom', 'fieldRef', 'fieldPath'),
      ])
    : [];
  expect(fields).toEqual([
    ['NODE_NAME', 'spec.nodeName'],
    ['NODE_IP', 'status.hostIP'],
    [`${P}WORKLOAD_ROUTE_PLAN_NAMESPACE`, 'kubebyon-system'],
    [`${P}WORKLOAD_ROUTE_TARGET_NODE_SELECTOR`, 'edge=yes'],
    [`${P}WORKLOAD_ROUTE_STALE_AFTER_SECONDS`, '120'],
    [`${P}WORKLOAD_ROUTE_COMMAND_TIMEOUT_SECONDS`, '5'],
    [`${P}WORKLOAD_ROUTE_SYNC_INTERVAL_SECONDS`, '10'],
    ['KUBEBYON_EDGE_ROUTE_PROTOCOL', '157'],
    ['KUBEBYON_EDGE_ROUTE_METRIC', '4242'],
    ['KUBEBYON_EDGE_ROUTE_PROTECTED_CIDRS', '10.0.0.0/8,fd00::/8'],
  ]);
});

describe.each(CHARTS)('with an edge controller, in %s,', (chart) => {
  const withController = (values: Values, more: Values = {}) =>
    objectsOf(chart, { ...values, edgeController: { enabled: true, ...more } });
  const variablesOf = (objects: ReturnType<typeof objectsOf>, component: string) =>
    environmentOf(objectOf(objects, 'Deployment', `kubebyon-kubebyon-${component}`), component).filter(
      ([name]) => name !== 'NODE_NAME',
    );

  test('it is told from which Node it probes', () => {
    const deployment = objectOf(
      withController(gatewayValues({})),
      'Deployment',
      'kubebyon-kubebyon-edge-controller',
    );
    expect(digList(containerOf(deployment, 'edge-controller'), 'env')[0]).toEqual({
      name: 'NODE_NAME',
      valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } },
    });
  });

  test('it is told what the API is told, and the API besides that it keeps nothing', () => {
    const values = gatewayValues({ workload: { enabled: true, tls: { enabled: true } } });
    const before = variablesOf(objectsOf(chart, values), 'api');
    const objects = withController(values);
    expect(variablesOf(objects, 'edge-controller')).toEqual(before);
    expect(variablesOf(objects, 'api')).toEqual([...before, ['KUBEBYON_EDGE_CONTROLLER_ENABLED', 'true']]);
  });

  test('it is told of its inventory what no EdgeCluster says, where it is set', () => {
    const more = {
      baseDomain: 'edge.example.com',
      retiredTargets: ['t1.edge.example.com', 't2.edge.example.com'],
      acknowledgedWithdrawals: ['HTTPRoute-0123abcd', 'route-89abcdef'],
    };
    expect(variablesOf(withController(gatewayValues({}), more), 'edge-controller')).toEqual([
      ...Object.entries(BASE),
      ['KUBEBYON_EDGE_BASE_DOMAIN', 'edge.example.com'],
      ['KUBEBYON_EDGE_RETIRED_TARGETS', 't1.edge.example.com,t2.edge.example.com'],
      ['KUBEBYON_EDGE_ACKNOWLEDGED_WITHDRAWALS', 'HTTPRoute-0123abcd,route-89abcdef'],
    ]);
    expect(variablesOf(withController(gatewayValues({})), 'edge-controller')).toEqual(Object.entries(BASE));
  });

  test('it runs the command of the controller on EdgeClusters, with its Lease beside it', () => {
    const objects = withController(gatewayValues({}), { dnsServers: ['192.0.2.53', '[2001:db8::53]:53'] });
    const deployment = objectOf(objects, 'Deployment', 'kubebyon-kubebyon-edge-controller');
    expect(dig(containerOf(deployment, 'edge-controller'), 'args')).toEqual([
      ...['sync', '--inventory=edgecluster', '--lease-namespace=kubebyon-system'],
      ...['--metrics-address=[::]:8080', '--log-format=json'],
      ...['--dns-server=192.0.2.53', '--dns-server=[2001:db8::53]:53'],
    ]);
  });
});
