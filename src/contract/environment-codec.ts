import { CONTROL_PLANE_ENV, EDGE_ENV, GATEWAY_API_ENV_PREFIX, WORKLOAD_ENV } from './environment.ts';
import { RUNTIME_LISTENER_PREFIX } from './labels.ts';
import type {
  GatewayApiConfig,
  IssuerReference,
  RuntimeConfig,
  WorkloadConfig,
  WorkloadTlsConfig,
} from './runtime-config.ts';

/** The environment of a process, as Node gives it. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface EnvironmentProblem {
  readonly severity: 'error' | 'warning';
  readonly variable: string;
  /** What was found; undefined when the variable is not set. */
  readonly found: string | undefined;
  /** What is allowed, in words. */
  readonly expected: string;
}

export type ParsedEnvironment =
  | { readonly ok: true; readonly config: RuntimeConfig; readonly warnings: readonly EnvironmentProblem[] }
  | { readonly ok: false; readonly problems: readonly EnvironmentProblem[] };

/** One sentence for a log line or a terminal. */
export function describeEnvironmentProblem(problem: EnvironmentProblem): string {
  const found = problem.found === undefined ? 'is not set' : `is ${JSON.stringify(problem.found)}`;
  return `${problem.variable} ${found}; expected ${problem.expected}`;
}

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL_KEY = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const DECIMAL = /^(0|[1-9][0-9]{0,8})$/;

/**
 * Reads the variables that the chart puts on the API container (runbook sections 5.2 and 5.4).
 *
 * No variable at all means provider haproxy. A set that is incomplete, or a value outside its grammar, is an
 * error that names the variable; an unknown name under the prefix is a warning. The four base variables alone
 * mean that gatewayAPI.workload is off.
 */
export function parseRuntimeEnvironment(env: Environment): ParsedEnvironment {
  const known = new Set<string>([
    ...Object.values(CONTROL_PLANE_ENV),
    ...Object.values(WORKLOAD_ENV),
    ...Object.values(EDGE_ENV),
  ]);
  const present = (names: Readonly<Record<string, string>>): boolean =>
    Object.values(names).some((name) => env[name] !== undefined);
  const warnings: EnvironmentProblem[] = Object.keys(env)
    .filter((name) => name.startsWith(GATEWAY_API_ENV_PREFIX) && !known.has(name) && env[name] !== undefined)
    .sort()
    .map((variable) => ({
      severity: 'warning',
      variable,
      found: env[variable],
      expected: 'no variable of this name; it has no effect',
    }));

  const hasWorkload = present(WORKLOAD_ENV) || present(EDGE_ENV);
  if (!present(CONTROL_PLANE_ENV) && !hasWorkload) {
    return { ok: true, config: { provider: 'haproxy' }, warnings };
  }
  const reader = environmentReader(env);
  const controlPlane = readControlPlane(reader);
  const workload = hasWorkload ? readWorkload(reader) : undefined;
  if (reader.problems.length > 0) return { ok: false, problems: [...reader.problems, ...warnings] };
  const config: GatewayApiConfig = {
    provider: 'gatewayapi',
    controlPlane,
    ...(workload === undefined ? {} : { workload }),
  };
  return { ok: true, config, warnings };
}

/** The variables that say exactly this config: the inverse of {@link parseRuntimeEnvironment}. */
export function formatRuntimeEnvironment(config: RuntimeConfig): Record<string, string> {
  if (config.provider === 'haproxy') return {};
  const { controlPlane, workload } = config;
  const base = {
    [CONTROL_PLANE_ENV.gatewayNamespace]: controlPlane.gateway.namespace,
    [CONTROL_PLANE_ENV.gatewayName]: controlPlane.gateway.name,
    [CONTROL_PLANE_ENV.listenerName]: controlPlane.listenerName,
    [CONTROL_PLANE_ENV.syncIntervalSeconds]: String(controlPlane.syncIntervalSeconds),
  };
  return workload === undefined ? base : { ...base, ...formatWorkload(workload) };
}

