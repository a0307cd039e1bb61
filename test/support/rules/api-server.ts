import type { Manifest } from '../../../src/index.ts';
import { dig, digEntries, digList, digText, repeated } from './dig.ts';

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const DNS_LABEL = new RegExp(`^${LABEL}$`);
const SUBDOMAIN = new RegExp(`^${LABEL}(\\.${LABEL})*$`);
const SERVICE_NAME = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
const MAX_ANNOTATION_BYTES = 256 * 1024;

const NAMESPACED: ReadonlySet<string> = new Set([
  'Certificate',
  'ConfigMap',
  'DaemonSet',
  'Deployment',
  'EndpointSlice',
  'Gateway',
  'HTTPRoute',
  'ListenerSet',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'Role',
  'RoleBinding',
  'RoutePlan',
  'Service',
  'ServiceAccount',
  'ServiceMonitor',
  'TLSRoute',
]);

/**
 * What the API server would have against one object beyond its schema: grammars of names, labels and annotations,
 * limits, and the CEL rules of Gateway API. Source: Kubernetes docs "Object Names and IDs", "Labels and Selectors";
 * Kubernetes pkg/apis validation; Gateway API v1 CRDs.
 */
export function apiServerProblems(manifest: Manifest): readonly string[] {
  return [...metadataProblems(manifest), ...(KIND_RULES[manifest.kind]?.(manifest) ?? [])];
}

function metadataProblems(manifest: Manifest): readonly string[] {
  const name = digText(manifest, 'metadata', 'name');
  const namespace = dig(manifest, 'metadata', 'namespace');
  const grammar = manifest.kind === 'Service' ? SERVICE_NAME : SUBDOMAIN;
  const limit = manifest.kind === 'Service' ? 63 : 253;
  const problems: string[] = [];
  if (!grammar.test(name) || name.length > limit) problems.push(`bad name ${name}`);
  if (NAMESPACED.has(manifest.kind) !== (namespace !== undefined))
    problems.push('namespace is wrong for the kind');
  if (namespace !== undefined && !isDnsLabel(namespace)) problems.push(`bad namespace ${String(namespace)}`);
  return [
    ...problems,
    ...labelProblems(manifest, 'metadata', 'labels'),
    ...annotationProblems(manifest, 'metadata', 'annotations'),
  ];
}

function isDnsLabel(text: unknown): boolean {
  return typeof text === 'string' && DNS_LABEL.test(text) && text.length <= 63;
}

function isQualifiedKey(key: string): boolean {
  const [prefix, name, ...more] = key.includes('/') ? key.split('/') : [undefined, key];
  if (more.length > 0 || name === undefined || !QUALIFIED_NAME.test(name) || name.length > 63) return false;
  return prefix === undefined || (SUBDOMAIN.test(prefix) && prefix.length <= 253);
}

function labelProblems(data: unknown, ...path: readonly string[]): readonly string[] {
  return digEntries(data, ...path).flatMap(([key, value]) =>
    isQualifiedKey(key) && typeof value === 'string' && LABEL_VALUE.test(value) && value.length <= 63
      ? []
      : [`bad label ${key}=${String(value)}`],
  );
}

function annotationProblems(data: unknown, ...path: readonly string[]): readonly string[] {
  const entries = digEntries(data, ...path);
  // Annotation keys are checked in lower case, so their prefix may be in either.
  const problems = entries.flatMap(([key, value]) =>
    isQualifiedKey(key.toLowerCase()) && typeof value === 'string' ? [] : [`bad annotation ${key}`],
  );
  const bytes = entries.reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(String(value)),
    0,
  );
  return bytes > MAX_ANNOTATION_BYTES ? [...problems, `${bytes} bytes of annotations`] : problems;
}

const KIND_RULES: Readonly<Record<string, (manifest: Manifest) => readonly string[]>> = {
  Gateway: gatewayProblems,
  HTTPRoute: routeProblems,
  Service: serviceProblems,
  Deployment: workloadProblems,
  DaemonSet: workloadProblems,
  Role: rbacProblems,
  ClusterRole: rbacProblems,
};

const SECTION_NAME = SUBDOMAIN;
const HOSTNAME = new RegExp(`^(\\*\\.)?${LABEL}(\\.${LABEL})*$`);

function gatewayProblems(gateway: Manifest): readonly string[] {
  const listeners = digList(gateway, 'spec', 'listeners');
  const problems: string[] = [];
  if (listeners.length < 1 || listeners.length > 64) problems.push(`${listeners.length} listeners`);
  for (const name of repeated(listeners.map((listener) => dig(listener, 'name'))))
    problems.push(`two listeners ${String(name)}`);
  const keys = listeners.map((listener) =>
    [dig(listener, 'port'), dig(listener, 'protocol'), dig(listener, 'hostname') ?? ''].join('|'),
  );
  for (const key of repeated(keys)) problems.push(`two listeners at ${String(key)}`);
  for (const listener of listeners) problems.push(...listenerProblems(listener));
  problems.push(...labelProblems(gateway, 'spec', 'infrastructure', 'labels'));
  problems.push(...annotationProblems(gateway, 'spec', 'infrastructure', 'annotations'));
  for (const map of ['labels', 'annotations']) {
    if (digEntries(gateway, 'spec', 'infrastructure', map).length > 8) problems.push(`infrastructure.${map}`);
  }
  if (digList(gateway, 'spec', 'addresses').length > 16) problems.push('addresses');
  return problems;
}

