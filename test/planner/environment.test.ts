import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONTROL_PLANE_ENV, EDGE_ENV, WORKLOAD_ENV } from '../../src/contract/environment.ts';
import type {
  GatewayApiConfig,
  IssuerReference,
  WorkloadConfig,
  WorkloadTlsConfig,
} from '../../src/contract/runtime-config.ts';
import {
  describeEnvironmentProblem,
  formatRuntimeEnvironment,
  parseRuntimeConfig,
} from '../../src/planner/index.ts';
import { gatewayConfig, httpOnly, workloadConfig } from '../support/worlds.ts';

const name = fc.stringMatching(/^[a-z]([-a-z0-9]{0,20}[a-z0-9])?$/).filter((text) => !text.startsWith('kb-'));
const optional = <T>(key: string, value: fc.Arbitrary<T>) =>
  fc.option(value, { nil: undefined }).map((one) => (one === undefined ? {} : { [key]: one }));
const issuer: fc.Arbitrary<IssuerReference> = fc.record({
  name,
  kind: fc.constantFrom('Issuer', 'ClusterIssuer'),
  group: fc.constant('cert-manager.io'),
});
const tls: fc.Arbitrary<WorkloadTlsConfig> = fc
  .tuple(
    fc.record({
      httpsListenerName: name.map((text) => `${text}-s`),
      secretName: name,
      httpToHttpsRedirect: fc.boolean(),
      certManager: fc.boolean(),
      selfManaged: fc.boolean(),
      wildcardCertificate: fc.boolean(),
      issuerRef: issuer,
    }),
    optional('selfManagedIssuerRef', issuer),
  )
  .map(([required, extra]) => ({ ...required, ...extra }));
const workload: fc.Arbitrary<WorkloadConfig> = fc
  .tuple(
    fc.record({
      gateway: fc.record({ namespace: name, name }),
      httpListenerName: name.map((text) => `${text}-h`),
      nodeAddressType: fc.constantFrom('internal' as const, 'external' as const),
      backendStrategy: fc.constantFrom('auto' as const, 'podip' as const, 'nodeport' as const),
      podCIDRRoute: fc.record({
        enabled: fc.boolean(),
        mode: fc.constantFrom('local' as const, 'routeagent' as const),
        routePlanNamespace: name,
        targetNodeSelector: fc.dictionary(name, name, { maxKeys: 4, noNullPrototype: true }),
        staleAfterSeconds: fc.integer({ min: 900, max: 3600 }),
        commandTimeoutSeconds: fc.integer({ min: 1, max: 30 }),
        syncIntervalSeconds: fc.integer({ min: 2, max: 300 }),
      }),
      reservedHostnames: fc.array(
        name.map((text) => `${text}.example.com`),
        { maxLength: 2 },
      ),
      listenerSets: fc.boolean(),
    }),
    optional('tls', tls),
  )
  .map(([required, extra]) => ({ ...required, ...extra }));
const config: fc.Arbitrary<GatewayApiConfig> = fc
  .tuple(
    fc.record({
      provider: fc.constant('gatewayapi' as const),
      controlPlane: fc.record({
        gateway: fc.record({ namespace: name, name }),
        listenerName: name,
        syncIntervalSeconds: fc.integer({ min: 1, max: 3600 }),
      }),
    }),
    optional('workload', workload),
  )
  .map(([required, extra]) => ({ ...required, ...extra }));

describe('the environment of the API', () => {
  test('says exactly what the config says, there and back', () => {
    fc.assert(
      fc.property(config, (wanted) => {
        const parsed = parseRuntimeConfig(formatRuntimeEnvironment(wanted));
        expect(parsed).toEqual({ ok: true, config: wanted, warnings: [] });
      }),
    );
  });

  test('without any variable means haproxy', () => {
    expect(parseRuntimeConfig({ PATH: '/bin' })).toEqual({
      ok: true,
      config: { provider: 'haproxy' },
      warnings: [],
    });
  });

  test('with the four base variables alone means that the workload Gateway is off', () => {
    const { workload: _, ...rest } = gatewayConfig();
    expect(parseRuntimeConfig(formatRuntimeEnvironment(rest))).toEqual({
      ok: true,
      config: rest,
      warnings: [],
    });
  });

  test.each([
    ...Object.values(CONTROL_PLANE_ENV),
    ...Object.values(WORKLOAD_ENV),
    ...Object.values(EDGE_ENV),
  ])('without %s is refused by its name', (variable) => {
    const { [variable]: _, ...env } = formatRuntimeEnvironment(gatewayConfig());
    const parsed = parseRuntimeConfig(env);
    expect(parsed.ok).toBe(false);
    const texts = parsed.ok ? [] : parsed.problems.map(describeEnvironmentProblem);
    expect(texts.some((text) => text.startsWith(`${variable} is not set; expected `))).toBe(true);
  });

  test('of an unknown name is a warning', () => {
    const parsed = parseRuntimeConfig({
      ...formatRuntimeEnvironment(gatewayConfig()),
      KUBEBYON_GATEWAY_API_TYPO: 'x',
    });
    expect(parsed.ok && parsed.warnings.map(({ variable }) => variable)).toEqual([
      'KUBEBYON_GATEWAY_API_TYPO',
    ]);
  });

  test.each([
    [WORKLOAD_ENV.backendStrategy, 'PodIP', 'auto or podip or nodeport'],
    [WORKLOAD_ENV.podCIDRRouteEnabled, 'yes', 'true or false'],
    [CONTROL_PLANE_ENV.syncIntervalSeconds, '0', 'a whole number from 1 to 3600'],
    [WORKLOAD_ENV.routeStaleAfterSeconds, '1e3', 'a whole number from 30 to 3600'],
    [WORKLOAD_ENV.httpsListenerName, 'workload-http', 'a listener name other than "workload-http"'],
    [WORKLOAD_ENV.httpsListenerName, 'kb-mine', 'does not begin with kb-'],
    [WORKLOAD_ENV.certManagerIssuerKind, 'Secret', 'Issuer or ClusterIssuer'],
    [WORKLOAD_ENV.routeTargetNodeSelector, 'a=b,a=c', 'label pairs'],
  ])('with %s=%s is refused and says what is allowed', (variable, value, expected) => {
    const parsed = parseRuntimeConfig({ ...formatRuntimeEnvironment(gatewayConfig()), [variable]: value });
    const texts = parsed.ok ? [] : parsed.problems.map(describeEnvironmentProblem);
    expect(texts).toContainEqual(
      expect.stringContaining(`${variable} is ${JSON.stringify(value)}; expected `),
    );
    expect(texts).toContainEqual(expect.stringContaining(expected));
  });

  test('refuses certificates without TLS and without an issuer', () => {
    const off = formatRuntimeEnvironment(gatewayConfig(httpOnly()));
    expect(parseRuntimeConfig({ ...off, [WORKLOAD_ENV.certManagerEnabled]: 'true' }).ok).toBe(false);
    const on = formatRuntimeEnvironment(gatewayConfig(workloadConfig()));
    const nameless = {
      ...on,
      [WORKLOAD_ENV.certManagerIssuerName]: '',
      [WORKLOAD_ENV.certManagerIssuerKind]: '',
      [WORKLOAD_ENV.certManagerIssuerGroup]: '',
    };
    expect(parseRuntimeConfig(nameless).ok).toBe(false);
  });
});