function formatWorkload(workload: WorkloadConfig): Record<string, string> {
  const { tls, podCIDRRoute: route } = workload;
  const selector = Object.entries(route.targetNodeSelector)
    .map(([key, value]) => `${key}=${value}`)
    .sort();
  return {
    [WORKLOAD_ENV.gatewayNamespace]: workload.gateway.namespace,
    [WORKLOAD_ENV.gatewayName]: workload.gateway.name,
    [WORKLOAD_ENV.listenerName]: workload.httpListenerName,
    [WORKLOAD_ENV.httpsListenerName]: tls?.httpsListenerName ?? '',
    [WORKLOAD_ENV.tlsSecretName]: tls?.secretName ?? '',
    [WORKLOAD_ENV.httpToHttpsRedirect]: String(tls?.httpToHttpsRedirect ?? false),
    [WORKLOAD_ENV.certManagerEnabled]: String(tls?.certManager ?? false),
    [WORKLOAD_ENV.certManagerIssuerName]: tls?.issuerRef?.name ?? '',
    [WORKLOAD_ENV.certManagerIssuerKind]: tls?.issuerRef?.kind ?? '',
    [WORKLOAD_ENV.certManagerIssuerGroup]: tls?.issuerRef?.group ?? '',
    [WORKLOAD_ENV.selfManagedCertManagerEnabled]: String(tls?.selfManaged ?? false),
    [WORKLOAD_ENV.selfManagedCertManagerIssuerName]: tls?.selfManagedIssuerRef?.name ?? '',
    [WORKLOAD_ENV.selfManagedCertManagerIssuerKind]: tls?.selfManagedIssuerRef?.kind ?? '',
    [WORKLOAD_ENV.selfManagedCertManagerIssuerGroup]: tls?.selfManagedIssuerRef?.group ?? '',
    [WORKLOAD_ENV.nodeAddressType]: workload.nodeAddressType,
    [WORKLOAD_ENV.backendStrategy]: workload.backendStrategy,
    [WORKLOAD_ENV.podCIDRRouteEnabled]: String(route.enabled),
    [WORKLOAD_ENV.podCIDRRouteMode]: route.mode,
    [WORKLOAD_ENV.routePlanNamespace]: route.routePlanNamespace,
    [WORKLOAD_ENV.routeTargetNodeSelector]: selector.join(','),
    [WORKLOAD_ENV.routeStaleAfterSeconds]: String(route.staleAfterSeconds),
    [WORKLOAD_ENV.routeCommandTimeoutSeconds]: String(route.commandTimeoutSeconds),
    [WORKLOAD_ENV.routeSyncIntervalSeconds]: String(route.syncIntervalSeconds),
    [EDGE_ENV.reservedHostnames]: workload.reservedHostnames.join(','),
    [EDGE_ENV.wildcardCertificate]: String(tls?.wildcardCertificate ?? false),
    [EDGE_ENV.listenerSets]: String(workload.listenerSets),
  };
}

interface EnvironmentReader {
  readonly problems: EnvironmentProblem[];
  /** Records what is wrong with a variable. */
  fail(variable: string, expected: string): void;
  /** The text of a variable that must match; '' after recording a problem. */
  text(variable: string, allowed: (value: string) => boolean, expected: string): string;
  flag(variable: string): boolean;
  decimal(variable: string, min: number, max: number): number;
  choice<const T extends string>(variable: string, choices: readonly [T, ...T[]]): T;
}

function environmentReader(env: Environment): EnvironmentReader {
  const problems: EnvironmentProblem[] = [];
  const fail = (variable: string, expected: string): void => {
    problems.push({ severity: 'error', variable, found: env[variable], expected });
  };
  const text = (variable: string, allowed: (value: string) => boolean, expected: string): string => {
    const value = env[variable];
    if (value !== undefined && allowed(value)) return value;
    fail(variable, expected);
    return '';
  };
  return {
    problems,
    fail,
    text,
    flag: (variable) => text(variable, (v) => v === 'true' || v === 'false', 'true or false') === 'true',
    decimal: (variable, min, max) => {
      const inRange = (v: string): boolean => DECIMAL.test(v) && Number(v) >= min && Number(v) <= max;
      return Number(text(variable, inRange, `a whole number from ${min} to ${max}`));
    },
    choice: (variable, choices) => {
      const found = choices.find((choice) => choice === env[variable]);
      if (found !== undefined) return found;
      fail(variable, choices.join(' or '));
      return choices[0];
    },
  };
}

const isLabel = (value: string): boolean => value.length <= 63 && LABEL.test(value);
const isSubdomain = (value: string): boolean => value.length <= 253 && SUBDOMAIN.test(value);
const NAMESPACE_RULE = 'a namespace: lower-case letters, digits and dashes, at most 63';
const NAME_RULE = 'an object name: lower-case letters, digits, dashes and dots, at most 253';

