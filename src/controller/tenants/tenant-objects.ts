import type { StoredObject } from '../../kube/index.ts';
import { get, recordOf } from '../../planner/world/json.ts';
import type { TenantNode, TenantPod, TenantService } from '../../planner/world/world.ts';
import { isTrue, nodeAddresses, podCIDRsOf } from '../facts/host-object.ts';
import { addressOf, fewOf, nameOf, portOf } from './bounds.ts';

/** Objects of a tenant as the planner takes them. What they hold is hostile, so each is of a size that is known. */

export function tenantNode({ metadata, spec, status }: StoredObject): TenantNode {
  const { ready, internalIPs, externalIPs } = nodeAddresses({ status: recordOf(status) });
  return {
    name: metadata.name,
    ready,
    internalIPs: internalIPs.slice(0, 16).flatMap((each) => addressOf(each) ?? []),
    externalIPs: externalIPs.slice(0, 16).flatMap((each) => addressOf(each) ?? []),
    podCIDRs: podCIDRsOf(recordOf(spec))
      .slice(0, 16)
      .flatMap((each) => addressOf(each) ?? []),
  };
}

/** @param selector labels that the Pod was selected by; no others are kept. */
export function tenantPod(pod: StoredObject, selector: Readonly<Record<string, string>>): TenantPod {
  const { name, namespace = '', labels, deletionTimestamp } = pod.metadata;
  const { nodeName, hostNetwork, containers } = recordOf(pod.spec);
  const { conditions, podIP, podIPs } = recordOf(pod.status);
  const node = nameOf(nodeName);
  const addresses = fewOf(podIPs).flatMap((each) => addressOf(get(each, 'ip')) ?? []);
  const only = addressOf(podIP);
  return {
    name,
    namespace,
    ready: isTrue(conditions, 'Ready'),
    ...(node === undefined ? {} : { nodeName: node }),
    podIPs: addresses.length > 0 || only === undefined ? addresses : [only],
    terminating: deletionTimestamp !== undefined,
    hostNetwork: hostNetwork === true,
    labels: Object.fromEntries(Object.entries(selector).filter(([key, value]) => get(labels, key) === value)),
    ports: fewOf(containers).flatMap(containerPorts).slice(0, 64),
  };
}

function containerPorts(container: unknown): NonNullable<TenantPod['ports']> {
  return fewOf(get(container, 'ports')).flatMap((each) => {
    const { name, containerPort, protocol = 'TCP' } = recordOf(each);
    const port = portOf(containerPort);
    const called = nameOf(name);
    if (port === undefined || protocol !== 'TCP') return [];
    return [{ containerPort: port, ...(called === undefined ? {} : { name: called }) }];
  });
}

export function tenantService({ metadata, spec }: StoredObject): TenantService {
  const { ipFamilies, externalTrafficPolicy: policy, ports } = recordOf(spec);
  const families = fewOf(ipFamilies).filter((each) => each === 'IPv4' || each === 'IPv6');
  return {
    name: metadata.name,
    namespace: metadata.namespace ?? '',
    ...(families.length === 0 ? {} : { ipFamilies: families }),
    ...(policy === 'Cluster' || policy === 'Local' ? { externalTrafficPolicy: policy } : {}),
    ports: fewOf(ports).flatMap(servicePort),
  };
}

function servicePort(value: unknown): NonNullable<TenantService['ports']> {
  const { name, port, targetPort, nodePort, protocol = 'TCP' } = recordOf(value);
  const number = portOf(port);
  if (number === undefined || protocol !== 'TCP') return [];
  const called = nameOf(name);
  const target = portOf(targetPort) ?? nameOf(targetPort);
  const onNodes = portOf(nodePort);
  return [
    {
      port: number,
      ...(called === undefined ? {} : { name: called }),
      ...(target === undefined ? {} : { targetPort: target }),
      ...(onNodes === undefined ? {} : { nodePort: onNodes }),
    },
  ];
}
