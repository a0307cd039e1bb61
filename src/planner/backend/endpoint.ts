import type { IpAddress } from '../../text/ip.ts';

/** An address and port that requests of a cluster may go to. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
  readonly ip: IpAddress;
  /** The Node that it is on. */
  readonly node: string;
  /** Of a Pod: its Node has no podCIDRs, so no route to it can be planned. */
  readonly unrouted?: true;
}

/** What tells one endpoint from another. */
export function endpointKey({ address, port }: Endpoint): string {
  return `${address} ${port}`;
}
