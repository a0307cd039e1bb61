import type { Finding } from '../../check/finding.ts';
import type { Path } from '../../load/plain.ts';
import { typeOf } from '../types.ts';
import { missing } from './common.ts';
import * as containers from './containers.ts';
import * as env from './env.ts';
import * as network from './network.ts';
import * as probes from './probes.ts';
import type { Place, Sound } from './report.ts';
import { checkResources } from './resources.ts';
import * as scheduling from './scheduling.ts';
import * as security from './security.ts';
import * as selectors from './selectors.ts';
import * as volumes from './volumes.ts';

/** Says what is wrong with a value of one type by itself. */
type Check = (value: Sound, place: Place) => void;

/**
 * What the API server judges beyond the shape of a type, as its own validation of a PodSpec does (Kubernetes
 * pkg/apis/core/validation, whose functions the checks name).
 */
const CHECKS: Readonly<Record<string, Check>> = {
  AppArmorProfile: security.checkAppArmorProfile,
  CSIVolumeSource: volumes.checkCsi,
  ConfigMapEnvSource: env.checkNamedSource,
  ConfigMapKeySelector: env.checkKeySelector,
  ConfigMapProjection: volumes.checkNamedProjection,
  ConfigMapVolumeSource: volumes.checkConfigMapVolume,
  Container: containers.checkContainer,
  ContainerPort: containers.checkContainerPort,
  ContainerResizePolicy: containers.checkResizePolicy,
  ContainerRestartRule: containers.checkRestartRule,
  DownwardAPIVolumeFile: volumes.checkDownwardFile,
  DownwardAPIVolumeSource: volumes.checkModes,
  EmptyDirVolumeSource: volumes.checkEmptyDir,
  EnvFromSource: env.checkVariablesSource,
  EnvVar: env.checkVariable,
  EnvVarSource: env.checkVariableSource,
  EphemeralVolumeSource: volumes.checkEphemeral,
  ExecAction: probes.checkExec,
  FileKeySelector: env.checkFileKey,
  GRPCAction: probes.checkGrpc,
  HTTPGetAction: probes.checkPortAction,
  HTTPHeader: probes.checkHeader,
  HostAlias: network.checkHostAlias,
  HostPathVolumeSource: volumes.checkHostPath,
  KeyToPath: volumes.checkKeyToPath,
  LabelSelector: selectors.checkLabelSelector,
  LabelSelectorRequirement: selectors.checkLabelRequirement,
  Lifecycle: probes.checkLifecycle,
  LifecycleHandler: probes.checkLifecycleHandler,
  NFSVolumeSource: volumes.checkNfs,
  NodeSelector: scheduling.checkNodeSelector,
  NodeSelectorTerm: selectors.checkNodeSelectorTerm,
  PersistentVolumeClaimSpec: volumes.checkClaim,
  PodAffinityTerm: scheduling.checkPodAffinityTerm,
  PodDNSConfig: network.checkDnsConfig,
  PodSecurityContext: security.checkPodSecurityContext,
  PreferredSchedulingTerm: scheduling.checkWeight,
  Probe: probes.checkProbe,
  ProjectedVolumeSource: volumes.checkProjected,
  ResourceFieldSelector: env.checkResourceField,
  ResourceRequirements: checkResources,
  SeccompProfile: security.checkSeccompProfile,
  SecretEnvSource: env.checkNamedSource,
  SecretKeySelector: env.checkKeySelector,
  SecretProjection: volumes.checkNamedProjection,
  SecretVolumeSource: volumes.checkSecretVolume,
  SecurityContext: security.checkSecurityContext,
  ServiceAccountTokenProjection: volumes.checkToken,
  Sysctl: security.checkSysctl,
  TCPSocketAction: probes.checkPortAction,
  Toleration: scheduling.checkToleration,
  TopologySpreadConstraint: scheduling.checkSpread,
  Volume: volumes.checkVolume,
  VolumeMount: containers.checkVolumeMount,
  VolumeProjection: volumes.checkProjection,
  WeightedPodAffinityTerm: scheduling.checkWeight,
  WindowsSecurityContextOptions: security.checkWindowsOptions,
};

/** Texts that are required and may be empty all the same. */
const MAY_BE_EMPTY: ReadonlySet<string> = new Set(['HTTPHeader.value', 'Sysctl.value', 'HTTPHeader.name']);

/** Everything that the API server has against a value of a type whose shape is sound. */
export function checkMeaning(type: string, value: Sound, path: Path, findings: Finding[]): void {
  const place = { path, findings };
  CHECKS[type]?.(value, place);
  for (const [key, { shape, isRequired }] of typeOf(type).fields) {
    if (!isRequired || shape.kind !== 'text' || value[key] !== '' || MAY_BE_EMPTY.has(`${type}.${key}`))
      continue;
    missing(place, [key], 'a text', `set ${key}`);
  }
}
