/**
 * How evenly clusters fall on shards, and how many move when a shard comes: the figures of docs/scale.md.
 * A cluster belongs to the shard that weighs most for it (rendezvous hashing), so whoever knows how many there are agrees.
 */
import { shortHash } from '../src/text/bounded-name.ts';
import { markdownTable } from '../src/text/markdown.ts';

const SIZES = [5_000, 20_000, 50_000];
const COUNTS = [2, 4, 10];

/** The shard of a cluster among `count`. */
export function shardOf(clusterId: string, count: number): number {
  let [best, most] = [0, ''];
  for (let shard = 0; shard < count; shard += 1) {
    const weight = shortHash(`${shard}/${clusterId}`);
    if (weight > most) [best, most] = [shard, weight];
  }
  return best;
}

function figuresOf(clusters: number, count: number): readonly string[] {
  const sizes = Array.from({ length: count }, () => 0);
  let moved = 0;
  for (let index = 0; index < clusters; index += 1) {
    const shard = shardOf(`c-${index}`, count);
    sizes[shard] = (sizes[shard] ?? 0) + 1;
    if (shardOf(`c-${index}`, count + 1) !== shard) moved += 1;
  }
  const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  const even = clusters / count;
  return [
    ...[clusters, count, Math.min(...sizes), Math.max(...sizes)].map(String),
    share(Math.max(...sizes) - even, even),
    share(moved, clusters),
  ];
}

function main(): void {
  const rows = SIZES.flatMap((clusters) => COUNTS.map((count) => figuresOf(clusters, count)));
  const head = [
    'clusters',
    'shards',
    'smallest',
    'largest',
    'largest above even',
    'move when one more comes',
  ];
  console.log(markdownTable(head, rows));
}

if (import.meta.main) main();
