import type { ILabelSelector } from '@kubernetes-models/apimachinery/apis/meta/v1/LabelSelector';
import type { IAffinity } from 'kubernetes-models/v1/Affinity';
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IEnvFromSource } from 'kubernetes-models/v1/EnvFromSource';
import type { IEnvVar } from 'kubernetes-models/v1/EnvVar';
import type { IHostAlias } from 'kubernetes-models/v1/HostAlias';
import type { ILifecycle } from 'kubernetes-models/v1/Lifecycle';
import type { IPodDNSConfig } from 'kubernetes-models/v1/PodDNSConfig';
import type { IPodSecurityContext } from 'kubernetes-models/v1/PodSecurityContext';
import type { IProbe } from 'kubernetes-models/v1/Probe';
import type { IResourceRequirements } from 'kubernetes-models/v1/ResourceRequirements';
import type { ISecurityContext } from 'kubernetes-models/v1/SecurityContext';
import type { IToleration } from 'kubernetes-models/v1/Toleration';
import type { ITopologySpreadConstraint } from 'kubernetes-models/v1/TopologySpreadConstraint';
import type { IVolume } from 'kubernetes-models/v1/Volume';
import type { IVolumeMount } from 'kubernetes-models/v1/VolumeMount';

/** The types of Kubernetes that a piece of the values may be of, by their names in its API. */
export interface KubernetesModels {
  readonly Affinity: IAffinity;
  readonly Container: IContainer;
  readonly EnvFromSource: IEnvFromSource;
  readonly EnvVar: IEnvVar;
  readonly HostAlias: IHostAlias;
  readonly LabelSelector: ILabelSelector;
  readonly Lifecycle: ILifecycle;
  readonly PodDNSConfig: IPodDNSConfig;
  readonly PodSecurityContext: IPodSecurityContext;
  readonly Probe: IProbe;
  readonly ResourceRequirements: IResourceRequirements;
  readonly SecurityContext: ISecurityContext;
  readonly Toleration: IToleration;
  readonly TopologySpreadConstraint: ITopologySpreadConstraint;
  readonly Volume: IVolume;
  readonly VolumeMount: IVolumeMount;
}

export type KubernetesTypeName = keyof KubernetesModels;
