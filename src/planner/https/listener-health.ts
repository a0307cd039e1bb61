import { at, get, listOf } from '../world/json.ts';
import { type Condition, conditionOf, isCurrent } from '../world/objects.ts';
import type { KubeObject } from '../world/world.ts';

/** What a controller says of a listener. */
export interface ListenerHealth {
  /** `up` and `down` are definite and at the current generation. */
  readonly state: 'up' | 'down' | 'unknown';
  /** Since when, in milliseconds; undefined when the controller does not say. */
  readonly since?: number;
  readonly reason: string;
  /**
   * The controller does not say of every condition which generation it looked at, or never writes ResolvedRefs: what it
   * says may be of an earlier one, or of less than all.
   */
  readonly unversioned?: true;
}

/**
 * Reads a listener's conditions. Up needs Programmed and, where it is written, ResolvedRefs (or only partly invalid
 * certificates, which the reader judges one by one); a conflicted listener may have no Accepted condition at all.
 * Anything at another generation is unknown; conditions without any are taken at their word.
 */
export function listenerHealth(parent: KubeObject, name: string): ListenerHealth {
  const generation = parent.metadata.generation;
  const status = listOf(get(parent.status, 'listeners')).find((entry) => get(entry, 'name') === name);
  const conditions = at(status, 'conditions');
  const programmed = conditionOf(conditions, 'Programmed');
  const resolved = conditionOf(conditions, 'ResolvedRefs');
  const conflicted = conditionOf(conditions, 'Conflicted');
  const current = (condition: Condition): boolean => isCurrent(condition, generation);
  if (programmed === undefined || !current(programmed)) return { state: 'unknown', reason: 'NotObserved' };
  const isSure =
    programmed.observedGeneration !== undefined &&
    resolved !== undefined &&
    resolved.observedGeneration !== undefined;
  const unversioned = isSure ? {} : { unversioned: true as const };
  const down = (condition: { reason: string; message: string; since?: number }): ListenerHealth => ({
    state: 'down',
    reason: `${condition.reason}${condition.message === '' ? '' : `: ${condition.message}`}`,
    ...(condition.since === undefined ? {} : { since: condition.since }),
    ...unversioned,
  });
  if (conflicted !== undefined && conflicted.status === 'True' && current(conflicted))
    return down(conflicted);
  if (programmed.status === 'False') return down(programmed);
  if (programmed.status !== 'True') return { state: 'unknown', reason: programmed.reason };
  const partly = resolved?.reason === 'PartiallyInvalidCertificateRef';
  if (resolved !== undefined && !current(resolved)) return { state: 'unknown', reason: 'NotObserved' };
  if (resolved !== undefined && !partly) {
    if (resolved.status === 'False') return down(resolved);
    if (resolved.status !== 'True') return { state: 'unknown', reason: resolved.reason };
  }
  const since = Math.max(
    programmed.since ?? Number.NEGATIVE_INFINITY,
    partly ? Number.NEGATIVE_INFINITY : (resolved?.since ?? Number.NEGATIVE_INFINITY),
  );
  return {
    state: 'up',
    reason: programmed.reason,
    ...(Number.isFinite(since) ? { since } : {}),
    ...unversioned,
  };
}
