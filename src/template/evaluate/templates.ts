import {
  at,
  compareBytes,
  type Data,
  type Entries,
  EXPRESSION,
  type ExpressionNode,
  isExpression,
  isSlot,
  SLOT,
  type Slot,
  type SlotVisitors,
  typeOf,
  type ValueType,
  visitSlot,
} from '../nodes/index.ts';
import { compileExpression, keysOf, listOf, type Run } from './expressions.ts';
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

/** The template ready to run. Templates are frozen definitions, so each is compiled once for the process. */
function compiled(template: unknown): Run {
  if (typeof template !== 'object' || template === null) return compileValue(template);
  const known = cache.get(template);
  if (known !== undefined) return known;
  const run = compileValue(template);
  cache.set(template, run);
  return run;
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

/** Free maps keep no order of their own, so their keys come out in byte order. */
function compileLeaf(node: ExpressionNode): Run {
  const run = compileExpression(node);
  if (!TAKEN_OVER.has(typeOf(node))) return run;
  return (environment) => sorted(run(environment));
}

const TAKEN_OVER: ReadonlySet<ValueType> = new Set(['map', 'list', 'record']);

function sorted(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.map(sorted);
  const map: Record<string, unknown> = {};
  const source = data as Readonly<Record<string, unknown>>;
  for (const key of sortedKeys(data)) map[key] = sorted(source[key]);
  return map;
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
  const properties = Object.entries(template)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ({ key, run: compileValue(value) }));
  return (environment) => {
    const map: Record<string, unknown> = {};
    for (const { key, run } of properties) {
      const value = run(environment);
      if (value !== undefined) map[key] = value;
    }
    return map;
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
  const sharedRun = shared === undefined ? undefined : compileEntries(shared.entries);
  const ownEntries = compileMap(own);
  const additions = maps.map((map, index) => ({
    run: compileExpression(map),
    later: maps.slice(index + 1).map(compileExpression),
  }));
  return (environment) => {
    const entries: Record<string, unknown> = {
      ...Object(sharedRun?.(environment)),
      ...Object(ownEntries(environment)),
    };
    for (const { run, later } of additions) {
      const source = run(environment);
      for (const key of sortedKeys(source)) {
        if (!later.some((map) => at(map(environment), [key]) !== undefined)) entries[key] = at(source, [key]);
      }
    }
    return entries;
  };
}

function sortedKeys(map: unknown): readonly string[] {
  const keys = keysOf(map);
  return keys.length > 1 ? keys.sort(compareBytes) : keys;
}
