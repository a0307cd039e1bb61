import type { ClusterContext } from '../context.ts';
import { type Clock, formatTime } from '../world/clock.ts';
import { entryOf } from '../world/json.ts';
import type { ClusterMemory } from '../world/memory.ts';
import type { EdgeHostname, Live } from './hostname-plan.ts';
import { mayBeUnseen } from './unseen.ts';

/**
 * Whether a plan of the last minute took a name out of a cluster's HTTP routes: that it is seen there may be older than
 * that write, so nobody lets go of the name because of it.
 */
export function recentlyLeft({ left }: ClusterMemory, hostname: string, clock: Clock): boolean {
  const time = entryOf(left, hostname);
  return time !== undefined && mayBeUnseen(time, clock);
}

/** See {@link ClusterMemory.left}. */
export function rememberLeft(
  { memory, clock }: Pick<ClusterContext, 'memory' | 'clock'>,
  served: readonly EdgeHostname[],
  live: Pick<Live, 'http' | 'redirect'>,
): Readonly<Record<string, string>> {
  const answered = new Set(
    served.filter(({ http, redirect }) => http || redirect).map(({ hostname }) => hostname),
  );
  const leaving = [...live.http, ...live.redirect].filter((hostname) => !answered.has(hostname));
  const before = Object.entries(memory.left ?? {}).filter(([hostname]) =>
    recentlyLeft(memory, hostname, clock),
  );
  return Object.fromEntries([
    ...before,
    ...leaving.map((hostname): [string, string] => [hostname, formatTime(clock.now)]),
  ]);
}
