import type { Action } from '../world/action.ts';
import { keyOf } from '../world/objects.ts';
import { inSlices, type Slices } from '../world/slices.ts';

/**
 * One plan from the actions of all steps: each object written once, `after` naming actions of this plan only, and
 * every action behind those it waits for.
 */
export function* orderActions(actions: readonly Action[]): Slices<readonly Action[]> {
  const unique = yield* oneWritePerObject(actions);
  const ids = new Set(unique.map(({ id }) => id));
  const cleaned: Action[] = [];
  yield* inSlices(unique, 1024, (action) => cleaned.push(withKnownAfter(action, ids)));
  return cleaned.every(({ after }) => after.length === 0) ? cleaned : yield* inDependencyOrder(cleaned);
}

function withKnownAfter(action: Action, ids: ReadonlySet<string>): Action {
  if (action.after.length === 0) return action;
  const after = [...new Set(action.after)].filter((id) => ids.has(id) && id !== action.id).sort();
  return { ...action, after };
}

/** An apply beats a delete of the same object; of two applies the first stays. */
function* oneWritePerObject(actions: readonly Action[]): Slices<readonly Action[]> {
  const chosen = new Map<string, Action>();
  yield* inSlices(actions, 1024, (action) => {
    const key = keyOf(action.object);
    const before = chosen.get(key);
    if (before === undefined || (before.verb === 'delete' && action.verb === 'apply'))
      chosen.set(key, action);
  });
  return chosen.size === actions.length ? actions : [...chosen.values()];
}

/** @throws a programmer's mistake: actions that wait for each other, named in a circle. */
function* inDependencyOrder(actions: readonly Action[]): Slices<readonly Action[]> {
  const byId = new Map(actions.map((action) => [action.id, action]));
  const done = new Set<string>();
  const open: string[] = [];
  const ordered: Action[] = [];
  const visit = (action: Action): void => {
    if (done.has(action.id)) return;
    const start = open.indexOf(action.id);
    if (start >= 0) {
      const circle = [...open.slice(start), action.id];
      throw new Error(`actions wait for each other: ${circle.join(' -> ')}`);
    }
    open.push(action.id);
    for (const id of action.after) {
      const before = byId.get(id);
      if (before !== undefined) visit(before);
    }
    open.pop();
    done.add(action.id);
    ordered.push(action);
  };
  yield* inSlices(actions, 1024, visit);
  return ordered;
}
