import type { IAffinity } from 'kubernetes-models/v1/Affinity';
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IEnvFromSource } from 'kubernetes-models/v1/EnvFromSource';
import type { IEnvVar } from 'kubernetes-models/v1/EnvVar';
import type { IPodSecurityContext } from 'kubernetes-models/v1/PodSecurityContext';
import type { IProbe } from 'kubernetes-models/v1/Probe';
import type { IResourceRequirements } from 'kubernetes-models/v1/ResourceRequirements';
import type { ISecurityContext } from 'kubernetes-models/v1/SecurityContext';
import type { IToleration } from 'kubernetes-models/v1/Toleration';
import type { ITopologySpreadConstraint } from 'kubernetes-models/v1/TopologySpreadConstraint';
import type { IVolume } from 'kubernetes-models/v1/Volume';
import type { IVolumeMount } from 'kubernetes-models/v1/VolumeMount';
import type { DataMap } from '../../template/index.ts';
import { flag, fragmentList, fragmentMap, group, integer, text } from '../definition.ts';
import { OBJECT_NAME, orEmpty } from '../grammar.ts';
import { annotations, labels, nodeSelector } from './metadata.ts';

const MAX_INT32 = 2_147_483_647;

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
}

/** Keys of every Pod that the chart runs. */
export function podKeys(component: string, defaults: PodDefaults = {}) {
  return {
    revisionHistoryLimit: integer(10, [0, MAX_INT32], 'How many old revisions are kept for a rollback.'),
    resources: fragmentMap<IResourceRequirements>(`Requests and limits of the ${component} container.`),
    nodeSelector: nodeSelector('Labels that a Node must have to run the Pod.'),
    tolerations: fragmentList<IToleration>('Taints that the Pod tolerates.', defaults.tolerations),
    affinity: fragmentMap<IAffinity>('Affinity of the Pod to Nodes and other Pods.'),
    priorityClassName: text(
      defaults.priorityClassName ?? '',
      orEmpty(OBJECT_NAME),
      'PriorityClass of the Pod; empty means the default of the cluster.',
    ),
    podLabels: labels('Labels of the Pod besides those of the chart.'),
    podAnnotations: annotations('Annotations of the Pod.'),
    podSecurityContext: fragmentMap<IPodSecurityContext>(
      'Security context of the Pod.',
      defaults.podSecurityContext ?? RESTRICTED_POD,
    ),
    securityContext: fragmentMap<ISecurityContext>(
      `Security context of the ${component} container.`,
      defaults.securityContext ?? RESTRICTED_CONTAINER,
    ),
    extraEnv: fragmentList<IEnvVar>(
      `Environment variables of the ${component} container besides those of the chart.`,
    ),
    extraEnvFrom: fragmentList<IEnvFromSource>(
      `Sources of environment variables of the ${component} container.`,
    ),
    extraVolumes: fragmentList<IVolume>('Volumes of the Pod besides those of the chart.'),
    extraVolumeMounts: fragmentList<IVolumeMount>(`Volume mounts of the ${component} container.`),
    extraContainers: fragmentList<IContainer>('Containers of the Pod besides those of the chart.'),
    livenessProbe: fragmentMap<IProbe>(
      `Liveness probe of the ${component} container; null or {} over every key of the default turns it off.`,
      defaults.livenessProbe,
    ),
    readinessProbe: fragmentMap<IProbe>(
      `Readiness probe of the ${component} container; null turns it off.`,
      defaults.readinessProbe,
    ),
    startupProbe: fragmentMap<IProbe>(`Startup probe of the ${component} container; empty means none.`),
    terminationGracePeriodSeconds: integer(
      defaults.terminationGracePeriodSeconds ?? 30,
      [0, 86_400],
      'Seconds that the Pod gets to end by itself.',
    ),
    serviceAccount: serviceAccount(component),
  };
}

/** Keys of a Pod of which there can be several. */
export function replicatedPodKeys(component: string, defaults: PodDefaults = {}) {
  return {
    replicas: integer(1, [0, MAX_INT32], 'How many Pods run.'),
    ...podKeys(component, defaults),
    topologySpreadConstraints: fragmentList<ITopologySpreadConstraint>(
      'How the Pods are spread over Nodes and zones.',
    ),
    podDisruptionBudget: group('Protection against losing too many Pods at once to a drain.', {
      enabled: flag(false, 'Whether a PodDisruptionBudget is made.'),
      minAvailable: integer(1, [0, MAX_INT32], 'How many Pods must stay available.'),
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

/** A probe that asks a container's port for a path. */
export function httpProbe(path: string, port: string, periodSeconds: number): DataMap {
  return { httpGet: { path, port }, periodSeconds };
}
