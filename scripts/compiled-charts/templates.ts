import { isTakenOver } from '../../src/template/evaluate/data.ts';
import { dependsOnElement } from '../../src/template/evaluate/expressions.ts';
import {
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
} from '../../src/template/nodes/index.ts';
import { conditionText, elementName, expressionText, isAlwaysThere } from './expressions.ts';
import type { Program } from './program.ts';

/** Where statements are written to: one block of the function at hand. */
type Block = string[];

/** Writes the statements of a function that returns what a template gives, as `evaluateIn` does. */
export function templateText(template: unknown, program: Program): string {
  const block: Block = [];
  const value = valueText(template, block, program);
  return [...block, `return ${value};`].join('\n');
}

/** Writes what a template gives as an expression, and before it what that needs. */
function valueText(template: unknown, block: Block, program: Program): string {
  if (isExpression(template)) return leafText(template[EXPRESSION], program);
  if (isSlot(template)) return visitSlot(asValue, template, block, program);
  if (Array.isArray(template)) return listText(template, block, program);
  if (typeof template === 'object' && template !== null) return mapText(template, block, program);
  return JSON.stringify(template) ?? 'undefined';
}

function leafText(node: ExpressionNode, program: Program): string {
  const text = expressionText(node, program);
  return isTakenOver(typeOf(node)) ? `sorted(${text})` : text;
}

/** Whether a part of a template gives something under all complete values. */
function isThere(template: unknown): boolean {
  if (isExpression(template)) return isAlwaysThere(template[EXPRESSION]);
  if (!isSlot(template)) return template !== undefined;
  switch (template[SLOT]) {
    case 'either':
      return isThere(template.consequent) && isThere(template.alternative);
    case 'entries':
      return true;
    default:
      return false;
  }
}

/** A slot in the place of a value. */
const asValue: SlotVisitors<string, [Block, Program]> = {
  when: ({ condition, body }, block, program) => {
    const name = program.variable();
    block.push(
      `let ${name};`,
      ifText(condition, (inner) => inner.push(`${name} = ${valueText(body, inner, program)};`), program),
    );
    return name;
  },
  either: ({ condition, consequent, alternative }, block, program) => {
    const name = program.variable();
    const set = (template: unknown) => (inner: Block) =>
      inner.push(`${name} = ${valueText(template, inner, program)};`);
    block.push(
      `let ${name};`,
      `${ifText(condition, set(consequent), program)} else ${braced(set(alternative))}`,
    );
    return name;
  },
  entries: (slot, block, program) => entriesText(slot, block, program),
  block: inListsOnly,
  forEach: inListsOnly,
  spread: inListsOnly,
};

function inListsOnly(slot: Slot): never {
  throw new TypeError(`a ${slot[SLOT]} slot may stand in a list only`);
}

function ifText(condition: ExpressionNode, write: (block: Block) => void, program: Program): string {
  return `if (${conditionText(condition, program)}) ${braced(write)}`;
}

function braced(write: (block: Block) => void): string {
  const inner: Block = [];
  write(inner);
  return `{\n${inner.join('\n')}\n}`;
}

/** A map as a literal as far as all its properties are always there; what follows is put into it. */
function mapText(template: object, block: Block, program: Program): string {
  const properties = Object.entries(template).filter(([, value]) => value !== undefined);
  const end = properties.findIndex(([, value]) => !isThere(value));
  const first = properties.slice(0, end === -1 ? undefined : end);
  const literal = `{${first.map(([key, value]) => `${JSON.stringify(key)}: ${valueText(value, block, program)}`).join(', ')}}`;
  if (end === -1) return literal;
  const name = program.variable();
  block.push(`const ${name} = ${literal};`);
  putAll(name, properties.slice(end), block, program);
  return name;
}

function putAll(
  map: string,
  properties: readonly (readonly [string, unknown])[],
  block: Block,
  program: Program,
): void {
  for (const [key, value] of properties) putOne(`${map}[${JSON.stringify(key)}]`, value, block, program);
}