function listenerProblems(listener: unknown): readonly string[] {
  const problems: string[] = [];
  const name = digText(listener, 'name');
  const protocol = digText(listener, 'protocol');
  const mode = dig(listener, 'tls', 'mode');
  const hostname = dig(listener, 'hostname');
  if (!SECTION_NAME.test(name) || name.length > 253) problems.push(`listener name ${name}`);
  if (protocol === 'HTTP' && dig(listener, 'tls') !== undefined) problems.push('tls on HTTP');
  if (protocol === 'HTTPS' && mode !== 'Terminate') problems.push('HTTPS does not terminate');
  if (protocol === 'TLS' && mode === undefined) problems.push('TLS without mode');
  if (mode === 'Terminate' && digList(listener, 'tls', 'certificateRefs').length === 0)
    problems.push('no certificate');
  if (mode === 'Passthrough' && dig(listener, 'tls', 'certificateRefs') !== undefined)
    problems.push('a certificate with Passthrough');
  if (hostname !== undefined && !(HOSTNAME.test(String(hostname)) && String(hostname).length <= 253))
    problems.push(`hostname ${String(hostname)}`);
  const from = dig(listener, 'allowedRoutes', 'namespaces', 'from');
  const selector = dig(listener, 'allowedRoutes', 'namespaces', 'selector');
  if ((from === 'Selector') !== (selector !== undefined)) problems.push('from and selector disagree');
  return problems;
}

function routeProblems(route: Manifest): readonly string[] {
  const problems: string[] = [];
  const hostnames = digList(route, 'spec', 'hostnames');
  const rules = digList(route, 'spec', 'rules');
  if (hostnames.length > 16 || rules.length < 1 || rules.length > 16) problems.push('too many or too few');
  for (const rule of rules) {
    const redirects = digList(rule, 'filters').some((filter) => dig(filter, 'type') === 'RequestRedirect');
    if (redirects && digList(rule, 'backendRefs').length > 0) problems.push('redirect with backendRefs');
    if (!redirects && digList(rule, 'backendRefs').length === 0) problems.push('no backendRefs');
    for (const match of digList(rule, 'matches')) {
      const value = digText(match, 'path', 'value');
      if (!value.startsWith('/') || /\/\/|\/\.\.?(\/|$)|%2f|#/i.test(value)) problems.push(`path ${value}`);
    }
  }
  return problems;
}

function serviceProblems(service: Manifest): readonly string[] {
  const ports = digList(service, 'spec', 'ports');
  return [
    ...repeated(ports.map((port) => dig(port, 'port'))).map((port) => `two ports ${String(port)}`),
    ...repeated(ports.map((port) => dig(port, 'name'))).map((name) => `two ports ${String(name)}`),
    ...ports.flatMap((port) => (isDnsLabel(dig(port, 'name')) ? [] : ['port name'])),
  ];
}

function workloadProblems(workload: Manifest): readonly string[] {
  const template = dig(workload, 'spec', 'template');
  const problems: string[] = [
    ...labelProblems(template, 'metadata', 'labels'),
    ...annotationProblems(template, 'metadata', 'annotations'),
    ...labelProblems(template, 'spec', 'nodeSelector'),
  ];
  for (const [key, value] of digEntries(workload, 'spec', 'selector', 'matchLabels')) {
    if (dig(template, 'metadata', 'labels', key) !== value) problems.push(`the selector misses ${key}`);
  }
  const volumes = digList(template, 'spec', 'volumes').map((volume) => dig(volume, 'name'));
  const containers = digList(template, 'spec', 'containers');
  for (const name of repeated(volumes)) problems.push(`two volumes ${String(name)}`);
  for (const name of repeated(containers.map((container) => dig(container, 'name'))))
    problems.push(`two containers ${String(name)}`);
  for (const name of repeated(
    digList(template, 'spec', 'imagePullSecrets').map((secret) => dig(secret, 'name')),
  ))
    problems.push(`two pull Secrets ${String(name)}`);
  for (const container of containers) problems.push(...containerProblems(container, volumes));
  const ports = containers.flatMap((container) => digList(container, 'ports'));
  for (const number of repeated(ports.map((port) => dig(port, 'containerPort'))))
    problems.push(`two container ports ${String(number)}`);
  return problems;
}

function containerProblems(container: unknown, volumes: readonly unknown[]): readonly string[] {
  const mounts = digList(container, 'volumeMounts');
  const ports = digList(container, 'ports').map((port) => digText(port, 'name'));
  return [
    ...(isDnsLabel(dig(container, 'name')) ? [] : ['container name']),
    ...repeated(digList(container, 'env').map((variable) => dig(variable, 'name'))).map(
      (name) => `two variables ${String(name)}`,
    ),
    ...mounts.flatMap((mount) =>
      volumes.includes(dig(mount, 'name')) ? [] : [`no volume ${digText(mount, 'name')}`],
    ),
    ...repeated(mounts.map((mount) => dig(mount, 'mountPath'))).map(
      (path) => `two mounts at ${String(path)}`,
    ),
    // A port name is an IANA service name of at most 15 characters.
    ...ports.flatMap((name) => (isDnsLabel(name) && name.length <= 15 ? [] : [`port name ${name}`])),
    ...['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((probe) => {
      const port = dig(container, probe, 'httpGet', 'port');
      return typeof port === 'string' && !ports.includes(port)
        ? [`${probe} asks the unknown port ${port}`]
        : [];
    }),
  ];
}

function rbacProblems(role: Manifest): readonly string[] {
  return digList(role, 'rules').flatMap((rule) =>
    ['apiGroups', 'resources', 'verbs'].flatMap((field) =>
      digList(rule, field).length === 0 ? [field] : [],
    ),
  );
}
