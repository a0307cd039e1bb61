import type { IpRange } from '../../text/ip.ts';

/** Ranges of one family, each with something: finds what covers a range and what lies in it without looking at all. */
export interface RangeIndex<Item> {
  /** What holds the whole range, equal ones included; the longest prefix first. */
  covering(range: IpRange): readonly Item[];
  /** What lies in the range, equal ones included. */
  inside(range: IpRange): readonly Item[];
}

/** Prefixes nest or are disjoint, so what overlaps a range covers it or lies in it. */
export function rangeIndex<Item>(
  items: readonly Item[],
  family: 4 | 6,
  rangeOf: (item: Item) => IpRange,
): RangeIndex<Item> {
  const bits = family === 4 ? 32 : 128;
  const byLength = new Map<number, Map<bigint, Item[]>>();
  for (const item of items) {
    const { first, prefixLength } = rangeOf(item);
    const ofLength = byLength.get(prefixLength) ?? new Map<bigint, Item[]>();
    byLength.set(prefixLength, ofLength);
    const same = ofLength.get(first);
    if (same === undefined) ofLength.set(first, [item]);
    else same.push(item);
  }
  const lengths = [...byLength.keys()].sort((a, b) => b - a);
  const sorted = items
    .map((item) => ({ item, range: rangeOf(item) }))
    .sort((a, b) => (a.range.first < b.range.first ? -1 : a.range.first > b.range.first ? 1 : 0));

  /** The first place whose range begins at an address or behind it. */
  const placeOf = (address: bigint): number => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const begins = sorted[middle]?.range.first ?? address;
      if (begins < address) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    covering: ({ first, prefixLength }) =>
      lengths
        .filter((length) => length <= prefixLength)
        .flatMap((length) => {
          const behind = BigInt(bits - length);
          return byLength.get(length)?.get((first >> behind) << behind) ?? [];
        }),
    inside: ({ first, last, prefixLength }) => {
      const found: Item[] = [];
      for (let place = placeOf(first); place < sorted.length; place += 1) {
        const next = sorted[place];
        if (next === undefined || next.range.first > last) break;
        if (next.range.prefixLength >= prefixLength) found.push(next.item);
      }
      return found;
    },
  };
}
