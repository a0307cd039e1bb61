import { RUNTIME_FIELD_MANAGER } from '../../contract/labels.ts';
import type { StoredObject } from '../../kube/index.ts';
import { type Finding, finding } from '../../planner/findings.ts';
import type { Action } from '../../planner/world/index.ts';
import { at, get, listOf, textOf } from '../../planner/world/json.ts';
import { describeReference, referenceOf } from '../../planner/world/objects.ts';
import { shortHash } from '../../text/bounded-name.ts';
import type { Waiting } from './plan-order.ts';

/**
 * Objects that are written the same again and again, because somebody else changes them back. Each waits longer from time to
 * time, so that two programs that disagree keep neither the API server nor the Gateway's controller busy.
 */
export interface Fights {
  /** A write was done. */
  done(one: Waiting, now: number): void;
  /** Until when the same write waits; undefined: it need not. */
  waitsUntil(one: Waiting, now: number): number | undefined;
  /** Whether it is worth a look who else writes the object. */
  isSuspect(key: string): boolean;
  /** What stood there before it is written again; undefined: nothing. */
  found(key: string, live: StoredObject | undefined): void;
  /** The same list as long as it says the same. */
  findings(now: number): readonly Finding[];
}

interface Last {
  readonly hash: string;
  readonly at: number;
  /** How often the same was written again. */
  readonly repeats: number;
  readonly action: Pick<Action, 'cluster' | 'object'> | undefined;
  readonly rival: string | undefined;
}

/** Somebody who looks at an object now and then changes it now and then. */
const PATIENCE = 3;
const FIRST_MS = 1_000;
const LONGEST_MS = 5 * 60_000;

/** So long after the last time it is over. */
const OVER_MS = 2 * LONGEST_MS;

export function createFights(): Fights {
  const last = new Map<string, Last>();
  let said: readonly Finding[] = [];
  const isOver = ({ at: time }: Last, now: number): boolean => now - time >= OVER_MS;
  return {
    done: (one, now) => {
      const before = last.get(one.key);
      const hash = hashOf(one);
      const isAgain = before?.hash === hash && !isOver(before, now);
      const repeats = isAgain ? before.repeats + 1 : 0;
      const { cluster, object } = one.action;
      last.set(one.key, {
        hash,
        at: now,
        repeats,
        // What is not fought over is not remembered whole.
        action: repeats < PATIENCE ? undefined : { cluster, object },
        rival: isAgain ? before.rival : undefined,
      });
    },
    waitsUntil: (one, now) => {
      const before = last.get(one.key);
      if (before === undefined || before.repeats < PATIENCE || isOver(before, now)) return undefined;
      const until = before.at + Math.min(FIRST_MS * 2 ** (before.repeats - PATIENCE), LONGEST_MS);
      // Another content is no answer to whoever fights.
      return now < until && before.hash === hashOf(one) ? until : undefined;
    },
    isSuspect: (key) => (last.get(key)?.repeats ?? 0) >= PATIENCE - 1,
    found: (key, live) => {
      const before = last.get(key);
      if (before !== undefined)
        last.set(key, { ...before, rival: live === undefined ? GONE : rivalOf(live) });
    },
    findings: (now) => {
      const fought = [...last.values()].filter((one) => one.repeats >= PATIENCE && !isOver(one, now));
      const next = fought.flatMap(findingOf);
      const isSame =
        next.length === said.length && next.every(({ message }, index) => message === said[index]?.message);
      if (!isSame) said = next;
      return said;
    },
  };
}

const GONE = 'somebody deletes it';

function findingOf({ action, rival }: Last): readonly Finding[] {
  if (action === undefined) return [];
  const object = referenceOf(action.object);
  const who = rival ?? 'somebody changes it back';
  return [finding('ObjectFoughtOver', action.cluster, `${describeReference(object)}: ${who}`, { object })];
}

/** The field manager other than ours that wrote last. */
function rivalOf(live: StoredObject): string | undefined {
  const others = listOf(at(live, 'metadata', 'managedFields'))
    .map((entry) => ({
      manager: textOf(get(entry, 'manager')) ?? '',
      time: textOf(get(entry, 'time')) ?? '',
      isStatus: textOf(get(entry, 'subresource')) === 'status',
    }))
    .filter(({ manager, isStatus }) => manager !== RUNTIME_FIELD_MANAGER && manager !== '' && !isStatus)
    .sort((a, b) => (a.time < b.time ? 1 : -1));
  const [newest] = others;
  return newest === undefined ? undefined : `field manager ${newest.manager.slice(0, 128)} changes it back`;
}

function hashOf({ action: { verb, object } }: Waiting): string {
  return shortHash(JSON.stringify([verb, object]));
}
