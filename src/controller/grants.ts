import {
  EDGE_CONTROLLER_PERMISSIONS,
  type Permission,
  type PermissionScope,
  ROLE_OF_SCOPE,
  RUNTIME_PERMISSIONS,
} from '../contract/permissions.ts';
import type { RuntimeConfig } from '../contract/runtime-config.ts';
import { namespaceOf } from './facts/condition.ts';

/** What somebody may not do, as the API server says it. */
interface Denied {
  readonly verb: string;
  /** With its subresource: `edgeclusters/status`. */
  readonly resource: string;
  readonly group: string;
  /** Undefined: what has no namespace, or all of them. */
  readonly namespace: string | undefined;
}

/** The sentence of every authorizer of Kubernetes; what denies by another sentence is no missing permission. */
const SENTENCE =
  /cannot (\w+) resource "([^"]+)" in API group "([^"]*)" (?:in the namespace "([^"]+)"|at the cluster scope)/;

const PERMISSIONS: readonly Permission[] = [...RUNTIME_PERMISSIONS, ...EDGE_CONTROLLER_PERMISSIONS];

/**
 * Which permission to grant, and which Role of the chart has it, for a 403 of the host's API server.
 *
 * @param message what the API server says. @returns undefined when it says of no permission.
 */
export function grantHint(message: string, config: RuntimeConfig): string | undefined {
  const denied = deniedIn(message);
  if (denied === undefined) return undefined;
  const { verb, resource, group, namespace } = denied;
  const what = `${verb} on ${resource}${group === '' ? '' : `.${group}`}`;
  const scope = scopeOf(denied, config);
  if (scope === undefined) {
    return `grant ${what} ${namespace === undefined ? 'in the whole cluster' : `in namespace ${namespace}`}; no Role of the chart does`;
  }
  const { kind, ending } = ROLE_OF_SCOPE[scope];
  const roles = `${kind} *-edge-controller${ending}, or *-api${ending} where the API keeps the entries`;
  return `grant ${what} ${WHERE[scope]}: of the chart the ${roles}; with rbac.create=false see Permissions in docs/runtime.md`;
}

const WHERE: Readonly<Record<PermissionScope, string>> = {
  'any-namespace': 'in every namespace',
  cluster: 'in the whole cluster',
  'control-plane-gateway-namespace': 'in the namespace of the control-plane Gateway',
  'workload-gateway-namespace': 'in the namespace of the workload Gateway',
  'route-plan-namespace': 'in the namespace of the RoutePlans',
  'release-namespace': 'in the release namespace',
};

function deniedIn(message: string): Denied | undefined {
  const [, verb, resource, group, namespace] = SENTENCE.exec(message) ?? [];
  if (verb === undefined || resource === undefined || group === undefined) return undefined;
  return { verb, resource, group, namespace };
}

/** Of several permissions the one of this very namespace, then one for all of them. */
function scopeOf(
  { verb, resource, group, namespace }: Denied,
  config: RuntimeConfig,
): PermissionScope | undefined {
  const scopes = PERMISSIONS.filter(
    ({ apiGroup, resources, verbs }) =>
      apiGroup === group && resources.includes(resource) && verbs.some((one) => one === verb),
  ).map(({ scope }) => scope);
  return (
    scopes.find((scope) => namespace !== undefined && namespaceOf(scope, config) === namespace) ??
    scopes.find((scope) => scope === 'any-namespace' || scope === 'cluster') ??
    // Where the release is, the config does not say.
    scopes.find((scope) => scope === 'release-namespace') ??
    scopes[0]
  );
}
