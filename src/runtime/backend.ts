import type { WorkloadConfig } from '../contract/runtime-config.ts';
import type { WorkloadClaims } from './claims.ts';
import { type Clock, MINUTE, parseTime, SECOND } from './clock.ts';
import { type Finding, finding } from './findings.ts';
import {
  compareIp,
  contains,
  containsRange,
  type IpAddress,
  type IpRange,
  NEVER_TENANT,
  parseCidr,
  parseCidrs,
  parseIp,
} from './ip.ts';
import { compareText, entryOf } from './json.ts';
import type {
  Host,
  HostNode,
  Probe,
  RouteAgent,
  Tenant,
  TenantNode,
  TenantPod,
  TenantService,
} from './world.ts';

/** An address and port that requests of a cluster may go to. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
  readonly ip: IpAddress;
}

/** The two ways to a cluster, each with what is usable of it. */
export interface BackendCandidates {
  readonly podip: readonly Endpoint[];
  readonly podipSource: string;
  readonly nodeport: readonly Endpoint[];
  readonly nodeportSource: string;
  readonly findings: readonly Finding[];
}

export interface BackendInput {
  readonly clusterId: string;
  readonly config: WorkloadConfig;
  readonly workload: WorkloadClaims;
  readonly tenant: Tenant;
  readonly host: Host;
  readonly protection: Protection;
}

/** What no address of any tenant may fall into. */
export interface Protection {
  /** For clusters with private nodes: also the host's own pods. */
  readonly privateNodes: readonly IpRange[];
  readonly sharedNodes: readonly IpRange[];
}

const MAX_ENDPOINTS = 50;

export function protectionOf(host: Host): Protection {
  const nodes = (host.nodes ?? []).flatMap((node) => [
    ...(node.internalIPs ?? []),
    ...(node.externalIPs ?? []),
  ]);
  const hostNodes = nodes
    .map((text) => parseCidr(`${text}/${text.includes(':') ? 128 : 32}`))
    .filter((range) => range !== undefined);
  const always = [...NEVER_TENANT, ...parseCidrs(host.protectedCIDRs ?? []), ...hostNodes];
  const hostPods = parseCidrs((host.nodes ?? []).flatMap((node) => node.podCIDRs ?? []));
  return { sharedNodes: always, privateNodes: [...always, ...hostPods] };
}

/**
 * What of a tenant's data may be used at all. Everything a tenant API says is hostile: an address counts only
 * inside the cluster's own CIDRs and outside every protected one.
 */
