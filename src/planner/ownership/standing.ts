import type { DnsPhase } from '../world/memory.ts';
import type { DnsVerdict } from './dns.ts';

/** How good a claim is; the best wins, among equals the oldest. */
export type Standing = -1 | 0 | 1 | 2 | 3;

/**
 * - 3: the TXT proof is there.
 * - 2: DNS reaches this cluster's target.
 * - 1: it did, and nothing definite says that it went elsewhere.
 * - 0: nobody knows yet.
 * - -1: DNS definitely reaches another cluster's current or retired target.
 */
export function standingOf(verdict: DnsVerdict, phase: DnsPhase): Standing {
  if (verdict.proven) return 3;
  if (verdict.outcome === 'positive') return 2;
  if (verdict.outcome === 'negative' && verdict.reason === 'PointsToOtherCluster') return -1;
  return phase === 'ready' || phase === 'degraded' ? 1 : 0;
}
