/**
 * Every kind that the runtime touches and the verbs it needs, as plain data.
 *
 * The chart derives the Roles and ClusterRoles of whoever keeps the entries from this table: the API, or the edge
 * controller. test/chart/uses.test.ts compares it in both
 * directions with what plans need (`src/planner/world/kinds.ts`) and what is done beside them (`declared-uses.ts`).
 */
export interface Permission {
  readonly apiGroup: string;
  readonly resources: readonly string[];
  readonly verbs: readonly Verb[];
  readonly scope: PermissionScope;
  readonly when: PermissionCondition;
  /** Why the runtime needs it, one line, for the reader of the rendered Role. */
  readonly why: string;
}

/** What may be done to a kind, as in a Role. */
export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete';

/**
 * Where a permission holds.
 * - `any-namespace`: vCluster namespaces come and go, so this needs a ClusterRole.
 * - `cluster`: the kind has no namespace, so this needs a ClusterRole too.
 * - `control-plane-gateway-namespace`, `workload-gateway-namespace`: the effective namespace of that Gateway.
 * - `route-plan-namespace`: the effective gatewayAPI.workload.podCIDRRoute.routePlanNamespace.
 * - `release-namespace`: where the API runs.
 */
export type PermissionScope =
  | 'any-namespace'
  | 'cluster'
  | 'control-plane-gateway-namespace'
  | 'workload-gateway-namespace'
  | 'route-plan-namespace'
  | 'release-namespace';

/** Which Role of the chart grants what holds in a scope; its name ends with whose it is and this. */
export const ROLE_OF_SCOPE: Readonly<
  Record<PermissionScope, { readonly kind: 'ClusterRole' | 'Role'; readonly ending: string }>
> = {
  'any-namespace': { kind: 'ClusterRole', ending: '' },
  cluster: { kind: 'ClusterRole', ending: '' },
  'control-plane-gateway-namespace': { kind: 'Role', ending: '-control-plane' },
  'workload-gateway-namespace': { kind: 'Role', ending: '-workload' },
  'route-plan-namespace': { kind: 'Role', ending: '-route-plans' },
  'release-namespace': { kind: 'Role', ending: '' },
};

/**
 * When a permission is needed.
 * - `always`: whatever publicAccess.provider says; clean-up after a switch back to haproxy needs it.
 * - `gatewayapi`: publicAccess.provider is gatewayapi.
 * - `workload`: also gatewayAPI.workload.enabled.
 * - `tls`: also gatewayAPI.workload.tls.enabled.
 * - `certificates`: also certManager.enabled or certManager.selfManaged.enabled.
 * - `listenerSets`: also gatewayAPI.workload.listenerSets.
 * - `podCIDRRoute`: also podCIDRRoute.enabled with mode routeagent.
 * - `edgeController`: also edgeController.enabled.
 * - `cleanUp`: while the release is uninstalled, with `podCIDRRoute` and routeAgent.cleanUp.enabled.
 */
export type PermissionCondition =
  | 'always'
  | 'gatewayapi'
  | 'workload'
  | 'tls'
  | 'certificates'
  | 'listenerSets'
  | 'podCIDRRoute'
  | 'edgeController'
  | 'cleanUp';

const GATEWAY_API_GROUP = 'gateway.networking.k8s.io';

