import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chartNamed } from '../../src/chart/charts.ts';
import type { IssuerReference } from '../../src/contract/runtime-config.ts';
import { hasErrors, render, validate, valuesFrom } from '../../src/index.ts';
import { formatRuntimeEnvironment, parseRuntimeConfig, type RuntimeConfig } from '../../src/planner/index.ts';
import { boundedName } from '../../src/text/bounded-name.ts';
import { CHARTS } from '../support/objects.ts';
import { leavesOf, type RandomCase, validCase, withValue } from '../support/random-values.ts';
import { dig, digList } from '../support/rules/dig.ts';
import { gatewayConfig } from '../support/worlds.ts';

const RUNS = { numRuns: 50, seed: 20261123 };

/** The variables of the API container as the rendered Deployment carries them; those from elsewhere are left out. */
function apiEnvironment({ chart, values, release }: RandomCase): Readonly<Record<string, string>> {
  const { manifests } = render(valuesFrom(chart, values), release);
  const containers = manifests
    .filter(({ manifest }) => manifest.kind === 'Deployment')
    .flatMap(({ manifest }) => digList(manifest, 'spec', 'template', 'spec', 'containers'))
    .filter((container) => dig(container, 'name') === 'api');
  expect(containers).toHaveLength(1);
  return Object.fromEntries(
    digList(containers[0], 'env').flatMap((variable) => {
      const value = dig(variable, 'value');
      return typeof value === 'string' ? [[String(dig(variable, 'name')), value]] : [];
    }),
  );
}

/** Reads one of the values; what is not given has the default of the runbook. */
type Read = <T>(path: string, otherwise: T) => T;

function reader(values: unknown): Read {
  // A value that is given has the type of its default: the values have passed validation.
  return <T>(path: string, otherwise: T) => (dig(values, ...path.split('.')) as T | undefined) ?? otherwise;
}

/** A text of which empty means what follows. */
function first(...texts: readonly string[]): string {
  return texts.find((text) => text !== '') ?? '';
}

/** What the values say to the runtime, worked out from the runbook (sections 3.1, 5.2 and 5.4). */
function configOf({ values, release }: RandomCase): RuntimeConfig {
  const read = reader(values);
  if (read('publicAccess.provider', 'haproxy') === 'haproxy') return { provider: 'haproxy' };
  const namespace = first(read('gatewayAPI.namespace', ''), release.namespace);
  const fullname = first(read('fullnameOverride', ''), `${release.name}-kubebyon`);
  const named = (path: string, suffix: string): string =>
    first(read(path, ''), boundedName(`${fullname}-${suffix}`));
  const controlPlane = {
    gateway: { namespace, name: named('gatewayAPI.name', 'control-plane-gateway') },
    listenerName: read('gatewayAPI.listenerName', 'control-plane'),
    syncIntervalSeconds: read('gatewayAPI.syncIntervalSeconds', 10),
  };
  const w = <T>(path: string, otherwise: T): T => read(`gatewayAPI.workload.${path}`, otherwise);
  if (!w('enabled', false)) return { provider: 'gatewayapi', controlPlane };

  const issuer = (path: string): IssuerReference | undefined =>
    w(`${path}.name`, '') === ''
      ? undefined
      : {
          name: w(`${path}.name`, ''),
          kind: w(`${path}.kind`, 'ClusterIssuer'),
          group: w(`${path}.group`, 'cert-manager.io'),
        };
  const shared = issuer('certManager.issuerRef');
  const own = issuer('certManager.selfManaged.issuerRef');
  const tls = {
    httpsListenerName: first(w('tls.httpsListenerName', ''), 'workload-https'),
    secretName: named('gatewayAPI.workload.tls.secretName', 'workload-tls'),
    httpToHttpsRedirect: w('tls.httpToHttpsRedirect', true),
    certManager: w('certManager.enabled', false),
    selfManaged: w('certManager.selfManaged.enabled', false),
    wildcardCertificate: w('certManager.wildcard', false),
    ...(shared === undefined ? {} : { issuerRef: shared }),
    ...(own === undefined ? {} : { selfManagedIssuerRef: own }),
  };
  return {
    provider: 'gatewayapi',
    controlPlane,
    workload: {
      gateway: {
        namespace: first(w('namespace', ''), namespace),
        name: named('gatewayAPI.workload.name', 'workload-gateway'),
      },
      httpListenerName: first(w('listenerName', ''), w('tls.httpListenerName', ''), 'workload-http'),
      nodeAddressType: w<'internal' | 'external'>('nodeAddressType', 'internal'),
      backendStrategy: w<'auto' | 'podip' | 'nodeport'>('backendStrategy', 'auto'),
      ...(w('tls.enabled', false) ? { tls } : {}),
      podCIDRRoute: {
        enabled: w('podCIDRRoute.enabled', false),
        mode: w<'local' | 'routeagent'>('podCIDRRoute.mode', 'routeagent'),
        routePlanNamespace: first(w('podCIDRRoute.routePlanNamespace', ''), release.namespace),
        targetNodeSelector: w('podCIDRRoute.targetNodeSelector', {}),
        staleAfterSeconds: w('podCIDRRoute.staleAfterSeconds', 120),
        commandTimeoutSeconds: w('podCIDRRoute.commandTimeoutSeconds', 5),
        syncIntervalSeconds: w('podCIDRRoute.syncIntervalSeconds', 10),
      },
      reservedHostnames: read('gatewayAPI.platform.enabled', false)
        ? [read('gatewayAPI.platform.hostname', '')]
        : [],
      listenerSets: w('listenerSets', false),
    },
  };
}

