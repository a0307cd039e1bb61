import { type IpAddress, parseIp } from '../../text/ip.ts';
import { listed } from '../../text/listed.ts';
import { type Finding, finding } from '../findings.ts';
import type { RefuseAddress } from './address-rules.ts';
import { type Endpoint, endpointKey } from './endpoint.ts';

/** A Pod or Node and the addresses that it names, best first. */
export interface Offer {
  readonly what: string;
  readonly node: string;
  readonly port: number;
  readonly addresses: readonly string[];
  readonly refuse: RefuseAddress;
  readonly unrouted?: boolean;
}

export interface ChosenAddresses {
  readonly endpoints: readonly Endpoint[];
  /** Offers without any usable address: each address and why. */
  readonly refused: readonly string[];
  /** Of offers that are used: what became of the address family of an address that is not. */
  readonly families: ReadonlyMap<4 | 6, string>;
}

const FAMILIES = [4, 6] as const;

/** One address of each family per offer, the first that may be used. */
export function chooseAddresses(offers: readonly Offer[]): ChosenAddresses {
  const endpoints: Endpoint[] = [];
  const refused: string[] = [];
  const families = new Map<4 | 6, string>();
  for (const offer of offers) {
    const judged = offer.addresses.map((address) => judge(address, offer));
    const chosen = FAMILIES.flatMap((family) => judged.find((one) => isUsable(one, family)) ?? []);
    for (const { address, ip } of chosen)
      if (ip !== undefined) endpoints.push(endpointOf(offer, address, ip));
    for (const { address, ip, why } of judged) {
      if (why === undefined) continue;
      const message = `${offer.what.slice(0, 80)} names ${JSON.stringify(address.slice(0, 64))}, which ${why}; it is not used`;
      if (chosen.length === 0) refused.push(message);
      else if (ip !== undefined && !families.has(ip.family)) families.set(ip.family, message);
    }
  }
  return { endpoints, refused, families };
}

function endpointOf({ port, node, unrouted }: Offer, address: string, ip: IpAddress): Endpoint {
  return { address, port, ip, node, ...(unrouted === true ? { unrouted } : {}) };
}

interface Judged {
  readonly address: string;
  readonly ip: IpAddress | undefined;
  readonly why: string | undefined;
}

function judge(address: string, { refuse }: Offer): Judged {
  const ip = parseIp(address);
  return { address, ip, why: ip === undefined ? 'is not an IP address in its plain form' : refuse(ip) };
}

function isUsable({ ip, why }: Judged, family: 4 | 6): boolean {
  return ip?.family === family && why === undefined;
}

/** What is usable or offered and gets no requests: endpoints beyond the limit, and an address family as a whole. */
export function leftOutFindings(
  clusterId: string,
  { endpoints, families }: ChosenAddresses,
  used: readonly Endpoint[],
): readonly Finding[] {
  if (used.length === endpoints.length && families.size === 0) return [];
  const isUsed = new Set(used.map(endpointKey));
  const distinct = new Map(endpoints.map((one) => [endpointKey(one), one]));
  const rest = [...distinct].filter(([key]) => !isUsed.has(key)).map(([, one]) => one);
  const missing = FAMILIES.filter(
    (family) => families.has(family) && used.length > 0 && !used.some(({ ip }) => ip.family === family),
  );
  return [
    ...(rest.length > 0
      ? [
          finding(
            'EndpointsLeftOut',
            clusterId,
            `${distinct.size} endpoints are usable and ${used.length} get requests, spread over the Nodes; left out: ${listed(rest.map(({ address }) => address))}`,
          ),
        ]
      : []),
    ...missing.map((family) =>
      finding('AddressFamilyLeftOut', clusterId, `IPv${family} is left out: ${families.get(family) ?? ''}`),
    ),
  ];
}