/** Every permission that the runtime needs, from which the chart makes its Roles. */
export const RUNTIME_PERMISSIONS: readonly Permission[] = [
  {
    apiGroup: GATEWAY_API_GROUP,
    resources: ['tlsroutes', 'httproutes'],
    verbs: ['get', 'list', 'watch', 'delete'],
    scope: 'any-namespace',
    when: 'always',
    why: 'sees every route that attaches to the Gateways and removes its own',
  },
  {
    apiGroup: GATEWAY_API_GROUP,
    resources: ['tlsroutes'],
    verbs: ['create', 'patch'],
    scope: 'any-namespace',
    when: 'gatewayapi',
    why: 'one TLSRoute beside each vCluster API Service',
  },
  {
    apiGroup: GATEWAY_API_GROUP,
    resources: ['httproutes'],
    verbs: ['create', 'patch'],
    scope: 'any-namespace',
    when: 'workload',
    why: 'HTTP, HTTPS and redirect routes in each vCluster namespace',
  },
  {
    apiGroup: '',
    resources: ['services'],
    verbs: ['get', 'list', 'watch', 'delete'],
    scope: 'any-namespace',
    when: 'always',
    why: 'sees the vCluster API Services and removes its own shim Services',
  },
  {
    apiGroup: '',
    resources: ['services'],
    verbs: ['create', 'patch'],
    scope: 'any-namespace',
    when: 'workload',
    why: 'one shim Service in each vCluster namespace',
  },
  {
    apiGroup: 'discovery.k8s.io',
    resources: ['endpointslices'],
    verbs: ['get', 'list', 'watch', 'delete'],
    scope: 'any-namespace',
    when: 'always',
    why: 'sees and removes the EndpointSlices of its shim Services',
  },
  {
    apiGroup: 'discovery.k8s.io',
    resources: ['endpointslices'],
    verbs: ['create', 'patch'],
    scope: 'any-namespace',
    when: 'workload',
    why: 'the backends of each shim Service',
  },
  {
    apiGroup: GATEWAY_API_GROUP,
    resources: ['gateways'],
    verbs: ['get', 'list', 'watch'],
    scope: 'control-plane-gateway-namespace',
    when: 'gatewayapi',
    why: 'reads the control-plane Gateway and its status',
  },
  {
    apiGroup: GATEWAY_API_GROUP,
    resources: ['gateways'],
    verbs: ['get', 'list', 'watch', 'patch'],
    scope: 'workload-gateway-namespace',
    when: 'workload',
    why: 'adds and removes its own HTTPS listeners; patch alone can never create a Gateway',
  },
  {
    apiGroup: GATEWAY_API_GROUP,
    resources: ['listenersets'],
    verbs: ['get', 'list', 'watch', 'delete'],
    scope: 'any-namespace',
    when: 'always',
    why: 'sees and removes its own ListenerSets',
  },
  {
    apiGroup: GATEWAY_API_GROUP,
    resources: ['listenersets'],
    verbs: ['create', 'patch'],
    scope: 'workload-gateway-namespace',
    when: 'listenerSets',
    why: 'HTTPS listeners of self-managed hostnames',
  },
  {
    apiGroup: 'cert-manager.io',
    resources: ['certificates'],
    verbs: ['get', 'list', 'watch', 'delete'],
    scope: 'any-namespace',
    when: 'always',
    why: 'sees and removes its own Certificates',
  },
  {
    apiGroup: 'cert-manager.io',
    resources: ['certificates'],
    verbs: ['create', 'patch'],
    scope: 'workload-gateway-namespace',
    when: 'certificates',
    why: 'shared and dedicated Certificates',
  },
  {
    apiGroup: '',
    resources: ['secrets'],
    verbs: ['get', 'list', 'watch'],
    scope: 'workload-gateway-namespace',
    when: 'tls',
    why: 'knows which names a served certificate covers and when it ends',
  },
  {
    apiGroup: '',
    resources: ['secrets'],
    verbs: ['get'],
    scope: 'any-namespace',
    when: 'workload',
    why: 'the kubeconfig of each vCluster, by its name from the inventory; never a list',
  },
  {
    apiGroup: '',
    resources: ['nodes'],
    verbs: ['get', 'list', 'watch'],
    scope: 'cluster',
    when: 'workload',
    why: 'host Node addresses for the NodePort fallback, and what tenants may never name',
  },
  {
    apiGroup: 'kubebyon.app',
    resources: ['routeplans'],
    verbs: ['get', 'list', 'watch', 'delete'],
    scope: 'any-namespace',
    when: 'always',
    why: 'sees and removes its own RoutePlans',
  },
  {
    apiGroup: 'kubebyon.app',
    resources: ['routeplans'],
    verbs: ['create', 'patch'],
    scope: 'route-plan-namespace',
    when: 'podCIDRRoute',
    why: 'tells the route agents which PodCIDR routes to install',
  },
  {
    apiGroup: 'kubebyon.app',
    resources: ['routeplans/status'],
    verbs: ['get', 'patch'],
    scope: 'route-plan-namespace',
    when: 'podCIDRRoute',
    why: 'conditions of a RoutePlan and the items of Nodes that are gone',
  },
  {
    apiGroup: 'coordination.k8s.io',
    resources: ['leases'],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch'],
    scope: 'route-plan-namespace',
    when: 'podCIDRRoute',
    why: 'heartbeats of the route agents and of the planner',
  },
  {
    apiGroup: 'coordination.k8s.io',
    resources: ['leases'],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch'],
    scope: 'release-namespace',
    when: 'always',
    why: 'one API replica plans, or cleans up, at a time',
  },
];

/** What the edge controller may do besides {@link RUNTIME_PERMISSIONS}. */
export const EDGE_CONTROLLER_PERMISSIONS: readonly Permission[] = [
  {
    apiGroup: 'kubebyon.app',
    resources: ['edgeclusters'],
    verbs: ['get', 'list', 'watch'],
    scope: 'any-namespace',
    when: 'edgeController',
    why: 'the inventory',
  },
  {
    apiGroup: 'kubebyon.app',
    resources: ['edgeclusters/status'],
    verbs: ['patch'],
    scope: 'any-namespace',
    when: 'edgeController',
    why: 'says what became of each cluster; the spec stays the platform’s',
  },
  {
    apiGroup: 'events.k8s.io',
    resources: ['events'],
    verbs: ['create', 'patch'],
    scope: 'any-namespace',
    when: 'edgeController',
    why: 'tells what it did, beside the object that it did it for',
  },
];

/** What the API may do instead of {@link RUNTIME_PERMISSIONS} when the edge controller keeps the entries. */
export const INVENTORY_PERMISSIONS: readonly Permission[] = [
  {
    apiGroup: 'kubebyon.app',
    resources: ['edgeclusters'],
    verbs: ['get', 'list', 'watch', 'create', 'patch', 'delete'],
    scope: 'any-namespace',
    when: 'edgeController',
    why: 'writes the inventory: one EdgeCluster beside each vCluster',
  },
];

/** What the Job may do that takes the routes of agents away before an uninstallation. */
export const ROUTE_CLEANUP_PERMISSIONS: readonly Permission[] = [
  {
    apiGroup: 'kubebyon.app',
    resources: ['routeplans'],
    verbs: ['list', 'watch', 'patch', 'delete'],
    scope: 'route-plan-namespace',
    when: 'cleanUp',
    why: 'empties RoutePlans, sees what agents say, and removes them',
  },
  {
    apiGroup: 'coordination.k8s.io',
    resources: ['leases'],
    verbs: ['get', 'create', 'update'],
    scope: 'release-namespace',
    when: 'cleanUp',
    why: 'takes the Lease of whoever would write RoutePlans anew',
  },
];
