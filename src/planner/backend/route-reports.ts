import { containsRange, type IpAddress, type IpRange, parseCidr } from '../../text/ip.ts';
import { type Clock, parseTime, SECOND } from '../world/clock.ts';
import { sameData } from '../world/json.ts';
import type { RouteAgent } from '../world/world.ts';

/** What the route agent of a host Node says, as it is asked. */
export interface RouteReports {
  /** Nobody has seen a sign of life of it for staleAfterSeconds. */
  readonly isStale: boolean;
  /** Whether the kernel routes an address by a route that lies in one of some ranges; the default route never does. */
  isRouted(address: IpAddress, ranges: readonly IpRange[]): boolean;
  /** Since when the agent owes a report about a route to an address, in milliseconds; undefined: it does not. */
  pendingSince(address: IpAddress): number | undefined;
  /** What it rests on. */
  readonly said: Pick<RouteAgent, 'effective' | 'pending'>;
}

/** @returns undefined for an agent that is not known, or whose last sign of life has no time. */
export function routeReports(
  agent: RouteAgent | undefined,
  staleAfterSeconds: number,
  clock: Clock,
): RouteReports | undefined {
  const renewedAt = parseTime(agent?.renewedAt);
  if (agent === undefined || renewedAt === undefined) return undefined;
  const { effective, pending } = agent;
  // Made when somebody asks: most signs of life change no report.
  let routes: PrefixTable<true> | undefined;
  let owed: PrefixTable<number> | undefined;
  return {
    isStale: clock.reached(renewedAt + staleAfterSeconds * SECOND),
    isRouted: (address, ranges) => {
      routes ??= prefixTable(effective.map((text) => [text, true]));
      return routes
        .matching(address)
        .some(({ range }) => ranges.some((outer) => containsRange(outer, range)));
    },
    pendingSince: (address) => {
      owed ??= prefixTable(Object.entries(pending ?? {}).flatMap(owedSince));
      const times = owed.matching(address).map(({ value }) => value);
      return times.length === 0 ? undefined : Math.min(...times);
    },
    said: { effective, ...(pending === undefined ? {} : { pending }) },
  };
}

/** Whether two reports answer alike, whenever they were made. */
export function sameRouteReports(a: RouteReports | undefined, b: RouteReports | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.isStale === b.isStale && sameData(a.said, b.said);
}

function owedSince([text, time]: readonly [string, string]): readonly (readonly [string, number])[] {
  const since = parseTime(time);
  return since === undefined ? [] : [[text, since]];
}

interface Prefix<T> {
  readonly range: IpRange;
  readonly value: T;
}

/** Prefixes by length: an address is looked up once per length that there is, however many prefixes there are. */
interface PrefixTable<T> {
  matching(address: IpAddress): readonly Prefix<T>[];
}

function prefixTable<T>(entries: readonly (readonly [string, T])[]): PrefixTable<T> {
  const lengths = new Map<string, { readonly size: bigint; readonly byFirst: Map<bigint, Prefix<T>> }>();
  for (const [text, value] of entries) {
    const range = parseCidr(text);
    if (range === undefined || range.prefixLength === 0) continue;
    const key = `${range.family}/${range.prefixLength}`;
    const known = lengths.get(key) ?? { size: range.last - range.first + 1n, byFirst: new Map() };
    lengths.set(key, known);
    known.byFirst.set(range.first, { range, value });
  }
  return {
    matching: (address) =>
      [...lengths].flatMap(([key, { size, byFirst }]) => {
        const found = key.startsWith(`${address.family}/`)
          ? byFirst.get(address.value - (address.value % size))
          : undefined;
        return found === undefined ? [] : [found];
      }),
  };
}
