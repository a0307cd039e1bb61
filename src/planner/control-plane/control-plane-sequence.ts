import { type Finding, finding } from '../findings.ts';
import type { Action } from '../world/action.ts';
import { hostnamesOf, referenceOf } from '../world/objects.ts';
import { applyId, deleteId, remove } from '../world/part.ts';
import type { KubeObject } from '../world/world.ts';

/** A cluster's TLSRoute write that must wait until others let go of its hostname. */
export interface WaitingRoute {
  readonly cluster: string;
  readonly action: Action;
  readonly hostname: string;
  readonly blockers: readonly KubeObject[];
  /** Our route as it is, when there is one. */
  readonly current: KubeObject | undefined;
}

export interface ControlPlaneSequence {
  /** What each waiting write becomes; undefined: not in this plan. */
  readonly outcomes: ReadonlyMap<string, Action | undefined>;
  readonly findings: readonly Finding[];
}

/**
 * A sequence of the writes of control-plane routes in which no hostname ever stands on two: a write waits for the write
 * that frees its name in the same plan. Where nothing frees it, the write is left out; where clusters swap names, one
 * route goes first.
 */
export function sequenceControlPlaneRoutes(
  waiting: readonly WaitingRoute[],
  actions: ReadonlyMap<string, Action>,
  mayRemove: boolean,
): ControlPlaneSequence {
  const outcomes = new Map<string, Action | undefined>();
  const findings: Finding[] = [];
  const open = new Map(waiting.map((one) => [one.action.id, one]));
  const drop = (one: WaitingRoute): void => {
    open.delete(one.action.id);
    outcomes.set(one.action.id, undefined);
    findings.push(
      finding('HostnameHandover', one.cluster, `${one.hostname} is still on another TLSRoute`, {
        hostname: one.hostname,
      }),
    );
  };
  const freeing = (one: WaitingRoute): readonly string[] | undefined => {
    const ids: string[] = [];
    for (const blocker of one.blockers) {
      const id = freeingAction(blocker, one.hostname, actions, outcomes);
      if (id === undefined) return undefined;
      ids.push(id);
    }
    return ids;
  };
  const dropStuck = (): void => {
    const stuck = [...open.values()].find((one) => freeing(one) === undefined);
    if (stuck === undefined) return;
    drop(stuck);
    dropStuck();
  };
  dropStuck();
  for (;;) {
    const circle = [...open.values()].find((one) => waitsForItself(one, open, freeing));
    if (circle === undefined) break;
    const step = circle.current === undefined || !mayRemove ? undefined : makeRoom(circle, circle.current);
    if (step === undefined) drop(circle);
    else {
      open.delete(circle.action.id);
      outcomes.set(circle.action.id, step);
    }
    dropStuck();
  }
  for (const one of open.values()) {
    const ids = (freeing(one) ?? []).map((id) => outcomes.get(id)?.id ?? id);
    outcomes.set(one.action.id, { ...one.action, after: [...one.action.after, ...ids] });
  }
  return { outcomes, findings };
}

/** In a circle of clusters that swap names, one route goes first and is written again in the next plan. */
function makeRoom({ cluster }: WaitingRoute, current: KubeObject): Action | undefined {
  return remove(current, { cluster, reason: 'clusters swap their hostnames; it is written again next' })
    .actions[0];
}

/** The write of this plan that takes the hostname off another route. */
function freeingAction(
  blocker: KubeObject,
  hostname: string,
  actions: ReadonlyMap<string, Action>,
  outcomes: ReadonlyMap<string, Action | undefined>,
): string | undefined {
  const reference = referenceOf(blocker);
  const deletion = deleteId(reference);
  if (actions.has(deletion)) return deletion;
  const id = applyId(reference);
  const edit = outcomes.has(id) ? outcomes.get(id) : actions.get(id);
  if (edit === undefined || edit.verb === 'delete') return edit === undefined ? undefined : id;
  const keeps = hostnamesOf(edit.object).includes(hostname) && hostnamesOf(blocker).includes(hostname);
  return keeps ? undefined : id;
}

function waitsForItself(
  start: WaitingRoute,
  open: ReadonlyMap<string, WaitingRoute>,
  freeing: (one: WaitingRoute) => readonly string[] | undefined,
): boolean {
  const seen = new Set<string>();
  const stack = [...(freeing(start) ?? [])];
  while (stack.length > 0) {
    const id = stack.pop() ?? '';
    if (id === start.action.id) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    const next = open.get(id);
    if (next !== undefined) stack.push(...(freeing(next) ?? []));
  }
  return false;
}