function readControlPlane(reader: EnvironmentReader): GatewayApiConfig['controlPlane'] {
  return {
    gateway: {
      namespace: reader.text(CONTROL_PLANE_ENV.gatewayNamespace, isLabel, NAMESPACE_RULE),
      name: reader.text(CONTROL_PLANE_ENV.gatewayName, isSubdomain, NAME_RULE),
    },
    listenerName: readListenerName(reader, CONTROL_PLANE_ENV.listenerName),
    syncIntervalSeconds: reader.decimal(CONTROL_PLANE_ENV.syncIntervalSeconds, 1, 3600),
  };
}

function readListenerName(reader: EnvironmentReader, variable: string): string {
  return reader.text(
    variable,
    (value) => isSubdomain(value) && !value.startsWith(RUNTIME_LISTENER_PREFIX),
    `a listener name that does not begin with ${RUNTIME_LISTENER_PREFIX}`,
  );
}

function readWorkload(reader: EnvironmentReader): WorkloadConfig {
  const gateway = {
    namespace: reader.text(WORKLOAD_ENV.gatewayNamespace, isLabel, NAMESPACE_RULE),
    name: reader.text(WORKLOAD_ENV.gatewayName, isSubdomain, NAME_RULE),
  };
  const httpListenerName = readListenerName(reader, WORKLOAD_ENV.listenerName);
  const tls = readTls(reader, httpListenerName);
  return {
    gateway,
    httpListenerName,
    nodeAddressType: reader.choice(WORKLOAD_ENV.nodeAddressType, ['internal', 'external']),
    backendStrategy: reader.choice(WORKLOAD_ENV.backendStrategy, ['auto', 'podip', 'nodeport']),
    ...(tls === undefined ? {} : { tls }),
    podCIDRRoute: readPodCIDRRoute(reader),
    reservedHostnames: readHostnames(reader, EDGE_ENV.reservedHostnames),
    listenerSets: reader.flag(EDGE_ENV.listenerSets),
  };
}

function readTls(reader: EnvironmentReader, httpListenerName: string): WorkloadTlsConfig | undefined {
  const httpsListenerName = reader.text(
    WORKLOAD_ENV.httpsListenerName,
    (value) =>
      value === '' ||
      (isSubdomain(value) && !value.startsWith(RUNTIME_LISTENER_PREFIX) && value !== httpListenerName),
    `empty (TLS off), or a listener name other than ${JSON.stringify(httpListenerName)} that does not begin with ${RUNTIME_LISTENER_PREFIX}`,
  );
  const on = httpsListenerName !== '';
  const secretName = reader.text(
    WORKLOAD_ENV.tlsSecretName,
    (value) => (on ? isSubdomain(value) : value === ''),
    on ? `${NAME_RULE}, because TLS is on` : 'empty, because TLS is off',
  );
  const onlyWithTls = (variable: string): boolean => {
    const value = reader.flag(variable);
    if (value && !on)
      reader.fail(variable, `false, because ${WORKLOAD_ENV.httpsListenerName} is empty (TLS is off)`);
    return value;
  };
  const httpToHttpsRedirect = onlyWithTls(WORKLOAD_ENV.httpToHttpsRedirect);
  const certManager = onlyWithTls(WORKLOAD_ENV.certManagerEnabled);
  const selfManaged = onlyWithTls(WORKLOAD_ENV.selfManagedCertManagerEnabled);
  const wildcardCertificate = reader.flag(EDGE_ENV.wildcardCertificate);
  const issuerRef = readIssuer(reader, {
    name: WORKLOAD_ENV.certManagerIssuerName,
    kind: WORKLOAD_ENV.certManagerIssuerKind,
    group: WORKLOAD_ENV.certManagerIssuerGroup,
  });
  const selfManagedIssuerRef = readIssuer(reader, {
    name: WORKLOAD_ENV.selfManagedCertManagerIssuerName,
    kind: WORKLOAD_ENV.selfManagedCertManagerIssuerKind,
    group: WORKLOAD_ENV.selfManagedCertManagerIssuerGroup,
  });
  if (certManager && issuerRef === undefined) {
    reader.fail(
      WORKLOAD_ENV.certManagerIssuerName,
      `the name of an issuer, because ${WORKLOAD_ENV.certManagerEnabled} is true`,
    );
  }
  if (selfManaged && issuerRef === undefined && selfManagedIssuerRef === undefined) {
    reader.fail(
      WORKLOAD_ENV.selfManagedCertManagerIssuerName,
      `the name of an issuer here or in ${WORKLOAD_ENV.certManagerIssuerName}, because ${WORKLOAD_ENV.selfManagedCertManagerEnabled} is true`,
    );
  }
  if (!on) return undefined;
  return {
    httpsListenerName,
    secretName,
    httpToHttpsRedirect,
    certManager,
    selfManaged,
    wildcardCertificate,
    ...(issuerRef === undefined ? {} : { issuerRef }),
    ...(selfManagedIssuerRef === undefined ? {} : { selfManagedIssuerRef }),
  };
}