/** Valid values with Gateways for the entries, and with everything of `on`, which few draws have by themselves. */
function gatewayCase(chart: RandomCase['chart'], on: readonly string[]): fc.Arbitrary<RandomCase> {
  return validCase(chart)
    .map((aCase) => ({
      ...aCase,
      values: on.reduce(
        (values, path) => withValue(values, path.split('.'), true),
        withValue(aCase.values, ['publicAccess', 'provider'], 'gatewayapi'),
      ),
    }))
    .filter(({ values, release }) => !hasErrors(validate(valuesFrom(chart, values), release)));
}

const ON = [
  ['the control plane', []],
  ['workloads', ['gatewayAPI.workload.enabled']],
  ['workloads with TLS', ['gatewayAPI.workload.enabled', 'gatewayAPI.workload.tls.enabled']],
] as const;

describe.each(CHARTS)('what %s tells the API', (chart) => {
  test.each(ON)('says the same as the values, with Gateways for %s', (_, on) => {
    fc.assert(
      fc.property(gatewayCase(chart, on), (aCase) => {
        const parsed = parseRuntimeConfig(apiEnvironment(aCase));
        // No warnings: every variable is one that the runtime knows.
        expect(parsed).toEqual({ ok: true, config: configOf(aCase), warnings: [] });
        // And nothing is told twice over: the config alone gives the same variables again.
        if (parsed.ok) expect(sameMeaning(parsed.config)).toEqual(parsed.config);
      }),
      RUNS,
    );
  });

  test('is nothing at all with haproxy', () => {
    fc.assert(
      fc.property(validCase(chart), (aCase) => {
        fc.pre(reader(aCase.values)('publicAccess.provider', 'haproxy') === 'haproxy');
        expect(parseRuntimeConfig(apiEnvironment(aCase))).toEqual({
          ok: true,
          config: { provider: 'haproxy' },
          warnings: [],
        });
      }),
      { ...RUNS, numRuns: 15 },
    );
  });
});

function sameMeaning(config: RuntimeConfig): unknown {
  const again = parseRuntimeConfig(formatRuntimeEnvironment(config));
  return again.ok ? again.config : again.problems;
}

/** The whole numbers of the values and the variables that carry them. */
const NUMBERS: Readonly<Record<string, string>> = {
  'gatewayAPI.syncIntervalSeconds': 'KUBEBYON_GATEWAY_API_SYNC_INTERVAL_SECONDS',
  'gatewayAPI.workload.podCIDRRoute.staleAfterSeconds':
    'KUBEBYON_GATEWAY_API_WORKLOAD_ROUTE_STALE_AFTER_SECONDS',
  'gatewayAPI.workload.podCIDRRoute.commandTimeoutSeconds':
    'KUBEBYON_GATEWAY_API_WORKLOAD_ROUTE_COMMAND_TIMEOUT_SECONDS',
  'gatewayAPI.workload.podCIDRRoute.syncIntervalSeconds':
    'KUBEBYON_GATEWAY_API_WORKLOAD_ROUTE_SYNC_INTERVAL_SECONDS',
};

describe.each(CHARTS)('the bounds of %s', (chart) => {
  const integers = leavesOf(chartNamed(chart).values).flatMap(({ path, definition }) =>
    path[0] === 'gatewayAPI' && definition.kind === 'integer' ? [{ path: path.join('.'), definition }] : [],
  );

  test('concern the numbers that this test knows', () => {
    expect(integers.map(({ path }) => path).sort()).toEqual(Object.keys(NUMBERS).sort());
  });

  test.each(integers)('are those of the variable: $path', ({ path, definition }) => {
    const variable = NUMBERS[path] ?? '';
    // With podCIDRRoute off staleAfterSeconds and syncIntervalSeconds do not depend on each other.
    const env = formatRuntimeEnvironment(gatewayConfig());
    const off = { ...env, KUBEBYON_GATEWAY_API_WORKLOAD_PODCIDR_ROUTE_ENABLED: 'false' };
    const accepts = (value: number): boolean => parseRuntimeConfig({ ...off, [variable]: String(value) }).ok;
    const { minimum, maximum } = definition;
    expect([minimum - 1, minimum, maximum, maximum + 1].map(accepts)).toEqual([false, true, true, false]);
  });
});
