import { shortHash } from '../../text/bounded-name.ts';
import { type Clock, DAY, formatTime, HOUR, MINUTE, parseTime, SECOND } from '../world/clock.ts';
import type { DnsMemory } from '../world/memory.ts';
import type { DnsVerdict } from './dns.ts';

const NEGATIVES_TO_DEGRADE = 3;
const NEGATIVE_SPAN = 10 * MINUTE;
const DEGRADED_SPAN = DAY;
const LOST_SPAN = 7 * DAY;

/**
 * One step of a self-managed hostname: pending, ready, degraded, lost, released.
 *
 * Positive makes it ready. Three negative checks over at least 10 minutes make it degraded, a day of that lost, a
 * week of that released. Unknown never changes anything, and time alone neither: the newest check must be negative.
 *
 * @param memory undefined when there is none; `wasReady` then says whether live objects show that it was ready.
 */
export function nextDnsState(
  memory: DnsMemory | undefined,
  verdict: DnsVerdict,
  wasReady: boolean,
  clock: Clock,
): DnsMemory {
  const now = (): string => formatTime(clock.now);
  const before: DnsMemory = memory ?? {
    phase: wasReady ? 'ready' : 'pending',
    since: now(),
    checks: 0,
    negatives: 0,
  };
  const fresh =
    verdict.checkedAt !== undefined &&
    (before.checkedAt === undefined || Date.parse(verdict.checkedAt) > Date.parse(before.checkedAt));
  const counted: DnsMemory =
    fresh && verdict.checkedAt !== undefined
      ? { ...before, checkedAt: verdict.checkedAt, checks: before.checks + 1 }
      : before;
  if (verdict.outcome === 'unknown') return counted;
  if (verdict.outcome === 'positive') {
    const { firstNegativeAt: _, ...rest } = counted;
    return {
      ...rest,
      phase: 'ready',
      since: counted.phase === 'ready' ? counted.since : now(),
      negatives: 0,
      checks: counted.phase === 'ready' ? counted.checks : 1,
    };
  }
  return afterNegative(counted, fresh, now, clock);
}

function afterNegative(state: DnsMemory, fresh: boolean, now: () => string, clock: Clock): DnsMemory {
  const since = parseTime(state.since) ?? clock.now;
  switch (state.phase) {
    case 'pending':
    case 'released':
      return state;
    case 'ready': {
      const firstNegativeAt = state.firstNegativeAt ?? state.checkedAt ?? now();
      const negatives = state.negatives + (fresh || state.negatives === 0 ? 1 : 0);
      const long = clock.reached((parseTime(firstNegativeAt) ?? clock.now) + NEGATIVE_SPAN);
      if (negatives < NEGATIVES_TO_DEGRADE || !long) return { ...state, negatives, firstNegativeAt };
      return { ...state, phase: 'degraded', since: now(), negatives, firstNegativeAt };
    }
    case 'degraded':
      return clock.reached(since + DEGRADED_SPAN) ? { ...state, phase: 'lost', since: now() } : state;
    case 'lost':
      return clock.reached(since + LOST_SPAN) ? { ...state, phase: 'released', since: now() } : state;
  }
}

/**
 * When to ask again: ready every 5 minutes with a fixed spread of 20 %, otherwise slower with every try.
 *
 * @param hash of the hostname, by a caller that knows it.
 */
export function nextDnsCheck(
  hostname: string,
  state: DnsMemory,
  hash: string = shortHash(hostname),
): string | undefined {
  const checkedAt = parseTime(state.checkedAt);
  if (checkedAt === undefined) return undefined;
  const spread = 0.8 + (0.4 * Number.parseInt(hash, 16)) / 0xffffffff;
  const tries = Math.min(state.checks, 200);
  const wait =
    state.phase === 'ready'
      ? 5 * MINUTE * spread
      : Math.min(60 * SECOND * (tries < 10 ? 1.05 : 1.15) ** tries, 4 * HOUR);
  return formatTime(Math.round((checkedAt + wait) / SECOND) * SECOND);
}
