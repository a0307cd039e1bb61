/** Helm's order of installation (Helm source, pkg/releaseutil/kind_sorter.go), as `helm template` prints. */
const KINDS = [
  'PriorityClass',
  'Namespace',
  'NetworkPolicy',
  'ResourceQuota',
  'LimitRange',
  'PodSecurityPolicy',
  'PodDisruptionBudget',
  'ServiceAccount',
  'Secret',
  'SecretList',
  'ConfigMap',
  'StorageClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleList',
  'ClusterRoleBinding',
  'ClusterRoleBindingList',
  'Role',
  'RoleList',
  'RoleBinding',
  'RoleBindingList',
  'Service',
  'DaemonSet',
  'Pod',
  'ReplicationController',
  'ReplicaSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'StatefulSet',
  'Job',
  'CronJob',
  'IngressClass',
  'Ingress',
  'APIService',
];

const ranks = new Map(KINDS.map((kind, rank) => [kind, rank]));

/** Compares kinds by the order of installation; kinds that Helm does not know come last, by name. */
export function compareKinds(left: string, right: string): number {
  const a = ranks.get(left) ?? KINDS.length;
  const b = ranks.get(right) ?? KINDS.length;
  if (a !== b) return a - b;
  return a < KINDS.length || left === right ? 0 : left < right ? -1 : 1;
}
