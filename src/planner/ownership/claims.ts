import { isBelow, normaliseHostname } from '../../text/hostnames.ts';
import { type IpRange, parseCidr } from '../../text/ip.ts';
import { type Finding, finding } from '../findings.ts';
import { parseTime } from '../world/clock.ts';
import { compareText } from '../world/json.ts';
import type { EdgeClusterInput, EdgeWorkloadInput, HostnameBinding } from '../world/world.ts';

/** What one cluster asks for, checked and in one spelling; depends on that inventory entry and the base domain only. */
export interface ClusterClaims {
  readonly cluster: EdgeClusterInput;
  /** False: nothing of this cluster can be planned. */
  readonly valid: boolean;
  readonly createdAt: number;
  /** The base domain by which its bindings were read. */
  readonly baseDomain?: string;
  readonly controlPlaneHostname?: string;
  readonly workload?: WorkloadClaims;
  /** In order of their names, each name once. */
  readonly bindings: readonly Binding[];
  readonly findings: readonly Finding[];
  /** Names that were asked for and are not valid, as given. */
  readonly invalid: readonly string[];
}

export interface WorkloadClaims {
  readonly input: EdgeWorkloadInput;
  readonly target?: string;
  readonly podCIDRs: readonly IpRange[];
  readonly nodeCIDRs: readonly IpRange[];
}

export interface Binding {
  readonly clusterId: string;
  readonly hostname: string;
  readonly management: 'platform' | 'self';
  readonly createdAt: number;
  readonly input: HostnameBinding;
}

const LABEL_VALUE = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

export function claimsOf(cluster: EdgeClusterInput, baseDomain: string | undefined): ClusterClaims {
  const findings: Finding[] = [];
  const id = cluster.id;
  const createdAt = parseTime(cluster.createdAt) ?? 0;
  const problem = clusterProblem(cluster);
  if (problem !== undefined) {
    findings.push(finding('ClusterInvalid', id, problem));
    return { cluster, valid: false, createdAt, bindings: [], findings, invalid: [] };
  }
  const invalid: string[] = [];
  const readHostname = (input: string, what: string, wildcardAllowed: boolean): string | undefined => {
    const result = normaliseHostname(input);
    const wrong = !result.ok
      ? result.problem
      : !wildcardAllowed && result.hostname.startsWith('*')
        ? 'is a wildcard'
        : undefined;
    if (result.ok && wrong === undefined) return result.hostname;
    const shown = input.slice(0, 80);
    findings.push(
      finding('HostnameInvalid', id, `${what} ${JSON.stringify(shown)} ${wrong ?? ''}`, { hostname: shown }),
    );
    invalid.push(shown);
    return undefined;
  };
  const controlPlaneHostname =
    cluster.controlPlane === undefined
      ? undefined
      : readHostname(cluster.controlPlane.hostname, 'control-plane hostname', false);
  const workload =
    cluster.workload === undefined
      ? undefined
      : workloadClaims(
          cluster.workload,
          readHostname(cluster.workload.cnameTarget, 'CNAME target', false),
          id,
          findings,
        );
  const bindings = new Map<string, Binding>();
  for (const input of cluster.hostnames) {
    const hostname = readHostname(input.hostname, 'hostname', true);
    if (hostname === undefined) continue;
    const binding = bindingOf(id, hostname, input, baseDomain);
    const known = bindings.get(hostname);
    if (known === undefined || compareBindings(binding, known) < 0) bindings.set(hostname, binding);
  }
  for (const binding of bindings.values()) {
    const { management } = binding.input;
    if (management !== 'auto' && management !== binding.management) {
      findings.push(
        finding('ManagementContradiction', id, `bound as ${management}, treated as ${binding.management}`, {
          hostname: binding.hostname,
        }),
      );
    }
  }
  return {
    cluster,
    valid: true,
    createdAt,
    bindings: [...bindings.values()].sort((a, b) => compareText(a.hostname, b.hostname)),
    findings,
    invalid,
    ...(baseDomain === undefined ? {} : { baseDomain }),
    ...(controlPlaneHostname === undefined ? {} : { controlPlaneHostname }),
    ...(workload === undefined ? {} : { workload }),
  };
}

function clusterProblem(cluster: EdgeClusterInput): string | undefined {
  if (!LABEL_VALUE.test(cluster.id))
    return `id ${JSON.stringify(cluster.id.slice(0, 80))} cannot be a label value`;
  if (!DNS_LABEL.test(cluster.namespace)) {
    return `namespace ${JSON.stringify(cluster.namespace.slice(0, 80))} is not a namespace name`;
  }
  const service = cluster.controlPlane?.service.name;
  if (service !== undefined && !DNS_LABEL.test(service)) {
    return `service ${JSON.stringify(service.slice(0, 80))} is not a Service name`;
  }
  return undefined;
}

function bindingOf(
  clusterId: string,
  hostname: string,
  input: HostnameBinding,
  baseDomain: string | undefined,
): Binding {
  const underBase = baseDomain !== undefined && (hostname === baseDomain || isBelow(hostname, baseDomain));
  return {
    clusterId,
    hostname,
    management: underBase ? 'platform' : 'self',
    createdAt: parseTime(input.createdAt) ?? 0,
    input,
  };
}

function compareBindings(a: Binding, b: Binding): number {
  return a.createdAt - b.createdAt || compareText(JSON.stringify(a.input), JSON.stringify(b.input));
}

function workloadClaims(
  input: EdgeWorkloadInput,
  target: string | undefined,
  id: string,
  findings: Finding[],
): WorkloadClaims {
  const read = (texts: readonly string[], what: string): IpRange[] =>
    texts.flatMap((text) => {
      const range = parseCidr(text);
      if (range !== undefined) return [range];
      findings.push(finding('CIDRInvalid', id, `${what} ${JSON.stringify(text.slice(0, 80))} is not a CIDR`));
      return [];
    });
  return {
    input,
    podCIDRs: read(input.podCIDRs, 'podCIDR'),
    nodeCIDRs: read(input.nodeCIDRs, 'nodeCIDR'),
    ...(target === undefined ? {} : { target }),
  };
}
