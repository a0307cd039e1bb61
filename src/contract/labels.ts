/** Labels and annotations that the chart, the runtime and the operator's kubectl all rely on. */
export const LABELS = {
  name: 'app.kubernetes.io/name',
  instance: 'app.kubernetes.io/instance',
  component: 'app.kubernetes.io/component',
  version: 'app.kubernetes.io/version',
  managedBy: 'app.kubernetes.io/managed-by',
  helmChart: 'helm.sh/chart',
  namespaceName: 'kubernetes.io/metadata.name',
  syncKind: 'kubebyon.app/gateway-api-sync-kind',
  clusterId: 'kubebyon.app/cluster-id',
  clusterSlug: 'kubebyon.app/cluster-slug',
} as const;

/** Value of {@link LABELS.name} on everything, whatever the release is called (runbook section 6.3). */
export const APP_NAME = 'kubebyon';

/** Value of {@link LABELS.managedBy} on objects that the runtime writes (runbook section 6.5). */
export const RUNTIME_MANAGED_BY = 'kubebyon';

/** Values of {@link LABELS.syncKind} on objects that the runtime writes. */
export const SYNC_KINDS = { controlPlane: 'control-plane', workloadEdge: 'workload-edge' } as const;

/** Annotations of a shim Service and its EndpointSlices (runbook section 6.5). */
export const BACKEND_ANNOTATIONS = {
  mode: 'kubebyon.app/workload-edge-backend-mode',
  port: 'kubebyon.app/workload-edge-backend-port',
  source: 'kubebyon.app/workload-edge-backend-source',
} as const;

/** Annotation of the API's Pods that changes with the haproxy script, so that a changed script replaces them. */
export const HAPROXY_CHECKSUM_ANNOTATION = 'checksum/haproxy';

/** Field manager of everything that the runtime applies; Helm's own manager is `helm`. */
export const RUNTIME_FIELD_MANAGER = 'kubebyon-edge-sync';

/** Listener names that begin so belong to the runtime; no configured listener name may. */
export const RUNTIME_LISTENER_PREFIX = 'kb-';

/** Further annotations of a shim Service, by which a restarted runtime goes on where it was. */
export const BACKEND_STATE_ANNOTATIONS = {
  since: 'kubebyon.app/workload-edge-backend-since',
  flips: 'kubebyon.app/workload-edge-backend-flips',
} as const;

/** Annotations of a Certificate of ours: when it was ordered, and when its names last grew. */
export const CERTIFICATE_ANNOTATIONS = {
  orders: 'kubebyon.app/certificate-orders',
  namesChangedAt: 'kubebyon.app/names-changed-at',
} as const;
