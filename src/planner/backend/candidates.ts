import { type Finding, finding } from '../findings.ts';
import { entryOf } from '../world/json.ts';
import type { Tenant, TenantService } from '../world/world.ts';
import { chooseAddresses, leftOutFindings, type Offer } from './address-families.ts';
import { addressRules, isUnrouted, nodeRules, nodesOf } from './address-rules.ts';
import type { BackendInput } from './backend-input.ts';
import type { Endpoint } from './endpoint.ts';
import { spread } from './endpoint-spread.ts';

/** The two ways to a cluster, each with what is usable of it. */
export interface BackendCandidates {
  readonly podip: readonly Endpoint[];
  readonly podipSource: string;
  readonly nodeport: readonly Endpoint[];
  readonly nodeportSource: string;
  readonly findings: readonly Finding[];
  /** What of one way is usable and not used. */
  readonly usedFindings: (mode: 'podip' | 'nodeport') => readonly Finding[];
}

/**
 * What of a tenant's data may be used at all. Everything a tenant API says is hostile: an address counts only
 * inside the cluster's own CIDRs and outside every protected one. Of each address family one address per Pod and Node.
 */
export function backendCandidates(input: BackendInput): BackendCandidates {
  const findings: Finding[] = [];
  const { ingress, topology } = input.workload.input;
  const service = (input.tenant.services ?? []).find(
    (one) => one.name === ingress.serviceName && one.namespace === ingress.namespace,
  );
  const port = servicePort(service, ingress);
  const pods = (input.tenant.pods ?? []).filter(
    (pod) =>
      pod.ready &&
      pod.terminating !== true &&
      pod.namespace === ingress.namespace &&
      Object.entries(ingress.podSelector).every(([key, value]) => entryOf(pod.labels, key) === value),
  );
  const podOffers = pods.flatMap((pod): Offer[] => {
    const number = portOf(pod, port?.targetPort ?? 80);
    const what = `Pod ${pod.namespace}/${pod.name}`;
    return number === undefined
      ? []
      : [
          {
            what,
            node: pod.nodeName ?? '',
            port: number,
            addresses: pod.podIPs ?? [],
            refuse: addressRules(pod, input),
            unrouted: isUnrouted(pod, input),
          },
        ];
  });
  const hostNetwork = pods.length > 0 && pods.every((pod) => pod.hostNetwork === true);
  const nodePort = port?.nodePort;
  const usablePort = nodePort !== undefined && nodePort >= 30000 && nodePort <= 32767;
  if (service !== undefined && !usablePort && input.config.backendStrategy !== 'podip') {
    findings.push(
      finding(
        'NodePortOutOfRange',
        input.clusterId,
        `Service ${ingress.serviceName} has nodePort ${nodePort ?? 'none'}`,
      ),
    );
  }
  const local =
    service?.externalTrafficPolicy === 'Local' ? new Set(pods.map((pod) => pod.nodeName)) : undefined;
  const nodeOffers = usablePort ? offersOfNodes(input, service, nodePort, local) : [];
  const ways = { podip: usableOf(podOffers), nodeport: usableOf(nodeOffers) };
  for (const { chosen } of [ways.podip, ways.nodeport]) {
    findings.push(
      ...chosen.refused.map((message) => finding('AddressOutsideTenantCIDR', input.clusterId, message)),
    );
  }
  return {
    podip: ways.podip.used,
    podipSource: hostNetwork ? 'hostnetwork' : 'pods',
    nodeport: ways.nodeport.used,
    nodeportSource: topology === 'sharedNodes' ? 'host-nodes' : 'tenant-nodes',
    findings,
    usedFindings: (mode) => leftOutFindings(input.clusterId, ways[mode].chosen, ways[mode].used),
  };
}

/** What of one way may be used, and what of that is. */
function usableOf(offers: readonly Offer[]) {
  const chosen = chooseAddresses(offers);
  return { chosen, used: spread(chosen.endpoints) };
}

interface IngressPort {
  readonly targetPort: number | string;
  readonly nodePort?: number;
}

function servicePort(
  service: TenantService | undefined,
  ingress: { readonly portName?: string; readonly port?: number },
): IngressPort | undefined {
  const ports = service?.ports ?? [];
  const found =
    ports.find((port) => ingress.portName !== undefined && port.name === ingress.portName) ??
    ports.find((port) => port.port === (ingress.port ?? 80)) ??
    (ingress.portName === undefined && ingress.port === undefined ? ports[0] : undefined);
  if (found === undefined) return undefined;
  return {
    targetPort: found.targetPort ?? found.port,
    ...(found.nodePort === undefined ? {} : { nodePort: found.nodePort }),
  };
}

function portOf(pod: NonNullable<Tenant['pods']>[number], targetPort: number | string): number | undefined {
  const port =
    typeof targetPort === 'number'
      ? targetPort
      : pod.ports?.find(({ name }) => name === targetPort)?.containerPort;
  return port === undefined || port < 1 || port > 65535 ? undefined : port;
}

/** The Nodes' addresses, those of the wanted type first. */
function offersOfNodes(
  input: BackendInput,
  service: TenantService | undefined,
  port: number,
  only: ReadonlySet<string | undefined> | undefined,
): readonly Offer[] {
  const refuse = nodeRules(input, service);
  return nodesOf(input)
    .filter((node) => node.ready && (only === undefined || only.has(node.name)))
    .map(({ name, internalIPs = [], externalIPs = [] }) => ({
      what: `Node ${name}`,
      node: name,
      port,
      addresses:
        input.config.nodeAddressType === 'internal'
          ? [...internalIPs, ...externalIPs]
          : [...externalIPs, ...internalIPs],
      refuse,
    }));
}
