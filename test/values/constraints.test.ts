import { describe, expect, test } from 'vitest';
import { type MultiNodeUserValues, validate, valuesFrom } from '../../src/index.ts';
import { USUAL_RELEASE } from '../support/cases.ts';

type Values = MultiNodeUserValues;

/** What is refused; advice of the same code may stand beside it. */
const codesOf = (
  values: Values,
  release: { readonly name: string; readonly namespace: string } = USUAL_RELEASE,
) =>
  validate(valuesFrom('multi-node', values), release)
    .filter(({ severity }) => severity === 'error')
    .map(({ code }) => code);

const entries = (gatewayAPI: NonNullable<Values['gatewayAPI']>, more: Values = {}): Values => ({
  publicAccess: { provider: 'gatewayapi' },
  gatewayAPI,
  ...more,
});
const PLATFORM = { enabled: true, hostname: 'kubebyon.example.com', tlsSecretName: 'edge-tls' };

/** Each rule with values that break it, and with the same values where one of its conditions does not hold. */
describe.each<[code: string, broken: Values, others: readonly (readonly [why: string, values: Values])[]]>([
  [
    'WebNeedsService',
    entries({ platform: PLATFORM }, { web: { enabled: true, service: { create: false } } }),
    [
      [
        'without web',
        entries({ platform: PLATFORM }, { web: { enabled: false, service: { create: false } } }),
      ],
    ],
  ],
  [
    'GatewayNamesCollide',
    entries({ platform: { ...PLATFORM, name: 'one' }, workload: { enabled: true, name: 'one' } }),
    [
      [
        'without the platform entry',
        entries({ platform: { name: 'one' }, workload: { enabled: true, name: 'one' } }),
      ],
      [
        'without workload entries',
        entries({ platform: { ...PLATFORM, name: 'one' }, workload: { name: 'one' } }),
      ],
      [
        'without the platform entry, whose name is that of the control plane',
        entries({ name: 'one', platform: { name: 'one' } }),
      ],
    ],
  ],
  [
    'ListenerNamesEqual',
    entries({
      workload: { enabled: true, listenerName: 'one', tls: { enabled: true, httpsListenerName: 'one' } },
    }),
    [
      [
        'without TLS',
        entries({ workload: { enabled: true, listenerName: 'one', tls: { httpsListenerName: 'one' } } }),
      ],
    ],
  ],
  [
    'TlsSecretsCollide',
    entries({
      platform: PLATFORM,
      workload: { enabled: true, tls: { enabled: true, secretName: 'edge-tls' } },
    }),
    [
      [
        'without TLS',
        entries({ platform: PLATFORM, workload: { enabled: true, tls: { secretName: 'edge-tls' } } }),
      ],
      [
        'without workload entries',
        entries({ platform: PLATFORM, workload: { tls: { enabled: true, secretName: 'edge-tls' } } }),
      ],
      [
        'without the platform entry',
        entries({
          platform: { tlsSecretName: 'edge-tls' },
          workload: { enabled: true, tls: { enabled: true, secretName: 'edge-tls' } },
        }),
      ],
      [
        'in two namespaces',
        entries({
          platform: PLATFORM,
          workload: { enabled: true, namespace: 'other', tls: { enabled: true, secretName: 'edge-tls' } },
        }),
      ],
    ],
  ],
  [
    'ServicePortsCollide',
    { publicAccess: { provider: 'haproxy' }, api: { service: { port: 443 } } },
    [
      [
        'on the network of the Node',
        { publicAccess: { provider: 'haproxy' }, api: { service: { port: 443 }, hostNetwork: true } },
      ],
      ['without haproxy', entries({}, { api: { service: { port: 443 } } })],
    ],
  ],
  [
    'HealthPortTaken',
    { publicAccess: { provider: 'haproxy' }, haproxy: { healthPort: 8443 } },
    [
      [
        'on the network of the Node',
        { publicAccess: { provider: 'haproxy' }, haproxy: { healthPort: 8443 }, api: { hostNetwork: true } },
      ],
      ['without haproxy', entries({}, { haproxy: { healthPort: 8443 } })],
    ],
  ],
  [
    'HealthPortTaken',
    { publicAccess: { provider: 'haproxy' }, haproxy: { healthPort: 8080 }, api: { hostNetwork: true } },
    [['without haproxy', entries({}, { haproxy: { healthPort: 8080 }, api: { hostNetwork: true } })]],
  ],
  [
    'RoutesFromOtherNamespaces',
    entries({
      workload: { enabled: true, namespace: 'other', allowedRoutes: { namespaces: { from: 'Same' } } },
    }),
    [
      [
        'without workload entries',
        entries({ workload: { namespace: 'other', allowedRoutes: { namespaces: { from: 'Same' } } } }),
      ],
      [
        'in the namespace of the release',
        entries({ workload: { enabled: true, allowedRoutes: { namespaces: { from: 'Same' } } } }),
      ],
      [
        'from all namespaces',
        entries({
          workload: { enabled: true, namespace: 'other', allowedRoutes: { namespaces: { from: 'All' } } },
        }),
      ],
    ],
  ],
  [
    'LocalRoutesNeedHostNetwork',
    entries({ workload: { enabled: true, podCIDRRoute: { enabled: true, mode: 'local' } } }),
    [
      [
        'without routes',
        entries({ workload: { enabled: true, podCIDRRoute: { enabled: false, mode: 'local' } } }),
      ],
    ],
  ],
  ...[42, 99, 186, 187, 188, 189, 192].map((protocol): [string, Values, [string, Values][]] => [
    'RouteProtocolTaken',
    entries({ workload: { enabled: true, podCIDRRoute: { enabled: true } } }, { routeAgent: { protocol } }),
    [
      ['without routes', entries({ workload: { enabled: true } }, { routeAgent: { protocol } })],
      [
        'with the next number',
        entries(
          { workload: { enabled: true, podCIDRRoute: { enabled: true } } },
          { routeAgent: { protocol: 193 } },
        ),
      ],
    ],
  ]),
  [
    'StaleAfterTooShort',
    entries({
      workload: {
        enabled: true,
        podCIDRRoute: { enabled: true, staleAfterSeconds: 30, syncIntervalSeconds: 11 },
      },
    }),
    [
      [
        'without routes',
        entries({
          workload: {
            enabled: true,
            podCIDRRoute: { enabled: false, staleAfterSeconds: 30, syncIntervalSeconds: 11 },
          },
        }),
      ],
      [
        'with three times the interval',
        entries({
          workload: {
            enabled: true,
            podCIDRRoute: { enabled: true, staleAfterSeconds: 30, syncIntervalSeconds: 10 },
          },
        }),
      ],
    ],
  ],
])('%s', (code, broken, others) => {
  test('is found where all of its conditions hold', () => {
    expect(codesOf(broken)).toContain(code);
  });

  test.each(others)('is not found %s', (_why, values) => {
    expect(codesOf(values)).not.toContain(code);
  });
});

describe('the name of a release', () => {
  const codes = (name: string, values: Values = {}) => codesOf(values, { ...USUAL_RELEASE, name });

  test('is told once, that Helm refuses it or that Services cannot be named after it', () => {
    expect(codes('-x')).toEqual(['ReleaseNameUnfit']);
    expect(codes('1x')).toEqual(['ReleaseNameUnfit']);
    expect(codes('1x', { fullnameOverride: 'x' })).toEqual([]);
  });
});
