import type { ApiClient } from '../../../test/conformance/support/api-client.ts';
import { publicAddress } from '../addresses.ts';
import { ip } from '../command.ts';
import { list, must, type Service } from './objects.ts';
import type { RunningPod } from './running-pod.ts';

/** Stands for a load balancer: it gives a Service an address, and the address to one ready Pod of the Service. */
export interface LoadBalancer {
  /** Leads the addresses of the Services of a namespace to the Pods that serve. */
  lead(namespace: string, serving: readonly RunningPod[]): Promise<void>;
}

const GATEWAY_NAME = 'gateway.envoyproxy.io/owning-gateway-name';

export function startLoadBalancer(api: ApiClient): LoadBalancer {
  const addresses = new Map<string, string>();
  /** By address: the Pod that has it. */
  const holders = new Map<string, string>();
  return {
    lead: async (namespace, serving) => {
      const path = `/api/v1/namespaces/${namespace}/services`;
      for (const service of await list<Service>(api, path)) {
        if (service.spec.type !== 'LoadBalancer') continue;
        const { uid, name, labels = {} } = service.metadata;
        const address = addresses.get(uid) ?? publicAddress(labels[GATEWAY_NAME] ?? name, addresses.size);
        addresses.set(uid, address);
        if ((service.status?.loadBalancer?.ingress ?? []).length === 0) {
          await must(api, {
            method: 'PATCH',
            path: `${path}/${name}/status`,
            contentType: 'application/merge-patch+json',
            body: { status: { loadBalancer: { ingress: [{ ip: address }] } } },
          });
        }
        const pod = serving.filter((one) => isBehind(service, one)).at(-1);
        if (pod === undefined || holders.get(address) === pod.pod.metadata.uid) continue;
        await give(address, pod);
        holders.set(address, pod.pod.metadata.uid);
      }
    },
  };
}

function isBehind({ metadata, spec }: Service, { pod }: RunningPod): boolean {
  return (
    pod.metadata.namespace === metadata.namespace &&
    Object.entries(spec.selector ?? {}).every(([key, value]) => pod.metadata.labels?.[key] === value)
  );
}

/** The route comes last: until then the Pod before it answers. */
async function give(address: string, { link, network }: RunningPod): Promise<void> {
  if (link === undefined || network === undefined) return;
  await ip(`addr replace ${address}/32 dev lo`, network.enter);
  await ip(`route replace ${address}/32 dev ${link}`);
}
