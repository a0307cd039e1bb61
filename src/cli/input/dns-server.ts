import { parseIp } from '../../text/ip.ts';
import { UsageError } from '../usage.ts';
import type { Flag } from './arguments.ts';

export const DNS_SERVER = {
  name: 'dns-server',
  argument: 'HOST[:PORT]',
  description: 'a DNS server that is asked about hostnames; may be given several times',
} as const satisfies Flag;

/**
 * A server as Node's resolver takes it: an address, IPv6 in brackets where a port follows.
 *
 * @throws UsageError naming the flag.
 */
export function dnsServerOf(text: string): string {
  const [, bracketed, plain] =
    /^(?:\[([0-9a-fA-F:.]+)\]|(\d+\.\d+\.\d+\.\d+))(?::\d{1,5})?$/.exec(text) ?? [];
  if (parseIp(bracketed ?? plain ?? text) !== undefined) return text;
  throw new UsageError(
    `--dns-server: expected an address such as 1.1.1.1:53 or [2606:4700::1]:53, found ${JSON.stringify(text)}`,
    'write an IP address, because no DNS is asked for it',
  );
}
