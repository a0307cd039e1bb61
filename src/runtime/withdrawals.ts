import { shortHash } from '../contract/bounded-name.ts';
import { type Clock, formatTime, MINUTE, parseTime } from './clock.ts';
import { type Finding, finding } from './findings.ts';
import { compareText } from './json.ts';
import type { WithdrawalMemory } from './memory.ts';

/** What can be withdrawn: objects by kind, and parts of objects. */
export type WithdrawalKind =
  | 'TLSRoute'
  | 'HTTPRoute'
  | 'Service'
  | 'EndpointSlice'
  | 'Certificate'
  | 'RoutePlan'
  | 'ListenerSet'
  | 'hostname'
  | 'listener'
  | 'endpoint'
  | 'route';

/** One thing that the plan would take away because it is not wanted any more. */
export interface Withdrawal {
  readonly kind: WithdrawalKind;
  /** Identifies it among its kind. */
  readonly key: string;
}

/** What must not be withdrawn now. */
export interface Hold {
  /** A source is incomplete, so nothing may go. */
  readonly everything: boolean;
  readonly kinds: ReadonlySet<WithdrawalKind>;
}

export const NO_HOLD: Hold = Object.freeze({ everything: false, kinds: new Set<WithdrawalKind>() });

export function isHeld(hold: Hold, kind: WithdrawalKind): boolean {
  return hold.everything || hold.kinds.has(kind);
}

const SMALL = 10;
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
export function guardWithdrawals(input: GuardInput): GuardDecision {
  const byKind = new Map<WithdrawalKind, Set<string>>();
  for (const { kind, key } of input.withdrawals) byKind.set(kind, (byKind.get(kind) ?? new Set()).add(key));
  const held = new Set<WithdrawalKind>();
  const memory: Record<string, WithdrawalMemory> = {};
  const findings: Finding[] = [];
  for (const kind of [...byKind.keys()].sort(compareText)) {
    const keys = [...(byKind.get(kind) ?? [])].sort(compareText);
    const large = keys.length > Math.max(SMALL, input.count(kind) / 10);
    if (!large && !input.emptyInventory) {
      const before = input.memory[kind];
      // What is left of a confirmed set goes on, however often a write is lost.
      if (before?.confirmed === true && within(keys, before.keys)) memory[kind] = before;
      continue;
    }
    const token = `${kind}-${shortHash(keys.join('\n'))}`;
    if (input.acknowledged.has(token)) {
      memory[kind] = { keys, since: formatTime(input.clock.now), revision: input.revision, confirmed: true };
      continue;
    }
    const state = confirm(keys, input.memory[kind], input);
    memory[kind] = state;
    if (state.confirmed) continue;
    held.add(kind);
    const shown = keys.slice(0, 5).join(', ') + (keys.length > 5 ? ', ...' : '');
    findings.push(
      finding(
        input.emptyInventory ? 'EmptyInventory' : 'MassWithdrawal',
        null,
        `${keys.length} of ${Math.max(input.count(kind), keys.length)} ${kind} would go (${shown}); key ${token}`,
      ),
    );
  }
  return { held, memory, findings };
}

function confirm(
  keys: readonly string[],
  before: WithdrawalMemory | undefined,
  { clock, revision, emptyInventory }: GuardInput,
): WithdrawalMemory {
  if (before?.confirmed === true && within(keys, before.keys)) return before;
  if (before === undefined || keys.length !== before.keys.length || !within(keys, before.keys)) {
    return { keys, since: formatTime(clock.now), revision, confirmed: false };
  }
  const waited = clock.reached((parseTime(before.since) ?? clock.now) + CONFIRM_AFTER);
  const confirmed = waited && before.revision !== revision && !emptyInventory;
  return confirmed ? { ...before, confirmed } : before;
}

function within(keys: readonly string[], all: readonly string[]): boolean {
  const set = new Set(all);
  return keys.every((key) => set.has(key));
}
