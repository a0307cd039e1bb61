import type { RefusalRule } from './refusal.ts';
import type { Registry } from './registry.ts';

export interface TargetFacts {
  readonly target: string;
  readonly clusterId: string;
  readonly registry: Registry;
  readonly baseDomain: string | undefined;
  readonly reserved: ReadonlySet<string>;
}

export type TargetCode = 'AlreadyClaimed' | 'HostnameReserved';

type TargetRule = RefusalRule<TargetFacts, TargetCode>;

const olderCluster: TargetRule = {
  name: 'OlderCluster',
  says: 'Of clusters with one target the oldest has it.',
  source: 'runbook 5.4, managed_workload_ingress_cname_target',
  finding: 'AlreadyClaimed',
  decide: ({ target, clusterId, registry }) => {
    const [owner] = registry.targetsOn(target);
    return owner !== undefined && owner.cluster.id !== clusterId
      ? `the older cluster ${owner.cluster.id} has this target`
      : undefined;
  },
};

const platformsOwn: TargetRule = {
  name: 'PlatformsOwn',
  says: "No cluster has a target that is the platform's own hostname, or the base domain itself.",
  source: 'runbook 4.7, gatewayAPI.platform.hostname',
  finding: 'HostnameReserved',
  decide: ({ target, baseDomain, reserved }) =>
    reserved.has(target) || target === baseDomain ? "it is the platform's own" : undefined,
};

const controlPlanes: TargetRule = {
  name: 'ControlPlanes',
  says: 'No cluster has a target that is the control-plane hostname of a cluster.',
  source: 'runbook 5.2: it is passed through to the API',
  finding: 'HostnameReserved',
  decide: ({ target, registry }) =>
    registry.controlPlanesOn(target).length > 0 ? 'it is a control-plane hostname' : undefined,
};

/** Why a cluster may not have its CNAME target, in this order. */
export const TARGET_RULES: readonly TargetRule[] = [olderCluster, platformsOwn, controlPlanes];
