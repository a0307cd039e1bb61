import type { Rule } from '../rule.ts';
import { type CertificateShard, MAX_NAMES, MAX_SHARDS } from './certificate-shards.ts';

export interface ShardFacts {
  /** The names that no rule before has given a shard, in order. */
  readonly names: readonly string[];
  readonly shards: readonly Pick<CertificateShard, 'number' | 'served'>[];
  /** How many more names each shard takes, by its number. */
  readonly room: ReadonlyMap<number, number>;
}

/** What a rule does with some of the names; without a shard they wait. */
export interface Share {
  readonly shard?: number;
  readonly names: readonly string[];
}

type ShardRule = Rule<ShardFacts, readonly Share[]>;

const backHome: ShardRule = {
  name: 'BackHome',
  says: 'A name that some Secret still holds goes back to the certificate of that Secret.',
  source: 'docs/runtime.md, ShardOverlap',
  decide: ({ names, shards, room }) => {
    let rest = names;
    const shares = shards.map(({ number, served }): Share => {
      const back = rest.filter((name) => served.includes(name)).slice(0, Math.max(0, room.get(number) ?? 0));
      rest = rest.filter((name) => !back.includes(name));
      return { shard: number, names: back };
    });
    return someOf(shares);
  },
};

const heldElsewhere: ShardRule = {
  name: 'HeldElsewhere',
  says: 'A name that the Secret of a full certificate still holds waits: in two Secrets at once it would void the later one.',
  source: 'docs/runtime.md, ShardOverlap',
  decide: ({ names, shards }) => {
    const held = new Set(shards.flatMap(({ served }) => served));
    return someOf([{ names: names.filter((name) => held.has(name)) }]);
  },
};

const oneOrder: ShardRule = {
  name: 'OneOrder',
  says: 'All names together go to the first certificate that has room for them.',
  source: "Let's Encrypt, rate limits: every change of a certificate's names is an order",
  decide: ({ names, room }) => {
    const whole = byNumber(room).find(([, free]) => free >= names.length);
    return whole === undefined ? undefined : [{ shard: whole[0], names }];
  },
};

const newCertificates: ShardRule = {
  name: 'NewCertificates',
  says: 'Otherwise they go to new certificates, which leaves the existing ones alone.',
  source: "Let's Encrypt, rate limits: every change of a certificate's names is an order",
  decide: ({ names, room }) => {
    const numbers = Array.from({ length: MAX_SHARDS }, (_, index) => index + 1);
    const free = numbers.filter((number) => !room.has(number));
    return fill(
      names,
      free.map((number): readonly [number, number] => [number, MAX_NAMES]),
    );
  },
};

const fillUp: ShardRule = {
  name: 'FillUp',
  says: 'When there can be no more certificates, they fill the room that is left; what is left then has none.',
  source: 'Gateway API: at most 64 certificateRefs on a listener',
  decide: ({ names, room }) => fill(names, byNumber(room)),
};

/** Which shared certificate names without one go to: each rule takes its share of what those before have left. */
export const SHARD_RULES: readonly ShardRule[] = [backHome, heldElsewhere, oneOrder, newCertificates, fillUp];

function fill(
  names: readonly string[],
  room: readonly (readonly [number, number])[],
): readonly Share[] | undefined {
  let rest = names;
  const shares = room.map(([shard, free]): Share => {
    const share = { shard, names: rest.slice(0, Math.max(0, free)) };
    rest = rest.slice(share.names.length);
    return share;
  });
  return someOf(shares);
}

function byNumber(room: ReadonlyMap<number, number>): readonly (readonly [number, number])[] {
  return [...room].sort(([a], [b]) => a - b);
}

function someOf(shares: readonly Share[]): readonly Share[] | undefined {
  const some = shares.filter(({ names }) => names.length > 0);
  return some.length === 0 ? undefined : some;
}
