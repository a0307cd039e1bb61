import type { Permission } from './permissions.ts';

/**
 * What processes do beside the plan, each with its reason. What plans need is read from their kinds
 * (`src/planner/world/kinds.ts`). A use without a grant, or a grant without a use, fails test/chart/uses.test.ts.
 */
export const API_USES: readonly Permission[] = [
  {
    apiGroup: '',
    resources: ['secrets'],
    verbs: ['get'],
    scope: 'any-namespace',
    when: 'workload',
    why: 'reads the kubeconfig of a vCluster to see its Nodes, Pods and Services',
  },
  {
    apiGroup: 'kubebyon.app',
    resources: ['routeplans/status'],
    verbs: ['get', 'patch'],
    scope: 'route-plan-namespace',
    when: 'podCIDRRoute',
    why: 'reads what agents report and drops the items of Nodes that are gone',
  },
  {
    apiGroup: 'coordination.k8s.io',
    resources: ['leases'],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch'],
    scope: 'route-plan-namespace',
    when: 'podCIDRRoute',
    why: 'watches the heartbeats of agents and gives its own, by which they know that plans are fresh',
  },
  {
    apiGroup: 'coordination.k8s.io',
    resources: ['leases'],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch'],
    scope: 'release-namespace',
    when: 'always',
    why: 'elects the replica that writes',
  },
];

/** What the edge controller does besides what the API does where it keeps the entries itself. */
export const EDGE_CONTROLLER_USES: readonly Permission[] = [
  {
    apiGroup: 'kubebyon.app',
    resources: ['edgeclusters'],
    verbs: ['get', 'list', 'watch'],
    scope: 'any-namespace',
    when: 'edgeController',
    why: 'reads and follows the inventory',
  },
  {
    apiGroup: 'kubebyon.app',
    resources: ['edgeclusters/status'],
    verbs: ['patch'],
    scope: 'any-namespace',
    when: 'edgeController',
    why: 'applies the status of each cluster, under its own field manager',
  },
  {
    apiGroup: 'events.k8s.io',
    resources: ['events'],
    verbs: ['create', 'patch'],
    scope: 'any-namespace',
    when: 'edgeController',
    why: 'tells an event once, and counts it when it comes again',
  },
];

/** What the API does when the edge controller keeps the entries. */
export const INVENTORY_USES: readonly Permission[] = [
  {
    apiGroup: 'kubebyon.app',
    resources: ['edgeclusters'],
    verbs: ['get', 'list', 'watch', 'create', 'patch', 'delete'],
    scope: 'any-namespace',
    when: 'edgeController',
    why: 'keeps one EdgeCluster for each cluster of the platform, and shows its status',
  },
];

/** The route agent runs with podCIDRRoute only, so all of these hold then. */
export const ROUTE_AGENT_USES: readonly Permission[] = [
  {
    apiGroup: '',
    resources: ['nodes'],
    verbs: ['get'],
    scope: 'cluster',
    when: 'podCIDRRoute',
    why: 'labels of its own Node, by which plans select, and addresses that no route may touch',
  },
  {
    apiGroup: 'kubebyon.app',
    resources: ['routeplans'],
    verbs: ['get', 'list', 'watch'],
    scope: 'route-plan-namespace',
    when: 'podCIDRRoute',
    why: 'the routes that it keeps',
  },
  {
    apiGroup: 'kubebyon.app',
    resources: ['routeplans/status'],
    verbs: ['patch'],
    scope: 'route-plan-namespace',
    when: 'podCIDRRoute',
    why: 'reports what its Node has',
  },
  {
    apiGroup: 'coordination.k8s.io',
    resources: ['leases'],
    verbs: ['get', 'create', 'update'],
    scope: 'route-plan-namespace',
    when: 'podCIDRRoute',
    why: 'its heartbeat, and that of the planner',
  },
];

/** The Job that cleans up before an uninstallation. */
export const ROUTE_CLEANUP_USES: readonly Permission[] = [
  {
    apiGroup: 'kubebyon.app',
    resources: ['routeplans'],
    verbs: ['list', 'watch', 'patch', 'delete'],
    scope: 'route-plan-namespace',
    when: 'cleanUp',
    why: 'follows the plans, takes their routes out, deletes them',
  },
  {
    apiGroup: 'coordination.k8s.io',
    resources: ['leases'],
    verbs: ['get', 'create', 'update'],
    scope: 'release-namespace',
    when: 'cleanUp',
    why: 'holds the Lease of the planner while it works',
  },
];
