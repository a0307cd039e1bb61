import type { Action } from './action.ts';
import { keyOf } from './objects.ts';

/**
 * One plan from the actions of all steps: each object written once, `after` naming actions of this plan only, and
 * every action behind those it waits for.
 */
export function orderActions(actions: readonly Action[]): readonly Action[] {
  const unique = oneWritePerObject(actions);
  const ids = new Set(unique.map(({ id }) => id));
  const cleaned = unique.map((action) => {
    if (action.after.length === 0) return action;
    const after = [...new Set(action.after)].filter((id) => ids.has(id) && id !== action.id).sort();
    return { ...action, after };
  });
  return cleaned.every(({ after }) => after.length === 0) ? cleaned : inDependencyOrder(cleaned);
}

/** An apply beats a delete of the same object; of two applies the first stays. */
function oneWritePerObject(actions: readonly Action[]): readonly Action[] {
  const chosen = new Map<string, Action>();
  for (const action of actions) {
    const key = keyOf(action.object);
    const before = chosen.get(key);
    if (before === undefined || (before.verb === 'delete' && action.verb === 'apply'))
      chosen.set(key, action);
  }
  return chosen.size === actions.length ? actions : [...chosen.values()];
}

function inDependencyOrder(actions: readonly Action[]): readonly Action[] {
  const byId = new Map(actions.map((action) => [action.id, action]));
  const done = new Set<string>();
  const open = new Set<string>();
  const ordered: Action[] = [];
  const visit = (action: Action): void => {
    if (done.has(action.id) || open.has(action.id)) return;
    open.add(action.id);
    for (const id of action.after) {
      const before = byId.get(id);
      if (before !== undefined) visit(before);
    }
    open.delete(action.id);
    done.add(action.id);
    ordered.push(action);
  };
  for (const action of actions) visit(action);
  return ordered;
}