function putOne(place: string, template: unknown, block: Block, program: Program): void {
  if (isSlot(template) && template[SLOT] === 'when') {
    const { condition, body } = template;
    block.push(ifText(condition, (inner) => putOne(place, body, inner, program), program));
    return;
  }
  const text = valueText(template, block, program);
  if (isThere(template)) block.push(`${place} = ${text};`);
  else {
    const name = program.variable();
    block.push(`const ${name} = ${text};`, `if (${name} !== undefined) ${place} = ${name};`);
  }
}

/** A list as a literal as far as each item gives one element; what follows is added to it. */
function listText(template: readonly unknown[], block: Block, program: Program): string {
  const end = template.findIndex((item) => !isThere(item));
  const first = template.slice(0, end === -1 ? undefined : end);
  const literal = `[${first.map((item) => valueText(item, block, program)).join(', ')}]`;
  if (end === -1) return literal;
  const name = program.variable();
  block.push(`const ${name} = ${literal};`);
  for (const item of template.slice(end)) addItem(name, item, block, program);
  return name;
}

function addItem(list: string, item: unknown, block: Block, program: Program): void {
  if (isSlot(item)) visitSlot(asItem, item, list, block, program);
  else addOne(list, item, block, program);
}

function addOne(list: string, item: unknown, block: Block, program: Program): void {
  const text = valueText(item, block, program);
  block.push(isThere(item) ? `${list}.push(${text});` : `add(${list}, ${text});`);
}

/** A slot in the place of a list element. */
const asItem: SlotVisitors<void, [string, Block, Program]> = {
  when: ({ condition, body }, list, block, program) => {
    block.push(ifText(condition, (inner) => addOne(list, body, inner, program), program));
  },
  either: (slot, list, block, program) => addOne(list, slot, block, program),
  entries: (slot, list, block, program) => addOne(list, slot, block, program),
  block: ({ condition, items }, list, block, program) => {
    const addAll = (inner: Block) => {
      for (const item of items) addItem(list, item, inner, program);
    };
    block.push(ifText(condition, addAll, program));
  },
  forEach: ({ list: source, variable, body }, list, block, program) => {
    const elements = `listOf(${expressionText(source, program)})`;
    const add = braced((inner) => addItem(list, body, inner, program));
    block.push(`for (const ${elementName(variable)} of ${elements}) ${add}`);
  },
  spread: ({ list: source }, list, block, program) => {
    block.push(`${list}.push(...listOf(${leafText(source, program)}));`);
  },
};

function entriesText({ own, shared, maps }: Entries, block: Block, program: Program): string {
  const name = program.variable();
  block.push(`const ${name} = {${shared === undefined ? '' : `...${sharedText(shared, program)}`}};`);
  putAll(name, Object.entries(own), block, program);
  for (const [index, map] of maps.entries()) {
    const later = maps.slice(index + 1).map((other) => `, ${expressionText(other, program)}`);
    block.push(`lay(${name}, ${sortedText(map, program)}${later.join('')});`);
  }
  return name;
}

/** What many maps begin with stands outside of all loops. */
function sharedText(shared: SharedEntries, program: Program): string {
  const name = program.once(shared, (slot) => {
    const block: Block = [];
    const value = entriesText(shared.entries, block, program);
    const known = `const known = c.memory[${slot}];\nif (known !== undefined) return known;`;
    return {
      name: shared.name,
      text: [known, ...block, `return (c.memory[${slot}] = ${value});`].join('\n'),
    };
  });
  return `${name}(c)`;
}

/** The entries of a map in the values in byte order; many maps end with the same. */
function sortedText(map: ExpressionNode, program: Program): string {
  if (dependsOnElement(map)) return `entriesOf(${expressionText(map, program)})`;
  const name = program.once(map, (slot) => ({
    name: 'entries',
    text: `return (c.memory[${slot}] ??= entriesOf(${expressionText(map, program)}));`,
  }));
  return `${name}(c)`;
}
