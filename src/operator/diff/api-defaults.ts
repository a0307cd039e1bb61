import { isRecord } from '../../text/json.ts';
import { sameData } from '../../text/same-data.ts';

/**
 * What the API server fills in where a manifest says nothing, by the name of the field. A client that writes without
 * server-side apply, as Helm 3 does, is told to have written it.
 *
 * Source: Kubernetes API reference, the defaults of Deployment, DaemonSet, Pod, Service and CustomResourceDefinition.
 */
const DEFAULTS: Readonly<Record<string, readonly unknown[]>> = {
  conversion: [{ strategy: 'None' }],
  defaultMode: [420],
  dnsPolicy: ['ClusterFirst'],
  failureThreshold: [3],
  imagePullPolicy: ['IfNotPresent', 'Always'],
  internalTrafficPolicy: ['Cluster'],
  externalTrafficPolicy: ['Cluster'],
  allocateLoadBalancerNodePorts: [true],
  ipFamilyPolicy: ['SingleStack'],
  maxSurge: [0, '25%'],
  maxUnavailable: [1, '25%'],
  minReadySeconds: [0],
  periodSeconds: [10],
  preserveUnknownFields: [false],
  progressDeadlineSeconds: [600],
  protocol: ['TCP'],
  replicas: [1],
  resources: [{}],
  restartPolicy: ['Always'],
  revisionHistoryLimit: [10],
  schedulerName: ['default-scheduler'],
  scheme: ['HTTP'],
  securityContext: [{}],
  sessionAffinity: ['None'],
  strategy: [{ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } }],
  successThreshold: [1],
  terminationGracePeriodSeconds: [30],
  terminationMessagePath: ['/dev/termination-log'],
  terminationMessagePolicy: ['File'],
  timeoutSeconds: [1],
  updateStrategy: [{ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } }],
};

/** Fields that the API server derives from others, or counts by itself. */
const DERIVED: ReadonlySet<string> = new Set([
  'clusterIP',
  'clusterIPs',
  'creationTimestamp',
  'deprecated.daemonset.template.generation',
  'deployment.kubernetes.io/revision',
  'generation',
  'healthCheckNodePort',
  'ipFamilies',
  'managedFields',
  'nodePort',
  'resourceVersion',
  'serviceAccount',
  'uid',
]);

/** Whether a field that no manifest names is there because of the API server. */
export function isFilledIn(key: string, value: unknown): boolean {
  if (DERIVED.has(key)) return true;
  const defaults = Object.hasOwn(DEFAULTS, key) ? DEFAULTS[key] : undefined;
  return defaults?.some((one) => sameData(one, value)) === true || isEmptyMap(value);
}

function isEmptyMap(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).length === 0;
}
