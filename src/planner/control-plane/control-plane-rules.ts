import { isBelow } from '../../text/hostnames.ts';
import type { Shared } from '../context.ts';
import { firstRefusal, type Refusal, type RefusalRule } from '../ownership/index.ts';

export interface ControlPlaneFacts {
  readonly hostname: string;
  readonly clusterId: string;
  readonly shared: Pick<Shared, 'baseDomain' | 'registry' | 'reservedHostnames'>;
}

type ControlPlaneCode = 'HostnameReserved' | 'HostnameConflict';

type ControlPlaneRule = RefusalRule<ControlPlaneFacts, ControlPlaneCode>;

/** Names that would take traffic from the platform or from workloads when all Gateways share one address. */
const ONE_ADDRESS = 'runbook 5.4: Gateways may share one address';

const inBaseDomain: ControlPlaneRule = {
  name: 'InBaseDomain',
  says: 'No control plane has a hostname in the base domain of workloads.',
  source: ONE_ADDRESS,
  finding: 'HostnameReserved',
  decide: ({ hostname, shared: { baseDomain } }) =>
    baseDomain !== undefined && (hostname === baseDomain || isBelow(hostname, baseDomain))
      ? `control-plane hostname ${hostname} lies in the workload base domain ${baseDomain}`
      : undefined,
};

const platformsOwn: ControlPlaneRule = {
  name: 'PlatformsOwn',
  says: "No control plane has a hostname that is the platform's own.",
  source: ONE_ADDRESS,
  finding: 'HostnameReserved',
  decide: ({ hostname, shared }) =>
    shared.reservedHostnames.has(hostname)
      ? `control-plane hostname ${hostname} is the platform's own`
      : undefined,
};

const targets: ControlPlaneRule = {
  name: 'Targets',
  says: 'No control plane has a hostname that is the CNAME target of a cluster.',
  source: ONE_ADDRESS,
  finding: 'HostnameReserved',
  decide: ({ hostname, shared }) =>
    shared.registry.targetsOn(hostname).length > 0
      ? `control-plane hostname ${hostname} is a CNAME target`
      : undefined,
};

const olderCluster: ControlPlaneRule = {
  name: 'OlderCluster',
  says: 'Of clusters with one control-plane hostname the oldest has it.',
  source: 'runbook 5.2; Gateway API: TLSRoutes for one name exclude each other',
  finding: 'HostnameConflict',
  decide: ({ hostname, clusterId, shared }) => {
    const [owner] = shared.registry.controlPlanesOn(hostname);
    return owner !== undefined && owner.cluster.id !== clusterId
      ? `${hostname} belongs to the older cluster ${owner.cluster.id}`
      : undefined;
  },
};

/** Why a cluster may not have its control-plane hostname, in this order. */
export const CONTROL_PLANE_RULES: readonly ControlPlaneRule[] = [
  inBaseDomain,
  platformsOwn,
  targets,
  olderCluster,
];

/** Why a cluster may not have its control-plane hostname; undefined when it may. */
export function controlPlaneRefusal(
  facts: ControlPlaneFacts,
  rules = CONTROL_PLANE_RULES,
): Refusal<ControlPlaneCode> | undefined {
  return firstRefusal(rules, facts);
}
