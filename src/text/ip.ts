/** IP addresses and CIDRs as ranges of numbers, so that containment and overlap cost the same for a /8 and a /32. */

export interface IpAddress {
  readonly family: 4 | 6;
  readonly value: bigint;
}

export interface IpRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
  readonly prefixLength: number;
  readonly text: string;
}

const GROUP = /^[0-9a-fA-F]{1,4}$/;

/** Strict textual forms only: no leading zeros, no zone, no IPv4-mapped IPv6 (it would dodge IPv4 rules). */
export function parseIp(text: string): IpAddress | undefined {
  if (text.length > 45) return undefined;
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

/** Character by character: a plan reads dozens of addresses for each cluster. */
function parseIpv4(text: string): IpAddress | undefined {
  let value = 0;
  let octets = 0;
  let octet = 0;
  let digits = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const code = at === text.length ? DOT : text.charCodeAt(at);
    if (code === DOT) {
      if (digits === 0 || octet > 255 || octets === 4) return undefined;
      value = value * 256 + octet;
      octets += 1;
      octet = 0;
      digits = 0;
      continue;
    }
    const hasLeadingZero = digits > 0 && octet === 0;
    if (code < ZERO || code > NINE || digits === 3 || hasLeadingZero) return undefined;
    octet = octet * 10 + code - ZERO;
    digits += 1;
  }
  return octets === 4 ? { family: 4, value: BigInt(value) } : undefined;
}

function parseIpv6(text: string): IpAddress | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const [head = [], tail = []] = groups;
  if (![...head, ...tail].every((group) => GROUP.test(group))) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const all = [...head, ...Array<string>(halves.length === 1 ? 0 : missing).fill('0'), ...tail];
  const value = all.reduce((sum, group) => sum * 65536n + BigInt(Number.parseInt(group, 16)), 0n);
  return value >> 32n === 0xffffn ? undefined : { family: 6, value };
}

/** A CIDR whose host bits are zero; undefined for anything else. */
export function parseCidr(text: string): IpRange | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const address = parseIp(text.slice(0, slash));
  const length = text.slice(slash + 1);
  if (address === undefined || !/^(0|[1-9][0-9]{0,2})$/.test(length)) return undefined;
  const bits = address.family === 4 ? 32 : 128;
  const prefixLength = Number(length);
  if (prefixLength > bits) return undefined;
  const size = 1n << BigInt(bits - prefixLength);
  if (address.value % size !== 0n) return undefined;
  return {
    family: address.family,
    first: address.value,
    last: address.value + size - 1n,
    prefixLength,
    text,
  };
}

export function contains(range: IpRange, address: IpAddress): boolean {
  return range.family === address.family && range.first <= address.value && address.value <= range.last;
}

export function containsRange(outer: IpRange, inner: IpRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

export function overlaps(a: IpRange, b: IpRange): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

/** The CIDRs of a list that parse; the rest is reported by whoever owns the list. */
export function parseCidrs(texts: readonly string[]): readonly IpRange[] {
  return texts.map(parseCidr).filter((range) => range !== undefined);
}

/** Never an endpoint or a route of a tenant: this host, loopback, link-local (cloud metadata), multicast, reserved. */
export const NEVER_TENANT: readonly IpRange[] = parseCidrs([
  '0.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/3',
  '::/127',
  '::ffff:0:0/96',
  'fe80::/10',
  'ff00::/8',
]);

/** Orders addresses by family and number, so that output is stable. */
export function compareIp(a: IpAddress, b: IpAddress): number {
  return a.family - b.family || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0);
}

/** The address as `ip` and the API server read it; IPv6 with every group written. */
export function formatIp({ family, value }: IpAddress): string {
  const [parts, bits] = family === 4 ? [4, 8n] : [8, 16n];
  const mask = (1n << bits) - 1n;
  const all = Array.from(
    { length: parts },
    (_, index) => (value >> (bits * BigInt(parts - 1 - index))) & mask,
  );
  return family === 4 ? all.join('.') : all.map((part) => part.toString(16)).join(':');
}

/** The range as `ip` and the API server read it. */
export function formatCidr({ family, first, prefixLength }: IpRange): string {
  return `${formatIp({ family, value: first })}/${prefixLength}`;
}