function readIssuer(
  reader: EnvironmentReader,
  variables: { readonly name: string; readonly kind: string; readonly group: string },
): IssuerReference | undefined {
  const name = reader.text(variables.name, (v) => v === '' || isSubdomain(v), `empty, or ${NAME_RULE}`);
  const group = reader.text(
    variables.group,
    (v) => v === '' || isSubdomain(v),
    'an API group such as cert-manager.io',
  );
  const kind = reader.text(
    variables.kind,
    (v) =>
      name === '' ||
      (group === 'cert-manager.io'
        ? v === 'Issuer' || v === 'ClusterIssuer'
        : /^[A-Z][A-Za-z0-9]{0,62}$/.test(v)),
    'Issuer or ClusterIssuer (any kind for another group than cert-manager.io)',
  );
  if (name === '') return undefined;
  if (group === '') reader.fail(variables.group, `an API group, because ${variables.name} is set`);
  return { name, kind, group };
}

function readPodCIDRRoute(reader: EnvironmentReader): WorkloadConfig['podCIDRRoute'] {
  const enabled = reader.flag(WORKLOAD_ENV.podCIDRRouteEnabled);
  const syncIntervalSeconds = reader.decimal(WORKLOAD_ENV.routeSyncIntervalSeconds, 2, 300);
  const staleAfterSeconds = reader.decimal(WORKLOAD_ENV.routeStaleAfterSeconds, 30, 3600);
  if (
    enabled &&
    syncIntervalSeconds > 0 &&
    staleAfterSeconds > 0 &&
    staleAfterSeconds < 3 * syncIntervalSeconds
  ) {
    reader.fail(
      WORKLOAD_ENV.routeStaleAfterSeconds,
      `at least ${3 * syncIntervalSeconds}, three times ${WORKLOAD_ENV.routeSyncIntervalSeconds}`,
    );
  }
  return {
    enabled,
    mode: reader.choice(WORKLOAD_ENV.podCIDRRouteMode, ['local', 'routeagent']),
    routePlanNamespace: reader.text(WORKLOAD_ENV.routePlanNamespace, isLabel, NAMESPACE_RULE),
    targetNodeSelector: readSelector(reader, WORKLOAD_ENV.routeTargetNodeSelector),
    staleAfterSeconds,
    commandTimeoutSeconds: reader.decimal(WORKLOAD_ENV.routeCommandTimeoutSeconds, 1, 30),
    syncIntervalSeconds,
  };
}

function readSelector(reader: EnvironmentReader, variable: string): Record<string, string> {
  const pairs = (text: string): (readonly [string, string])[] =>
    (text === '' ? [] : text.split(',')).map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? ['', ''] : [pair.slice(0, at), pair.slice(at + 1)];
    });
  const wellFormed = (text: string): boolean => {
    const entries = pairs(text);
    return (
      entries.length <= 16 &&
      new Set(entries.map(([key]) => key)).size === entries.length &&
      entries.every(([key, value]) => LABEL_KEY.test(key) && LABEL_VALUE.test(value))
    );
  };
  const text = reader.text(variable, wellFormed, 'empty, or at most 16 label pairs such as k=v,k2=v2');
  return Object.fromEntries(pairs(text));
}

function readHostnames(reader: EnvironmentReader, variable: string): string[] {
  const split = (text: string): string[] => (text === '' ? [] : text.split(','));
  const text = reader.text(
    variable,
    (value) => split(value).every(isSubdomain),
    'empty, or hostnames separated by commas',
  );
  return split(text);
}
