import { parseIp } from '../../text/ip.ts';
import { get, listOf, textsOf } from '../world/json.ts';
import type { KubeObject } from '../world/world.ts';
import type { Endpoint } from './endpoint.ts';

/** Endpoints of our slices as they are. */
export function liveEndpoints(objects: readonly KubeObject[], namespace: string): readonly Endpoint[] {
  return objects
    .filter(({ kind, metadata }) => kind === 'EndpointSlice' && metadata.namespace === namespace)
    .flatMap((slice) => {
      const port = get(listOf(slice.ports)[0], 'port');
      return listOf(slice.endpoints).flatMap((endpoint) => {
        const [address] = textsOf(get(endpoint, 'addresses'));
        const ip = address === undefined ? undefined : parseIp(address);
        return address === undefined || ip === undefined || typeof port !== 'number'
          ? []
          : [{ address, port, ip, node: '' }];
      });
    });
}
