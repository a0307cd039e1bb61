import { at, textsOf } from '../../planner/world/json.ts';
import type { KubeObject } from '../../planner/world/world.ts';

/** Services that every Pod talks to: their addresses are in the Service network of the host. */
const OF_THE_HOST: ReadonlySet<string> = new Set(['default/kubernetes', 'kube-system/kube-dns']);

export function isOfTheHost({ kind, metadata }: KubeObject): boolean {
  return kind === 'Service' && OF_THE_HOST.has(`${metadata.namespace ?? ''}/${metadata.name}`);
}

/** Addresses of Services of the host as CIDRs that no tenant may name. */
export function protectedCIDRsOf(services: Iterable<KubeObject>): readonly string[] {
  return [...services]
    .flatMap(({ spec }) => [...textsOf(at(spec, 'clusterIPs')), ...textsOf([at(spec, 'clusterIP')])])
    .filter((address) => address !== '' && address !== 'None')
    .map((address) => `${address}/${address.includes(':') ? 128 : 32}`)
    .filter((cidr, index, all) => all.indexOf(cidr) === index)
    .toSorted();
}
