import type { Failure, Result } from '../../kube/index.ts';
import { formatCidr, type IpAddress, type IpRange, parseCidr, parseIp } from '../../text/ip.ts';
import { get, isRecord, type JsonRecord, listOf, textOf } from '../../text/json.ts';
import type { KernelAddress, KernelLink, KernelRoute, KernelRule } from '../types.ts';

/** Reads what `ip -j -N` prints; anything that is not understood fails the whole, because half a picture misleads. */

const UNICAST = 1;

/** Entries of `ip -j -N -d -4|-6 route show table all`. */
export function parseRoutes(text: string, family: 4 | 6): Result<readonly KernelRoute[]> {
  return parseList(text, 'routes', (entry) => routeOf(entry, family));
}

/** Rules of `ip -j -N -4|-6 rule show`. */
export function parseRules(text: string, family: 4 | 6): Result<readonly KernelRule[]> {
  return parseList(text, 'rules', (entry) => ruleOf(entry, family));
}

/** Links of `ip -j -N addr show`. */
export function parseLinks(text: string): Result<readonly KernelLink[]> {
  return parseList(text, 'links', linkOf);
}

function parseList<Item>(
  text: string,
  what: string,
  read: (entry: JsonRecord) => Item | undefined,
): Result<readonly Item[]> {
  const entries = jsonOf(text);
  if (!Array.isArray(entries)) return malformed(what, text);
  const items: Item[] = [];
  for (const entry of entries) {
    const item = isRecord(entry) ? read(entry) : undefined;
    if (item === undefined) return malformed(what, JSON.stringify(entry));
    items.push(item);
  }
  return { ok: true, value: items };
}