export function backendCandidates(input: BackendInput): BackendCandidates {
  const findings: Finding[] = [];
  const { ingress } = input.workload.input;
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
  const refused = (what: string, address: string): void => {
    findings.push(
      finding(
        'AddressOutsideTenantCIDR',
        input.clusterId,
        `${what.slice(0, 80)} names ${JSON.stringify(address.slice(0, 64))}; it is not used`,
      ),
    );
  };
  const podip = pods.flatMap((pod) => podEndpoint(pod, port?.targetPort ?? 80, input, refused));
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
  const nodeport = usablePort ? nodeEndpoints(input, nodePort, local, refused) : [];
  return {
    podip: tidy(podip),
    podipSource: hostNetwork ? 'hostnetwork' : 'pods',
    nodeport: tidy(nodeport),
    nodeportSource: input.workload.input.topology === 'sharedNodes' ? 'host-nodes' : 'tenant-nodes',
    findings,
  };
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

function podEndpoint(
  pod: TenantPod,
  targetPort: number | string,
  input: BackendInput,
  refused: (what: string, address: string) => void,
): readonly Endpoint[] {
  const port =
    typeof targetPort === 'number'
      ? targetPort
      : pod.ports?.find(({ name }) => name === targetPort)?.containerPort;
  if (port === undefined || port < 1 || port > 65535) return [];
  for (const address of pod.podIPs ?? []) {
    const ip = parseIp(address);
    if (ip !== undefined && podAddressAllowed(ip, pod, input)) return [{ address, port, ip }];
    refused(`Pod ${pod.namespace}/${pod.name}`, address);
  }
  return [];
}

function podAddressAllowed(ip: IpAddress, pod: TenantPod, input: BackendInput): boolean {
  const { podCIDRs, nodeCIDRs, input: workload } = input.workload;
  const shared = workload.topology === 'sharedNodes';
  const guarded = shared ? input.protection.sharedNodes : input.protection.privateNodes;
  if (guarded.some((range) => contains(range, ip))) return false;
  if (pod.hostNetwork === true) return !shared && nodeCIDRs.some((range) => contains(range, ip));
  if (!podCIDRs.some((range) => contains(range, ip))) return false;
  const nodes: readonly (TenantNode | HostNode)[] = (shared ? input.host.nodes : input.tenant.nodes) ?? [];
  const node = nodes.find(({ name }) => name === pod.nodeName);
  return node !== undefined && parseCidrs(node.podCIDRs ?? []).some((range) => contains(range, ip));
}

function nodeEndpoints(
  input: BackendInput,
  port: number,
  only: ReadonlySet<string | undefined> | undefined,
  refused: (what: string, address: string) => void,
): readonly Endpoint[] {
  const shared = input.workload.input.topology === 'sharedNodes';
  const nodes: readonly (TenantNode | HostNode)[] = (shared ? input.host.nodes : input.tenant.nodes) ?? [];
  const allowed =
    shared && input.host.nodeCIDRs !== undefined
      ? parseCidrs(input.host.nodeCIDRs)
      : input.workload.nodeCIDRs;
  // The host's own Nodes are trusted and are protected against everyone else, so only private nodes are held to that.
  const guarded = shared ? NEVER_TENANT : input.protection.privateNodes;
  return nodes
    .filter((node) => node.ready && (only === undefined || only.has(node.name)))
    .flatMap((node) => {
      const first = input.config.nodeAddressType === 'internal' ? node.internalIPs : node.externalIPs;
      const second = input.config.nodeAddressType === 'internal' ? node.externalIPs : node.internalIPs;
      for (const address of [...(first ?? []), ...(second ?? [])]) {
        const ip = parseIp(address);
        const ok =
          ip !== undefined &&
          allowed.some((range) => contains(range, ip)) &&
          !guarded.some((range) => contains(range, ip));
        if (ok) return [{ address, port, ip }];
        refused(`Node ${node.name}`, address);
      }
      return [];
    });
}

/** In order of address and port, each once, 50 at most. */
function tidy(endpoints: readonly Endpoint[]): readonly Endpoint[] {
  const sorted = [...endpoints].sort((a, b) => compareIp(a.ip, b.ip) || a.port - b.port);
  return sorted
    .filter((one, index) => {
      const before = sorted[index - 1];
      return before === undefined || before.address !== one.address || before.port !== one.port;
    })
    .slice(0, MAX_ENDPOINTS);
}

export type Reachability = 'good' | 'bad' | 'refused' | 'unknown' | 'unroutable';

export interface ReachabilityInput {
  readonly endpoints: readonly Endpoint[];
  readonly probes: readonly Probe[];
  readonly agents: Readonly<Record<string, RouteAgent>>;
  readonly host: Host;
  readonly config: WorkloadConfig;
  readonly topology: 'privateNodes' | 'sharedNodes';
  readonly hostNetwork: boolean;
  readonly podCIDRs: readonly IpRange[];
  readonly clock: Clock;
}

export interface ReachabilityVerdict {
  readonly state: Reachability;
  /** Newest probe that the verdict rests on. */
  readonly round?: string;
  readonly reason: string;
}

/**
 * Whether the Pods are reached directly, from every host Node where the gateway runs: there must be a real route
 * (never the default route) and the probes must succeed. Missing or stale reports are unknown, never good; a
 * report older than staleAfterSeconds counts as a withdrawn route.
 */
export function podReachability(input: ReachabilityInput): ReachabilityVerdict {
  const { clock, config, probes } = input;
  const staleAfter = config.podCIDRRoute.staleAfterSeconds * SECOND;
  const probed = [...new Set(input.endpoints.slice(0, 3).map(({ address }) => address))];
  if (probed.length === 0) return { state: 'unknown', reason: 'NoPods' };
  const vantages = vantagesOf(input);
  if (vantages.length === 0) return { state: 'unknown', reason: 'NobodyProbes' };
  const needsRoute = input.topology === 'privateNodes' && !input.hostNetwork;
  for (const vantage of needsRoute ? vantages : []) {
    const agent = entryOf(input.agents, vantage);
    const renewedAt = parseTime(agent?.renewedAt);
    if (agent === undefined || renewedAt === undefined)
      return { state: 'unknown', reason: `NoRouteReport from ${vantage}` };
    if (clock.reached(renewedAt + staleAfter))
      return { state: 'unroutable', reason: `StaleRouteReport from ${vantage}` };
    const routes = parseCidrs(agent.effective).filter(
      (route) => route.prefixLength > 0 && input.podCIDRs.some((range) => containsRange(range, route)),
    );
    const missing = input.endpoints
      .slice(0, 3)
      .find(({ ip }) => !routes.some((route) => contains(route, ip)));
    if (missing !== undefined)
      return { state: 'unroutable', reason: `NoRoute to ${missing.address} on ${vantage}` };
  }
  const latest = vantages.flatMap((vantage) =>
    probed.map((address) => latestProbe(probes, vantage, address)),
  );
  const times = latest.map((probe) => parseTime(probe?.at));
  const known = times.filter((time) => time !== undefined);
  const round = known.length === 0 ? undefined : latest[times.indexOf(Math.max(...known))]?.at;
  const verdict = (state: Reachability, reason: string): ReachabilityVerdict => ({
    state,
    reason,
    ...(round === undefined ? {} : { round }),
  });
  if (times.some((time) => time === undefined || clock.reached(time + Math.max(staleAfter, MINUTE)))) {
    return verdict('unknown', 'ProbeMissing');
  }
  if (latest.some((probe) => probe?.result === 'timeout')) return verdict('bad', 'ProbeTimeout');
  if (latest.some((probe) => probe?.result === 'refused')) return verdict('refused', 'ProbeRefused');
  return verdict('good', 'Reachable');
}

/** Where the gateway runs: with route agents every Ready target Node, otherwise whoever probed. */
function vantagesOf({ config, host, probes }: ReachabilityInput): readonly string[] {
  const { enabled, mode, targetNodeSelector } = config.podCIDRRoute;
  if (enabled && mode === 'routeagent') {
    return (host.nodes ?? [])
      .filter(
        (node) =>
          node.ready &&
          Object.entries(targetNodeSelector).every(([key, value]) => entryOf(node.labels, key) === value),
      )
      .map(({ name }) => name)
      .sort(compareText);
  }
  return [...new Set(probes.map(({ vantage }) => vantage))].sort(compareText);
}

function latestProbe(probes: readonly Probe[], vantage: string, address: string): Probe | undefined {
  return probes
    .filter(
      (probe) => probe.vantage === vantage && probe.address === address && parseTime(probe.at) !== undefined,
    )
    .sort((a, b) => (parseTime(a.at) ?? 0) - (parseTime(b.at) ?? 0) || compareText(a.result, b.result))
    .at(-1);
}
