import { type Change, referenceKey } from '../../planner/world/index.ts';
import { get, listOf, textsOf } from '../../planner/world/json.ts';
import { contains, type IpAddress, type IpRange, parseIp } from '../../text/ip.ts';

/** Where requests are sent at present: addresses of the EndpointSlices that are observed. */
export interface UsedRanges {
  take(change: Change): void;
  isUsed(range: IpRange): boolean;
}

export function usedRanges(): UsedRanges {
  const slices = new Map<string, readonly IpAddress[]>();
  return {
    take: (change) => {
      if (change.of !== 'object' || change.reference.kind !== 'EndpointSlice') return;
      const key = referenceKey(change.reference);
      const addresses = listOf(change.object?.endpoints)
        .flatMap((endpoint) => textsOf(get(endpoint, 'addresses')))
        .map(parseIp)
        .filter((ip) => ip !== undefined);
      if (addresses.length === 0) slices.delete(key);
      else slices.set(key, addresses);
    },
    isUsed: (range) => [...slices.values()].some((addresses) => addresses.some((ip) => contains(range, ip))),
  };
}
