import { MAX_NAMES } from './certificate-shards.ts';
import { SHARD_RULES, type ShardFacts } from './shard-rules.ts';

/** How names without a shared certificate are spread over these. */
export interface Spread {
  /** New names by the number of their shard. */
  readonly additions: ReadonlyMap<number, readonly string[]>;
  /** Names that fit nowhere. */
  readonly lost: readonly string[];
}

/** Gives names a shared certificate, in as few orders as possible. */
export function spreadNames({ names, shards, room }: ShardFacts, rules = SHARD_RULES): Spread {
  const additions = new Map<number, readonly string[]>();
  const left = new Map(room);
  let rest = names;
  for (const { decide } of rules) {
    if (rest.length === 0) break;
    for (const { shard, names: share } of decide({ names: rest, shards, room: left }) ?? []) {
      const taken = new Set(share);
      rest = rest.filter((name) => !taken.has(name));
      if (shard === undefined) continue;
      additions.set(shard, [...(additions.get(shard) ?? []), ...share]);
      left.set(shard, (left.get(shard) ?? MAX_NAMES) - share.length);
    }
  }
  return { additions, lost: rest };
}
