import type { FindingCode } from '../findings.ts';
import type { Rule } from '../rule.ts';
import type { WithdrawalMemory } from '../world/memory.ts';

export interface WithdrawalFacts {
  /** What would go, of one kind, in order. */
  readonly keys: readonly string[];
  /** How many of the kind there are now. */
  readonly count: () => number;
  /** What is remembered of the kind. */
  readonly before: WithdrawalMemory | undefined;
  /** What is remembered when the operator acknowledges exactly this set; undefined when he does not. */
  readonly acknowledged: () => WithdrawalMemory | undefined;
  readonly proposal: () => Proposal;
  readonly revision: string;
  /** The inventory is complete and lists no cluster at all. */
  readonly emptyInventory: boolean;
}

/** A set that waits to be proposed again. */
export interface Proposal {
  /** As it was proposed first. */
  readonly memory: WithdrawalMemory;
  readonly hasStood: boolean;
}

export interface WithdrawalVerdict {
  readonly memory?: WithdrawalMemory;
  /** Why it is held back; undefined: it goes. */
  readonly held?: FindingCode;
}

type WithdrawalRule = Rule<WithdrawalFacts, WithdrawalVerdict>;

const SMALL = 10;

const few: WithdrawalRule = {
  name: 'Few',
  says: 'Up to 10, or up to 10 % of the kind, go at once unless the inventory is empty.',
  source: 'docs/runtime.md, Withdrawals',
  decide: ({ keys, count, before, emptyInventory }) => {
    if (emptyInventory || keys.length > Math.max(SMALL, count() / 10)) return undefined;
    return isRestOf(keys, before) ? { memory: before } : {};
  },
};

const acknowledged: WithdrawalRule = {
  name: 'Acknowledged',
  says: 'A set whose key the operator has acknowledged goes.',
  source: 'docs/runtime.md, Withdrawals',
  decide: (facts) => {
    const memory = facts.acknowledged();
    return memory === undefined ? undefined : { memory };
  },
};

const restOfConfirmed: WithdrawalRule = {
  name: 'RestOfConfirmed',
  says: 'What is left of a confirmed set goes on, however often a write is lost.',
  source: 'docs/runtime.md, invariant 1',
  decide: ({ keys, before }) => (isRestOf(keys, before) ? { memory: before } : undefined),
};

const emptyInventory: WithdrawalRule = {
  name: 'EmptyInventory',
  says: 'With an empty inventory nothing goes, however long it stays empty.',
  source: 'docs/runtime.md, invariant 2',
  finding: 'EmptyInventory',
  decide: (facts) =>
    facts.emptyInventory ? { memory: facts.proposal().memory, held: 'EmptyInventory' } : undefined,
};

const justProposed: WithdrawalRule = {
  name: 'JustProposed',
  says: 'A set waits until exactly the same one has stood for 5 minutes.',
  source: 'docs/runtime.md, invariant 2',
  finding: 'MassWithdrawal',
  decide: ({ proposal }) => {
    const { memory, hasStood } = proposal();
    return hasStood ? undefined : { memory, held: 'MassWithdrawal' };
  },
};

const sameRevision: WithdrawalRule = {
  name: 'SameRevision',
  says: 'A set waits until the inventory has another revision than the one that it was proposed by.',
  source: 'docs/runtime.md, invariant 2',
  finding: 'MassWithdrawal',
  decide: ({ proposal, revision }) => {
    const { memory } = proposal();
    return memory.revision === revision ? { memory, held: 'MassWithdrawal' } : undefined;
  },
};

/** Whether what would go of one kind is held back, in this order. */
export const WITHDRAWAL_RULES: readonly WithdrawalRule[] = [
  few,
  acknowledged,
  restOfConfirmed,
  emptyInventory,
  justProposed,
  sameRevision,
];

function isRestOf(keys: readonly string[], before: WithdrawalMemory | undefined): before is WithdrawalMemory {
  return before?.confirmed === true && within(keys, before.keys);
}

/** Whether all of some keys are among others. */
export function within(keys: readonly string[], all: readonly string[]): boolean {
  const set = new Set(all);
  return keys.every((key) => set.has(key));
}
