import type { DataMap } from '../../template/index.ts';
import { amount, flag, fragmentList, fragmentMap, group, integer, text } from '../definition.ts';
import { MAX_INT32, OBJECT_NAME, orEmpty } from '../grammar.ts';
import { annotations, labels, nodeSelector } from './metadata.ts';

/** What Pod Security `restricted` asks of a Pod, with a user that is in no image's way. */
const RESTRICTED_POD: DataMap = {
  runAsNonRoot: true,
  runAsUser: 65532,
  runAsGroup: 65532,
  fsGroup: 65532,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** What Pod Security `restricted` asks of a container. */
const RESTRICTED_CONTAINER: DataMap = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

export interface PodDefaults {
  readonly podSecurityContext?: DataMap;
  readonly securityContext?: DataMap;
  readonly livenessProbe?: DataMap;
  readonly readinessProbe?: DataMap;
  readonly tolerations?: readonly DataMap[];
  readonly priorityClassName?: string;
  readonly terminationGracePeriodSeconds?: number;
  readonly resources?: DataMap;
  readonly affinity?: DataMap;
}

export interface ReplicatedPodDefaults extends PodDefaults {
  readonly replicas?: number;
  /** Whether a PodDisruptionBudget is made unless somebody says otherwise. */
  readonly hasBudget?: boolean;
}

/** Keys of every Pod that the chart runs. */
export function podKeys(component: string, defaults: PodDefaults = {}) {
  return {
    revisionHistoryLimit: integer(10, [0, MAX_INT32], 'How many old revisions are kept for a rollback.'),
    resources: fragmentMap(
      'ResourceRequirements',
      `Requests and limits of the ${component} container.`,
      defaults.resources,
    ),
    nodeSelector: nodeSelector('Labels that a Node must have to run the Pod.'),
    tolerations: fragmentList('Toleration', 'Taints that the Pod tolerates.', defaults.tolerations),
    affinity: fragmentMap('Affinity', 'Affinity of the Pod to Nodes and other Pods.', defaults.affinity),
    priorityClassName: text(
      defaults.priorityClassName ?? '',
      orEmpty(OBJECT_NAME),
      'PriorityClass of the Pod; empty means the default of the cluster.',
    ),
    podLabels: labels('Labels of the Pod besides those of the chart.'),
    podAnnotations: annotations('Annotations of the Pod.'),
    podSecurityContext: fragmentMap(
      'PodSecurityContext',
      'Security context of the Pod.',
      defaults.podSecurityContext ?? RESTRICTED_POD,
    ),
    securityContext: fragmentMap(
      'SecurityContext',
      `Security context of the ${component} container.`,
      defaults.securityContext ?? RESTRICTED_CONTAINER,
    ),
    extraEnv: fragmentList(
      'EnvVar',
      `Environment variables of the ${component} container besides those of the chart.`,
    ),
    extraEnvFrom: fragmentList(
      'EnvFromSource',
      `Sources of environment variables of the ${component} container.`,
    ),
    extraVolumes: fragmentList('Volume', 'Volumes of the Pod besides those of the chart.'),
    extraVolumeMounts: fragmentList('VolumeMount', `Volume mounts of the ${component} container.`),
    extraContainers: fragmentList('Container', 'Containers of the Pod besides those of the chart.'),
    extraInitContainers: fragmentList('Container', 'Containers that run before those of the Pod start.'),
    livenessProbe: fragmentMap(
      'Probe',
      `Liveness probe of the ${component} container; null or {} over every key of the default turns it off.`,
      defaults.livenessProbe,
    ),
    readinessProbe: fragmentMap(
      'Probe',
      `Readiness probe of the ${component} container; null turns it off.`,
      defaults.readinessProbe,
    ),
    startupProbe: fragmentMap('Probe', `Startup probe of the ${component} container; empty means none.`),
    lifecycle: fragmentMap(
      'Lifecycle',
      `What happens after the ${component} container starts and before it ends.`,
    ),
    hostAliases: fragmentList('HostAlias', 'Lines of /etc/hosts in every container of the Pod.'),
    dnsConfig: fragmentMap(
      'PodDNSConfig',
      'DNS servers and options of the Pod besides those of its DNS policy.',
    ),
    terminationGracePeriodSeconds: integer(
      defaults.terminationGracePeriodSeconds ?? 30,
      [0, 86_400],
      'Seconds that the Pod gets to end by itself.',
    ),
    serviceAccount: serviceAccount(component),
  };
}

/** Keys of a Pod of which there can be several. */
export function replicatedPodKeys(component: string, defaults: ReplicatedPodDefaults = {}) {
  return {
    replicas: integer(defaults.replicas ?? 1, [0, MAX_INT32], 'How many Pods run.'),
    ...podKeys(component, defaults),
    topologySpreadConstraints: fragmentList(
      'TopologySpreadConstraint',
      'How the Pods are spread over Nodes and zones.',
    ),
    podDisruptionBudget: group('Protection against losing too many Pods at once to a drain.', {
      enabled: flag(defaults.hasBudget ?? false, 'Whether a PodDisruptionBudget is made.'),
      minAvailable: amount(1, 'How many Pods must stay available, or which share of them.'),
    }),
  };
}

function serviceAccount(component: string) {
  return group('ServiceAccount of the Pod.', {
    create: flag(true, 'Whether the ServiceAccount is made by the chart.'),
    name: text(
      '',
      orEmpty(OBJECT_NAME),
      `Name of the ServiceAccount; empty means <release>-kubebyon-${component} when it is made, else "default".`,
    ),
    annotations: annotations('Annotations of the ServiceAccount.'),
  });
}

/**
 * A probe that asks a container's port for a path. The scheme is the default of Kubernetes, written out: a server-side
 * apply (Helm 4) takes away only what it has written, and what is left of httpGet would stand beside another handler.
 */
export function httpProbe(path: string, port: string, periodSeconds: number): DataMap {
  return { httpGet: { path, port, scheme: 'HTTP' }, periodSeconds };
}
