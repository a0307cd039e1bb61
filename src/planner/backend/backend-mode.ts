import { type Clock, formatTime, HOUR, parseTime, SECOND } from '../world/clock.ts';
import type { BackendMemory } from '../world/memory.ts';
import type { ReachabilityVerdict } from './reachability.ts';

const ROUNDS = 3;
const MINIMUM_STAY = 60 * SECOND;
const BASE_HOLD = 30 * SECOND;
const LONGEST_HOLD = HOUR;
const FLIP_MEMORY = 6 * HOUR;
const MAX_FLIPS = 16;

/**
 * One round of the choice between PodIP and NodePort.
 *
 * To PodIP: 3 good rounds in a row, at least 60 s in the current mode, and good without a break for a hold that
 * starts at 30 s and doubles with every change in the last 6 hours, up to 1 hour. To NodePort: 3 bad rounds in a
 * row, or at once when the route is withdrawn. A refused connection is neither, since NodePort would not help.
 */
export function nextBackendMode(
  memory: BackendMemory,
  verdict: ReachabilityVerdict,
  available: { readonly podip: boolean; readonly nodeport: boolean },
  clock: Clock,
): BackendMemory {
  const flips = memory.flips.filter((flip) => !clock.reached((parseTime(flip) ?? 0) + FLIP_MEMORY));
  const counted = countRound({ ...memory, flips }, verdict);
  const same =
    flips.length === memory.flips.length &&
    counted.good === memory.good &&
    counted.bad === memory.bad &&
    counted.round === memory.round &&
    counted.goodSince === memory.goodSince;
  const stay = same ? memory : counted;
  if (memory.mode === 'nodeport') {
    return available.podip && mayGoDirect(counted, clock) ? flip(counted, 'podip', clock) : stay;
  }
  const lost = verdict.state === 'unroutable' || counted.bad >= ROUNDS;
  const gone = !available.podip && verdict.state !== 'refused';
  return available.nodeport && (lost || gone) ? flip(counted, 'nodeport', clock) : stay;
}

function countRound(memory: BackendMemory, { state, round }: ReachabilityVerdict): BackendMemory {
  const fresh = round !== undefined && round !== memory.round;
  const { goodSince, ...rest } = memory;
  switch (state) {
    case 'good':
      return fresh
        ? { ...rest, round, bad: 0, good: memory.good + 1, goodSince: goodSince ?? round }
        : memory;
    case 'bad':
      return fresh ? { ...rest, round, good: 0, bad: memory.bad + 1 } : memory;
    case 'unroutable':
      return { ...rest, good: 0 };
    case 'refused':
    case 'unknown':
      // Neither good nor bad, but good must be continuous.
      return { ...rest, good: 0 };
  }
}

function mayGoDirect(memory: BackendMemory, clock: Clock): boolean {
  if (memory.good < ROUNDS || memory.goodSince === undefined) return false;
  const hold = Math.min(BASE_HOLD * 2 ** memory.flips.length, LONGEST_HOLD);
  const stayed = clock.reached((parseTime(memory.since) ?? clock.now) + MINIMUM_STAY);
  const held = clock.reached((parseTime(memory.goodSince) ?? clock.now) + hold);
  return stayed && held;
}

function flip(memory: BackendMemory, mode: 'podip' | 'nodeport', clock: Clock): BackendMemory {
  const now = formatTime(clock.now);
  const { goodSince: _, ...rest } = memory;
  return { ...rest, mode, since: now, good: 0, bad: 0, flips: [...memory.flips, now].slice(-MAX_FLIPS) };
}

/** The state that a shim Service carries in its annotations; undefined when they are absent or garbled. */
export function backendFromAnnotations(
  mode: string | undefined,
  since: string | undefined,
  flips: string | undefined,
): BackendMemory | undefined {
  if ((mode !== 'podip' && mode !== 'nodeport') || parseTime(since) === undefined || since === undefined)
    return undefined;
  const times = (flips ?? '').split(',').filter((time) => parseTime(time) !== undefined);
  return { mode, since, good: 0, bad: 0, flips: times.slice(-MAX_FLIPS) };
}