/** With nothing to show some versions print nothing at all. */
function jsonOf(text: string): unknown {
  if (text.trim() === '') return [];
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function routeOf(entry: JsonRecord, family: 4 | 6): KernelRoute | undefined {
  const range = rangeOf(textOf(entry.dst), family);
  const table = numberAt(entry, 'table', 254);
  const protocol = numberAt(entry, 'protocol', 3);
  const metric = numberAt(entry, 'metric', 0);
  const type = numberAt(entry, 'type', UNICAST);
  const scope = numberAt(entry, 'scope', 0);
  if (range === undefined || [table, protocol, metric, type, scope].includes(Number.NaN)) return undefined;
  const gateway = parseIp(textOf(entry.gateway) ?? '');
  const device = textOf(entry.dev);
  const flags = listOf(entry.flags);
  return {
    range,
    table,
    protocol,
    metric,
    type,
    scope,
    ...(device === undefined ? {} : { device }),
    ...(gateway === undefined ? {} : { gateway }),
    isPlain:
      !OTHERS.some((key) => Object.hasOwn(entry, key)) &&
      (entry.gateway === undefined || gateway?.family === family),
    isDead: flags.includes('dead') || flags.includes('linkdown'),
  };
}

/** What an entry has that ours never have. */
const OTHERS = ['nexthops', 'nhid', 'via', 'tos', 'encap', 'from', 'multipath'];

const SELECTORS = [
  'fwmark',
  'iif',
  'oif',
  'uid_start',
  'ipproto',
  'sport',
  'dport',
  'tos',
  'dsfield',
  'tun_id',
  'l3mdev',
];

function ruleOf(entry: JsonRecord, family: 4 | 6): KernelRule | undefined {
  const priority = numberAt(entry, 'priority', 0);
  const table = numberAt(entry, 'table', 0);
  const goto = numberAt(entry, 'goto', 0);
  const suppressed = numberAt(entry, 'suppress_prefixlen', -1);
  const source = textOf(entry.src) ?? 'all';
  const target = textOf(entry.dst) ?? 'all';
  const to = target === 'all' ? undefined : rangeOf(withLength(target, entry.dstlen), family);
  if ((target !== 'all' && to === undefined) || [priority, table, goto, suppressed].includes(Number.NaN))
    return undefined;
  const isInverted = Object.hasOwn(entry, 'not');
  const isOfHost = textOf(entry.iif) === 'lo';
  const selects = SELECTORS.filter((key) => Object.hasOwn(entry, key) && !(key === 'iif' && isOfHost));
  return {
    family,
    priority,
    ...(Object.hasOwn(entry, 'goto') ? { goto } : {}),
    ...(Object.hasOwn(entry, 'table') ? { table } : {}),
    ...(suppressed < 0 ? {} : { suppressed }),
    // Whatever an inverted rule leaves out, it may be about any packet.
    ...(to === undefined || isInverted ? {} : { to }),
    isSelective: !isInverted && (source !== 'all' || selects.length > 0),
  };
}

function linkOf(entry: JsonRecord): KernelLink | undefined {
  const name = textOf(entry.ifname);
  if (name === undefined) return undefined;
  const flags = listOf(entry.flags);
  return {
    name,
    isUp: flags.includes('UP') && flags.includes('LOWER_UP'),
    addresses: listOf(entry.addr_info).flatMap((info) => addressesOf(info)),
  };
}

/** An address of a link, and that of the other end where there is one. */
function addressesOf(info: unknown): readonly KernelAddress[] {
  const ip = parseIp(textOf(get(info, 'local')) ?? '');
  const length = get(info, 'prefixlen');
  if (ip === undefined || typeof length !== 'number') return [];
  const peer = parseIp(textOf(get(info, 'address')) ?? '');
  const network = networkOf(peer ?? ip, length);
  return network === undefined ? [] : [{ ip, network }];
}

function networkOf({ family, value }: IpAddress, length: number): IpRange | undefined {
  const bits = family === 4 ? 32 : 128;
  if (!Number.isInteger(length) || length < 0 || length > bits) return undefined;
  const size = 1n << BigInt(bits - length);
  const first = (value / size) * size;
  return {
    family,
    first,
    last: first + size - 1n,
    prefixLength: length,
    text: textOfNetwork(family, first, length),
  };
}

function textOfNetwork(family: 4 | 6, first: bigint, length: number): string {
  return formatCidr({ family, first, last: first, prefixLength: length, text: '' });
}

function rangeOf(text: string | undefined, family: 4 | 6): IpRange | undefined {
  const bits = family === 4 ? 32 : 128;
  if (text === 'default') return networkOf({ family, value: 0n }, 0);
  if (text === undefined) return undefined;
  const range = parseCidr(text.includes('/') ? text : `${text}/${bits}`);
  return range?.family === family ? range : mappedRange(text, family);
}

/** IPv4 in IPv6 is refused wherever a plan says it; the kernel may hold it all the same. */
function mappedRange(text: string, family: 4 | 6): IpRange | undefined {
  const [, address = '', length = '128'] = /^::ffff:([0-9.]+)(?:\/(\d+))?$/.exec(text) ?? [];
  const ip = parseIp(address);
  if (family !== 6 || ip?.family !== 4) return undefined;
  return networkOf({ family: 6, value: (0xffffn << 32n) | ip.value }, Number(length));
}

function withLength(address: string, length: unknown): string {
  return typeof length === 'number' ? `${address}/${length}` : address;
}

/** A number, which `ip -N` prints as text in some places; NaN for anything else. */
function numberAt(entry: JsonRecord, key: string, absent: number): number {
  const value = Object.hasOwn(entry, key) ? entry[key] : absent;
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : Number.NaN;
}

function malformed(what: string, found: string): { readonly ok: false; readonly failure: Failure } {
  return {
    ok: false,
    failure: {
      kind: 'malformed',
      at: 'ip',
      message: `expected ${what} in JSON, found ${found.slice(0, 120)}`,
      hint: 'see whether ip is of iproute2 5.0 or newer',
    },
  };
}
