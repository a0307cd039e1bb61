import { normaliseHostname } from '../../text/hostnames.ts';
import { parseIp } from '../../text/ip.ts';
import { UsageError } from '../usage.ts';
import type { ResolvedAs } from './requests.ts';

/**
 * `--resolve HOST:PORT:ADDR`, as curl has it; `ADDR:PORT` where it listens at another port.
 *
 * @throws UsageError naming the flag.
 */
export function resolvedAs(text: string): ResolvedAs {
  const [, hostname = '', port = '', bracketed, plain, atPort] =
    /^([^:]+):(\d{1,5}):(?:\[([0-9a-fA-F:.]+)\]|(\d+\.\d+\.\d+\.\d+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const address = bracketed ?? plain;
  if (address === undefined || parseIp(address) === undefined) {
    throw new UsageError(
      `--resolve: expected HOST:PORT:ADDR, found ${JSON.stringify(text)}`,
      'write --resolve kubebyon.example.com:443:203.0.113.9, IPv6 in brackets',
    );
  }
  return { hostname: hostname.toLowerCase(), port: Number(port), address, atPort: Number(atPort ?? port) };
}

/**
 * A hostname in its one spelling.
 *
 * @throws UsageError saying what is wrong with it.
 */
export function hostnameOf(text: string): string {
  const normalised = normaliseHostname(text);
  if (normalised.ok) return normalised.hostname;
  throw new UsageError(
    `expected a hostname, found ${JSON.stringify(text)}: it ${normalised.problem}`,
    'write a name such as shop.example.com',
  );
}
