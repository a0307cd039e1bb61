import {
  at,
  type Data,
  type Entries,
  EXPRESSION,
  type ExpressionNode,
  isExpression,
  isSlot,
  type SharedEntries,
  SLOT,
  type Slot,
  type SlotVisitors,
  typeOf,
  visitSlot,
} from '../nodes/index.ts';
import { entriesOf, isTakenOver, listOf, sorted } from './data.ts';
import { compileExpression, dependsOnElement, type Run, remembered } from './expressions.ts';
import { type Environment, environmentOf, type Scope } from './scope.ts';

/**
 * Evaluates a template to plain data.
 *
 * Total: with a scope whose values are complete and of their types, no template throws. The result shares
 * nothing with the template, and nothing with the values but the maps and lists that are taken over whole.
 *
 * @returns the data, or undefined when the template as a whole stands under a condition that does not hold.
 */
export function evaluate(template: unknown, scope: Scope, onRead?: Environment['onRead']): Data | undefined {
  return evaluateIn(template, environmentOf(scope, onRead));
}

/** As {@link evaluate}, in an environment that many templates share: what one has found out, the next need not. */
export function evaluateIn(template: unknown, environment: Environment): Data | undefined {
  const value = compiled(template)(environment);
  // A compiled template gives data for scalars, maps and lists of such, and undefined for an absent slot only.
  return value as Data | undefined;
}

const cache = new WeakMap<object, Run>();

/** What is made ready of a part of a definition. Definitions are frozen, so each is compiled once for the process. */
function once(part: object, make: () => Run): Run {
  const known = cache.get(part);
  if (known !== undefined) return known;
  const run = make();
  cache.set(part, run);
  return run;
}

function compiled(template: unknown): Run {
  if (typeof template !== 'object' || template === null) return compileValue(template);
  return once(template, () => compileValue(template));
}

function compileValue(template: unknown): Run {
  if (isExpression(template)) return compileLeaf(template[EXPRESSION]);
  if (isSlot(template)) return visitSlot(asValue, template);
  if (Array.isArray(template)) return compileList(template);
  if (typeof template === 'object' && template !== null) return compileMap(template);
  return () => template;
}

/** What stands under a condition is compiled when the condition first holds. */
function compileLater(template: unknown): Run {
  let run: Run | undefined;
  return (environment) => {
    run ??= compileValue(template);
    return run(environment);
  };
}

function compileLeaf(node: ExpressionNode): Run {
  const run = compileExpression(node);
  if (!isTakenOver(typeOf(node))) return run;
  return (environment) => sorted(run(environment));
}

/** A slot in the place of a value. */
const asValue: SlotVisitors<Run> = {
  when: ({ condition, body }) => {
    const holds = compileExpression(condition);
    const run = compileLater(body);
    return (environment) => (holds(environment) === true ? run(environment) : undefined);
  },
  either: (slot) => {
    const holds = compileExpression(slot.condition);
    const consequent = compileLater(slot.consequent);
    const alternative = compileLater(slot.alternative);
    return (environment) =>
      holds(environment) === true ? consequent(environment) : alternative(environment);
  },
  entries: (slot) => compileEntries(slot),
  block: inListsOnly,
  forEach: inListsOnly,
  spread: inListsOnly,
};

function inListsOnly(slot: Slot): never {
  throw new TypeError(`a ${slot[SLOT]} slot may stand in a list only`);
}

function compileMap(template: object): Run {
  const write = compileProperties(template);
  return (environment) => {
    const map: Record<string, unknown> = {};
    write(map, environment);
    return map;
  };
}

/** Writes properties into a map. */
type Write = (map: Record<string, unknown>, environment: Environment) => void;

function compileProperties(template: object): Write {
  const properties = Object.entries(template)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ({ key, run: compileValue(value) }));
  return (map, environment) => {
    for (const { key, run } of properties) {
      const value = run(environment);
      if (value !== undefined) map[key] = value;
    }
  };
}

/** Adds what one item of a list template gives: nothing, one element, or many. */
type Append = (list: unknown[], environment: Environment) => void;

function compileList(template: readonly unknown[]): Run {
  const items = template.map(compileItem);
  return (environment) => {
    const list: unknown[] = [];
    for (const append of items) append(list, environment);
    return list;
  };
}

function compileItem(item: unknown): Append {
  return isSlot(item) ? visitSlot(asItem, item) : appendOne(item);
}

/** A slot in the place of a list element. */
const asItem: SlotVisitors<Append> = {
  when: appendOne,
  either: appendOne,
  entries: appendOne,
  block: ({ condition, items }) => {
    const holds = compileExpression(condition);
    let all: readonly Append[] | undefined;
    return (list, environment) => {
      if (holds(environment) !== true) return;
      all ??= items.map(compileItem);
      for (const append of all) append(list, environment);
    };
  },
  forEach: ({ list: source, variable, body }) => {
    const elements = compileExpression(source);
    const append = compileItem(body);
    return (list, environment) => {
      for (const element of listOf(elements(environment))) {
        append(list, { ...environment, elements: { ...environment.elements, [variable]: element } });
      }
    };
  },
  spread: ({ list: source }) => {
    const elements = compileLeaf(source);
    return (list, environment) => {
      list.push(...listOf(elements(environment)));
    };
  },
};

function appendOne(item: unknown): Append {
  const run = compileValue(item);
  return (list, environment) => {
    const value = run(environment);
    if (value !== undefined) list.push(value);
  };
}

function compileEntries({ own, shared, maps }: Entries): Run {
  const sharedRun = shared === undefined ? undefined : compileShared(shared);
  const writeOwn = compileProperties(own);
  const additions = maps.map((map, index) => ({
    run: sortedEntries(map),
    later: maps.slice(index + 1).map(compileExpression),
  }));
  return (environment) => {
    const entries: Record<string, unknown> = { ...Object(sharedRun?.(environment)) };
    writeOwn(entries, environment);
    for (const { run, later } of additions) {
      for (const [key, value] of run(environment) as ReturnType<typeof entriesOf>) {
        if (!later.some((map) => at(map(environment), [key]) !== undefined)) entries[key] = value;
      }
    }
    return entries;
  };
}

/** What many maps begin with stands outside of all loops, as the helper does that is printed for it. */
function compileShared(shared: SharedEntries): Run {
  return once(shared, () => remembered(compileEntries(shared.entries)));
}

/** The entries of a map in the values in byte order; many maps end with the same. */
function sortedEntries(map: ExpressionNode): Run {
  return once(map, () => {
    const source = compileExpression(map);
    const entries: Run = (environment) => entriesOf(source(environment));
    return dependsOnElement(map) ? entries : remembered(entries);
  });
}
