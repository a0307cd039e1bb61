import { shortHash } from '../../text/bounded-name.ts';
import { compareIp } from '../../text/ip.ts';
import { compareText } from '../world/json.ts';
import { type Endpoint, endpointKey } from './endpoint.ts';

/** Most endpoints of one address family: what an EndpointSlice and a proxy's health checks take without thinking. */
export const MAX_ENDPOINTS = 50;

/**
 * Each endpoint once, in order of address and port, at most {@link MAX_ENDPOINTS} of a family. Of more, every Node
 * gives one before any gives a second; which one is chosen by a hash of the address, so that one that comes or goes
 * moves hardly any other.
 */
export function spread(endpoints: readonly Endpoint[]): readonly Endpoint[] {
  if (endpoints.length < 2) return endpoints;
  const distinct = [...new Map(endpoints.map((one) => [endpointKey(one), one])).values()];
  return ([4, 6] as const)
    .flatMap((family) => bounded(distinct.filter(({ ip }) => ip.family === family)))
    .sort((a, b) => compareIp(a.ip, b.ip) || a.port - b.port);
}

function bounded(endpoints: readonly Endpoint[]): readonly Endpoint[] {
  if (endpoints.length <= MAX_ENDPOINTS) return endpoints;
  const ranks = new Map<string, number>();
  return endpoints
    .map((endpoint) => ({ endpoint, hash: shortHash(endpointKey(endpoint)) }))
    .sort((a, b) => compareText(a.hash, b.hash) || compareIp(a.endpoint.ip, b.endpoint.ip))
    .map((one) => {
      const rank = ranks.get(one.endpoint.node) ?? 0;
      ranks.set(one.endpoint.node, rank + 1);
      return { ...one, rank };
    })
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MAX_ENDPOINTS)
    .map(({ endpoint }) => endpoint);
}
