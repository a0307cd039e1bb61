import { GATEWAY_QUIRKS } from '../../contract/gateway-quirks.ts';
import { type Clock, parseTime } from './clock.ts';
import { entryOf, get, textOf } from './json.ts';
import { type Condition, conditionOf, isCurrent } from './objects.ts';
import type { KubeObject } from './world.ts';

/** What is missing of a controller's verdict, as a sentence goes on after the name of the object. */
export interface NoVerdict {
  readonly what: string;
}

/**
 * Whether controllers have had the time to look at an object since it was last written and have not come to a verdict.
 *
 * @param verdict the condition that holds the verdict; undefined: nobody wrote it.
 */
export function missingVerdict(
  object: KubeObject,
  verdict: Condition | undefined,
  type: string,
  clock: Clock,
): NoVerdict | undefined {
  const { generation } = object.metadata;
  const isStale = verdict !== undefined && !isCurrent(verdict, generation);
  if (verdict !== undefined && !isStale && verdict.status !== 'Unknown') return undefined;
  const written = writtenAt(object, isStale);
  if (written === undefined || !clock.reached(written + GATEWAY_QUIRKS.lookedAtWithin)) return undefined;
  if (verdict === undefined) return { what: `no controller has written ${type}` };
  if (isStale)
    return {
      what: `its controller looked at generation ${verdict.observedGeneration ?? 'none'} and not yet at ${generation ?? 'none'}`,
    };
  return { what: describeCondition(type, verdict) };
}

/**
 * A condition as findings tell it.
 *
 * @param remedies what to do about the reasons that are known.
 */
export function describeCondition(
  type: string,
  { status, reason, message }: Condition,
  remedies: Readonly<Record<string, string>> = {},
): string {
  const remedy = entryOf(remedies, reason);
  return `${type} is ${status}, ${reason}${message === '' ? '' : ` (${message})`}${remedy === undefined ? '' : `; ${remedy}`}`;
}

/** The condition that an object's status holds. */
export function statusCondition(object: KubeObject, type: string): Condition | undefined {
  return conditionOf(get(object.status, 'conditions'), type);
}

/**
 * When somebody last wrote more than the status, by managedFields, else when it was made. Of an object that was looked
 * at before, its making says nothing about the last write.
 */
function writtenAt({ metadata }: KubeObject, wasLookedAt: boolean): number | undefined {
  const times = (metadata.managedFields ?? [])
    .filter((entry) => get(entry, 'subresource') !== 'status')
    .map((entry) => parseTime(textOf(get(entry, 'time'))))
    .filter((time) => time !== undefined);
  const created = parseTime(metadata.creationTimestamp);
  if (times.length > 0) return Math.max(...times, created ?? Number.NEGATIVE_INFINITY);
  return wasLookedAt ? undefined : created;
}
