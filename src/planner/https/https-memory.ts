import { isWildcard } from '../../text/hostnames.ts';
import type { ClusterContext } from '../context.ts';
import { type Clock, formatTime } from '../world/clock.ts';
import { entryOf } from '../world/json.ts';
import type { ClusterMemory } from '../world/memory.ts';
import type { EdgeHostname } from './hostname-plan.ts';
import { mayBeUnseen } from './unseen.ts';

/** Whether a plan of the last minute wanted HTTPS for a name. */
export function recentlyHttps({ https }: ClusterMemory, hostname: string, clock: Clock): boolean {
  const ended = entryOf(https, hostname);
  return ended !== undefined && (isWildcard(ended) || isRecent(ended, clock));
}

/** Whether a plan of the last minute wanted HTTPS on the listener of a hostname. */
export function recentlyOnListener({ https }: ClusterMemory, hostname: string, clock: Clock): boolean {
  const ended = entryOf(https, hostname);
  return ended !== undefined && !isWildcard(ended) && isRecent(ended, clock);
}

/** @param ended see {@link ClusterMemory.https}. */
function isRecent(ended: string, clock: Clock): boolean {
  return ended === '' || mayBeUnseen(ended, clock);
}

/** What is left in memory of a cluster whose HTTPS has ended altogether. */
export function endHttps(memory: ClusterMemory, clock: Clock): Readonly<Record<string, string>> {
  return rememberHttps({ memory, clock }, []);
}

/** See {@link ClusterMemory.https}. A listener that serves names below its own is in use by them as well. */
export function rememberHttps(
  { memory, clock }: Pick<ClusterContext, 'memory' | 'clock'>,
  served: readonly EdgeHostname[],
): Readonly<Record<string, string>> {
  const secure = served.filter(({ https, redirect }) => https !== undefined || redirect);
  const wanted = new Map<string, string>(
    secure.flatMap(({ certificateOf }) => (certificateOf === undefined ? [] : [[certificateOf, '']])),
  );
  for (const { hostname, certificateOf = '' } of secure) wanted.set(hostname, certificateOf);
  // Nearly every plan ends here: a map of as many keys as names is dear to make.
  if (memory.https !== undefined && isMap(memory.https, wanted)) return memory.https;
  const ended = Object.keys(memory.https ?? {})
    .filter((hostname) => !wanted.has(hostname) && recentlyHttps(memory, hostname, clock))
    .map((hostname): [string, string] => {
      const before = entryOf(memory.https, hostname) ?? '';
      return [hostname, before === '' || isWildcard(before) ? formatTime(clock.now) : before];
    });
  return Object.fromEntries([...wanted, ...ended]);
}

function isMap(record: Readonly<Record<string, string>>, map: ReadonlyMap<string, string>): boolean {
  const keys = Object.keys(record);
  return keys.length === map.size && keys.every((key) => map.get(key) === record[key]);
}
