import { contains, type IpAddress, type IpRange, overlaps } from '../../text/ip.ts';
import type { Kernel, KernelRoute, KernelRule, OwnEntry } from '../types.ts';
import { type RangeIndex, rangeIndex } from './range-index.ts';

/** Numbers of the kernel (rtnetlink.h). */
export const MAIN_TABLE = 254;
export const TYPES = { unicast: 1, local: 2, unreachable: 7, throw: 9 } as const;
const LINK_SCOPE = 253;

/** What the kernel would do, for packets that the host sends without a mark. */
export interface Lookup {
  /** The entry for an address; undefined: there is none, or a rule of its own decides. */
  route(address: IpAddress): KernelRoute | undefined;
  /** Whether every address of the range goes by the entry of ours. */
  isEffective(own: OwnEntry): boolean;
  /** Entries of the main table. */
  readonly main: (family: 4 | 6) => RangeIndex<KernelRoute>;
}

/** Whether an entry leads straight to a link, without another router. */
export function isOnLink({ type, scope, gateway, isPlain, device, range }: KernelRoute): boolean {
  const isLinkScope = range.family === 6 || scope === LINK_SCOPE;
  return type === TYPES.unicast && isPlain && isLinkScope && gateway === undefined && device !== undefined;
}

export function lookupIn({ routes, rules }: Kernel): Lookup {
  const tables = new Map<string, KernelRoute[]>();
  for (const route of routes) {
    const key = `${route.range.family}/${route.table}`;
    const entries = tables.get(key);
    if (entries === undefined) tables.set(key, [route]);
    else entries.push(route);
  }
  const indexes = new Map<string, RangeIndex<KernelRoute>>();
  const indexOf = (family: 4 | 6, table: number): RangeIndex<KernelRoute> => {
    const key = `${family}/${table}`;
    const known = indexes.get(key);
    if (known !== undefined) return known;
    const made = rangeIndex(tables.get(key) ?? [], family, ({ range }) => range);
    indexes.set(key, made);
    return made;
  };
  const ordered = {
    4: rules.filter(({ family }) => family === 4).sort((a, b) => a.priority - b.priority),
    6: rules.filter(({ family }) => family === 6).sort((a, b) => a.priority - b.priority),
  };
  const rulesFor = (range: IpRange): readonly KernelRule[] => followed(ordered[range.family], range);

  return {
    main: (family) => indexOf(family, MAIN_TABLE),
    route: (address) => {
      const range = hostRange(address);
      for (const rule of rulesFor(range)) {
        if (rule.to !== undefined && !contains(rule.to, address)) continue;
        if (rule.table === undefined) return undefined;
        const entry = bestOf(indexOf(address.family, rule.table).covering(range), rule.suppressed);
        if (entry !== undefined && entry.type !== TYPES.throw) return entry;
      }
      return undefined;
    },
    isEffective: (own) => {
      for (const rule of rulesFor(own.range)) {
        if (rule.table === undefined) return false;
        const index = indexOf(own.range.family, rule.table);
        if (rule.table === MAIN_TABLE && reachesWhole(rule, own.range)) return winsIn(index, own);
        if (takesAny(index, own.range, rule.suppressed)) return false;
      }
      return false;
    },
  };
}

/** The rules that may say something about addresses of a range, in their order, jumps followed. */
function followed(rules: readonly KernelRule[], range: IpRange): readonly KernelRule[] {
  const seen: KernelRule[] = [];
  let from = -1;
  for (const rule of rules) {
    if (rule.priority < from || rule.isSelective) continue;
    if (rule.to !== undefined && !overlaps(rule.to, range)) continue;
    if (rule.goto !== undefined) from = rule.goto;
    else seen.push(rule);
  }
  return seen;
}

function reachesWhole({ to, suppressed = -1 }: KernelRule, range: IpRange): boolean {
  const isWhole = to === undefined || (to.first <= range.first && range.last <= to.last);
  return isWhole && range.prefixLength > suppressed;
}

/** Whether a table that is asked before has anything for any address of the range. */
function takesAny(index: RangeIndex<KernelRoute>, range: IpRange, suppressed = -1): boolean {
  return [...index.covering(range), ...index.inside(range)].some(
    ({ range: { prefixLength }, type }) => type !== TYPES.throw && prefixLength > suppressed,
  );
}

/** Whether an entry is there and nothing of another program is preferred to it, for no address of it. */
function winsIn(index: RangeIndex<KernelRoute>, { range, protocol, metric }: OwnEntry): boolean {
  const inside = index.inside(range);
  const isOwn = (entry: KernelRoute): boolean => entry.protocol === protocol;
  const isEqual = (entry: KernelRoute): boolean => entry.range.prefixLength === range.prefixLength;
  const isThere = inside.some(
    (entry) => isOwn(entry) && isEqual(entry) && entry.metric === metric && !entry.isDead,
  );
  return (
    isThere &&
    inside.every((entry) =>
      isOwn(entry) ? !isEqual(entry) || entry.metric >= metric : isEqual(entry) && entry.metric > metric,
    )
  );
}

function bestOf(entries: readonly KernelRoute[], suppressed = -1): KernelRoute | undefined {
  const alive = entries.filter(({ isDead, range }) => !isDead && range.prefixLength > suppressed);
  const longest = Math.max(...alive.map(({ range }) => range.prefixLength));
  return alive.filter(({ range }) => range.prefixLength === longest).sort((a, b) => a.metric - b.metric)[0];
}

function hostRange({ family, value }: IpAddress): IpRange {
  return { family, first: value, last: value, prefixLength: family === 4 ? 32 : 128, text: '' };
}
