import { type Action, referenceKey } from '../../planner/world/index.ts';
import { createQueue } from '../../process/queue.ts';

/** An action of a plan, and what it waits for. */
export interface Waiting {
  readonly action: Action;
  /** The object that it writes. */
  readonly key: string;
  /** What it writes, as a text; worked out only where something was refused. */
  readonly content: () => string;
}

/**
 * The actions of the newest plan, each when those before it have succeeded. A plan may have tens of thousands: they are looked
 * at one by one, when somebody asks for more, because all at once would hold everything else up.
 */
export interface PlanOrder {
  /** Another plan: nothing of the one before is left. */
  begin(actions: readonly Action[]): void;
  /** The next one whose turn it is, among those that were looked at. */
  take(): Waiting | undefined;
  /** Looks at one more; false when all have been. */
  look(): boolean;
  /** One that was taken has its turn again. */
  again(one: Waiting): void;
  /** One has succeeded: what comes after it need not wait for it. Does nothing the second time. */
  succeeded(one: Waiting): void;
  /** One that was looked at. */
  find(id: string): Waiting | undefined;
  /** Everything has been looked at and taken. */
  isEmpty(): boolean;
  /** How many have not succeeded. */
  left(): number;
}

interface Node extends Waiting {
  /** Actions before it that have not succeeded. */
  missing: number;
  readonly dependents: Node[];
  isDone: boolean;
}

export function createPlanOrder(): PlanOrder {
  let plan: readonly Action[] = [];
  let next = 0;
  let done = 0;
  const nodes = new Map<string, Node>();
  /** By the id of an action that was not looked at yet: those that come after it. */
  const expected = new Map<string, Node[]>();
  const ready = createQueue<Waiting>();

  const oneLess = (node: Node): void => {
    node.missing -= 1;
    if (node.missing === 0) ready.add(node);
  };
  const admit = (node: Node): void => {
    const { id, after } = node.action;
    nodes.set(id, node);
    node.dependents.push(...(expected.get(id) ?? []));
    expected.delete(id);
    for (const each of after) {
      const before = nodes.get(each);
      if (before?.isDone === true) continue;
      node.missing += 1;
      if (before !== undefined) before.dependents.push(node);
      else expected.set(each, [...(expected.get(each) ?? []), node]);
    }
    if (node.missing === 0) ready.add(node);
  };
  /** What is not in the plan is not waited for. */
  const expectNoMore = (): void => {
    const open = [...expected.values()].flat();
    expected.clear();
    for (const node of open) oneLess(node);
  };
  return {
    begin: (actions) => {
      [plan, next, done] = [actions, 0, 0];
      nodes.clear();
      expected.clear();
      ready.clear();
    },
    take: ready.take,
    look: () => {
      const action = plan[next];
      if (action === undefined) return false;
      next += 1;
      admit(nodeOf(action));
      if (next === plan.length) expectNoMore();
      return true;
    },
    again: ready.add,
    succeeded: ({ action }) => {
      const node = nodes.get(action.id);
      if (node === undefined || node.isDone) return;
      node.isDone = true;
      done += 1;
      for (const dependent of node.dependents) oneLess(dependent);
    },
    find: (id) => nodes.get(id),
    isEmpty: () => next >= plan.length && ready.isEmpty(),
    left: () => plan.length - done,
  };
}

function nodeOf(action: Action): Node {
  const { verb, object, precondition } = action;
  return {
    action,
    key: objectKey(action),
    content: () => JSON.stringify([verb, object, precondition]),
    missing: 0,
    dependents: [],
    isDone: false,
  };
}

/** The object that an action writes. */
export function objectKey({ object: { apiVersion, kind, metadata } }: Action): string {
  const { namespace = '', name } = metadata;
  return referenceKey({ apiVersion, kind, namespace, name });
}
