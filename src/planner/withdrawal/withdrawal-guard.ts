import { shortHash } from '../../text/bounded-name.ts';
import { type Finding, finding } from '../findings.ts';
import { firstVerdict } from '../rule.ts';
import { type Clock, formatTime, MINUTE, parseTime } from '../world/clock.ts';
import type { Withdrawal, WithdrawalKind } from '../world/hold.ts';
import { compareText } from '../world/json.ts';
import type { WithdrawalMemory } from '../world/memory.ts';
import { WITHDRAWAL_RULES, type WithdrawalFacts, within } from './withdrawal-rules.ts';

/** A set that stands this long may be meant. */
const CONFIRM_AFTER = 5 * MINUTE;

export interface GuardInput {
  readonly withdrawals: readonly Withdrawal[];
  /** How many of a kind there are now. */
  readonly count: (kind: WithdrawalKind) => number;
  readonly memory: Readonly<Record<string, WithdrawalMemory>>;
  readonly revision: string;
  /** The inventory is complete and lists no cluster at all. */
  readonly emptyInventory: boolean;
  readonly acknowledged: ReadonlySet<string>;
  readonly clock: Clock;
}

export interface GuardDecision {
  readonly held: ReadonlySet<WithdrawalKind>;
  readonly memory: Readonly<Record<string, WithdrawalMemory>>;
  readonly findings: readonly Finding[];
}

/**
 * Holds back implausibly large withdrawals: more than 10 and more than 10 % of a kind must be proposed again, the
 * same set, at least 5 minutes later and with an inventory revision that moved on, or be acknowledged. An
 * empty inventory withdraws nothing without an acknowledgement.
 */
export function guardWithdrawals(input: GuardInput, rules = WITHDRAWAL_RULES): GuardDecision {
  const byKind = new Map<WithdrawalKind, Set<string>>();
  for (const { kind, key } of input.withdrawals) byKind.set(kind, (byKind.get(kind) ?? new Set()).add(key));
  const held = new Set<WithdrawalKind>();
  const memory: Record<string, WithdrawalMemory> = {};
  const findings: Finding[] = [];
  for (const kind of [...byKind.keys()].sort(compareText)) {
    const keys = [...(byKind.get(kind) ?? [])].sort(compareText);
    const facts = factsOf(kind, keys, input);
    const verdict = firstVerdict(rules, facts) ?? { memory: { ...facts.proposal().memory, confirmed: true } };
    if (verdict.memory !== undefined) memory[kind] = verdict.memory;
    if (verdict.held === undefined) continue;
    held.add(kind);
    findings.push(finding(verdict.held, null, messageOf(kind, keys, facts.count())));
  }
  return { held, memory, findings };
}

function factsOf(kind: WithdrawalKind, keys: readonly string[], input: GuardInput): WithdrawalFacts {
  const { revision, emptyInventory, clock } = input;
  const before = input.memory[kind];
  const asOfNow = (confirmed: boolean): WithdrawalMemory => ({
    keys,
    since: formatTime(clock.now),
    revision,
    confirmed,
  });
  return {
    keys,
    count: () => input.count(kind),
    before,
    acknowledged: () => (input.acknowledged.has(tokenOf(kind, keys)) ? asOfNow(true) : undefined),
    proposal: () => {
      if (before === undefined || keys.length !== before.keys.length || !within(keys, before.keys))
        return { memory: asOfNow(false), hasStood: false };
      const since = parseTime(before.since) ?? clock.now;
      return { memory: before, hasStood: clock.reached(since + CONFIRM_AFTER) };
    },
    revision,
    emptyInventory,
  };
}

/** Names exactly this set, for the operator to acknowledge. */
function tokenOf(kind: WithdrawalKind, keys: readonly string[]): string {
  return `${kind}-${shortHash(keys.join('\n'))}`;
}

function messageOf(kind: WithdrawalKind, keys: readonly string[], count: number): string {
  const shown = keys.slice(0, 5).join(', ') + (keys.length > 5 ? ', ...' : '');
  const of = Math.max(count, keys.length);
  return `${keys.length} of ${of} ${kind} would go (${shown}); key ${tokenOf(kind, keys)}`;
}
