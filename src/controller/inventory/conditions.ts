import { LONGEST_MESSAGE } from '../../contract/edge-cluster.ts';
import { parseTime } from '../../planner/world/clock.ts';
import { get, listOf, textOf } from '../../text/json.ts';

/** What is said of one thing, before it is known since when. */
export interface Saying {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  /** CamelCase, from a controller or from us; what is no such word is not taken. */
  readonly reason: string;
  readonly message?: string;
}

/** A condition as Kubernetes has them. */
export interface Condition extends Required<Saying> {
  readonly observedGeneration?: number;
  readonly lastTransitionTime: string;
}

/** Since when conditions hold: what was stored before, the generation that they speak of, and the time. */
export interface Moment {
  readonly before: unknown;
  readonly generation: number | undefined;
  readonly now: string;
}

const REASON = /^[A-Za-z]([A-Za-z0-9_,:]{0,126}[A-Za-z0-9_])?$/;

/** Conditions, each since when its status is what it is; nothing else moves that time. */
export function conditionsOf(
  sayings: readonly Saying[],
  { before, generation, now }: Moment,
): readonly Condition[] {
  const known = listOf(before);
  return sayings.map(({ type, status, reason, message = '' }) => {
    const last = known.find((one) => get(one, 'type') === type && get(one, 'status') === status);
    const since = textOf(get(last, 'lastTransitionTime'));
    return {
      type,
      status,
      ...(generation === undefined ? {} : { observedGeneration: generation }),
      lastTransitionTime: since !== undefined && parseTime(since) !== undefined ? since : now,
      reason: REASON.test(reason) ? reason : 'Other',
      message: shortened(message),
    };
  });
}

/** The server counts characters, and half of one is none. */
function shortened(message: string): string {
  const characters = Array.from(message);
  return characters.length <= LONGEST_MESSAGE
    ? message
    : `${characters.slice(0, LONGEST_MESSAGE - 1).join('')}…`;
}
