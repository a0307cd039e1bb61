import { contains, type IpAddress, NEVER_TENANT, parseCidrs } from '../../text/ip.ts';
import type { HostNode, TenantNode, TenantPod, TenantService } from '../world/world.ts';
import type { BackendInput } from './backend-input.ts';

/** Why an address may not be used; undefined when it may. */
export type RefuseAddress = (ip: IpAddress) => string | undefined;

/** The Nodes that a cluster's Pods run on: its own, or the host's. */
export function nodesOf({ workload, host, tenant }: BackendInput): readonly (TenantNode | HostNode)[] {
  return (workload.input.topology === 'sharedNodes' ? host.nodes : tenant.nodes) ?? [];
}

/** What an address of a Pod must be: the cluster's own, and of the Pod's Node where that has podCIDRs. */
export function addressRules(pod: TenantPod, input: BackendInput): RefuseAddress {
  const { podCIDRs, nodeCIDRs, input: workload } = input.workload;
  const isShared = workload.topology === 'sharedNodes';
  const guarded = isShared ? input.protection.sharedNodes : input.protection.privateNodes;
  const node = nodesOf(input).find(({ name }) => name === pod.nodeName);
  return (ip) => {
    const hit = guarded.find((range) => contains(range, ip));
    if (hit !== undefined) return `lies in the protected network ${hit.text}`;
    if (pod.hostNetwork === true) {
      if (isShared) return 'is that of a host Node';
      return nodeCIDRs.some((range) => contains(range, ip))
        ? undefined
        : "lies outside the cluster's nodeCIDRs";
    }
    if (!podCIDRs.some((range) => contains(range, ip))) return "lies outside the cluster's podCIDRs";
    if (node === undefined) return `belongs to the Node ${pod.nodeName ?? '(none)'}, which is not there`;
    // An IPAM of its own (Cilium, Calico) gives Nodes no podCIDRs: then those of the cluster are all there is to judge by.
    const own = parseCidrs(node.podCIDRs ?? []);
    return own.length === 0 || own.some((range) => contains(range, ip))
      ? undefined
      : `lies outside the podCIDRs of its Node ${node.name.slice(0, 80)}`;
  };
}

/** Whether a Pod of a cluster's own Nodes is on one without podCIDRs, to which no route can be planned. */
export function isUnrouted(pod: TenantPod, input: BackendInput): boolean {
  if (input.workload.input.topology === 'sharedNodes' || pod.hostNetwork === true) return false;
  const node = nodesOf(input).find(({ name }) => name === pod.nodeName);
  return node !== undefined && (node.podCIDRs ?? []).length === 0;
}

/** What an address of a Node must be for requests to the NodePort of a Service. */
export function nodeRules(input: BackendInput, service: TenantService | undefined): RefuseAddress {
  const families = service?.ipFamilies;
  const isShared = input.workload.input.topology === 'sharedNodes';
  const { nodeCIDRs } = input.host;
  const allowed = isShared && nodeCIDRs !== undefined ? parseCidrs(nodeCIDRs) : input.workload.nodeCIDRs;
  // The host's own Nodes are trusted and are protected against everyone else, so only private nodes are held to that.
  const guarded = isShared ? NEVER_TENANT : input.protection.privateNodes;
  return (ip) => {
    const hit = guarded.find((range) => contains(range, ip));
    if (hit !== undefined) return `lies in the protected network ${hit.text}`;
    if (!allowed.some((range) => contains(range, ip))) return 'lies outside the nodeCIDRs';
    // A Service has one family unless it asks for both, whatever the Nodes have.
    return families === undefined || families.includes(`IPv${ip.family}`)
      ? undefined
      : `is none that its NodePort answers on (Service ${input.workload.input.ingress.serviceName}, ipFamilies ${families.join(', ')})`;
  };
}
