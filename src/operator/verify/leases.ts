import { parseTime } from '../../planner/world/clock.ts';
import { get, numberOf, textOf } from '../../planner/world/json.ts';
import { spoken } from '../checks/duration.ts';
import type { SeenObject } from '../checks/facts.ts';

/** Clocks of machines differ; a Lease that is late by so little may be in time. */
const CLOCK_SKEW_MS = 30_000;

/** When a Lease was renewed last; milliseconds since 1970. */
export function lastRenewal(lease: SeenObject): number {
  return parseTime(textOf(get(lease.spec, 'renewTime'))) ?? 0;
}

/** What is wrong with a Lease of an election. */
export function leaseProblem(lease: SeenObject, now: number): string | undefined {
  const holder = textOf(get(lease.spec, 'holderIdentity')) ?? '';
  if (holder === '') return 'nobody holds it';
  const late = now - lastRenewal(lease) - (numberOf(get(lease.spec, 'leaseDurationSeconds')) ?? 15) * 1000;
  return late > CLOCK_SKEW_MS
    ? `${holder} has not renewed it for ${spoken(now - lastRenewal(lease))}`
    : undefined;
}
