/** A check of kube-linter that objects of the charts may fail, and why. */
export interface Waiver {
  readonly check: string;
  /** The objects, as `kind/name`. */
  readonly objects: RegExp;
  readonly reason: string;
}

/** What the charts do on purpose. Everything else must pass. */
export const waivers: readonly Waiver[] = [
  {
    check: 'host-network',
    objects: /^(DaemonSet\/.*-route-agent|Deployment\/.*-api)$/,
    reason:
      'the route agent changes the routes of its Node; the API is on the network of its Node only with api.hostNetwork',
  },
  {
    check: 'run-as-non-root',
    objects: /^(DaemonSet\/.*-route-agent|Deployment\/.*-api)$/,
    reason:
      'changing routes needs root with NET_ADMIN and nothing else: the route agent, and the API with podCIDRRoute.mode=local',
  },
  {
    check: 'env-var-secret',
    objects: /^Deployment\/.*-(api|edge-controller)$/,
    reason: 'the variable holds the name of a Secret, not what is in it',
  },
  {
    check: 'no-anti-affinity',
    objects: /^Deployment\//,
    reason:
      'how Pods are spread is a decision about a cluster: affinity and topologySpreadConstraints are values',
  },
  {
    check: 'unset-cpu-requirements',
    objects: /^(Deployment|DaemonSet)\//,
    reason:
      'what a container needs depends on the number of clusters: resources are values, empty by default',
  },
  {
    check: 'unset-memory-requirements',
    objects: /^(Deployment|DaemonSet)\//,
    reason: 'as for the CPU',
  },
  {
    check: 'pdb-min-available',
    objects: /^PodDisruptionBudget\//,
    reason: 'replicas and minAvailable are values: with one of each, nobody drains the Node unasked',
  },
];
