import { emptyOf } from '../../src/template/evaluate/data.ts';
import { dependsOnElement } from '../../src/template/evaluate/expressions.ts';
import type {
  ExpressionNode,
  NodeKind,
  NodeOf,
  ValueType,
  Visitors,
} from '../../src/template/nodes/index.ts';
import type { Program } from './program.ts';

/** Writes an expression in JavaScript, over the context `c` and the elements of the loops around it. */
export function expressionText(node: ExpressionNode, program: Program): string {
  return textOf(node, node.kind, program);
}

/** The visitor of a kind takes the node of that kind, which the compiler cannot follow through a union. */
function textOf<K extends NodeKind>(node: ExpressionNode, kind: K, program: Program): string {
  return visitors[kind](node as NodeOf<K>, program);
}

/** Writes a condition, which holds for true and for nothing else. */
export function conditionText(node: ExpressionNode, program: Program): string {
  const text = expressionText(node, program);
  return BOOLEANS.has(node.kind) ? text : `(${text} === true)`;
}

/** Kinds that give true or false, whatever they are given. */
const BOOLEANS: ReadonlySet<NodeKind> = new Set([
  'equal',
  'not',
  'and',
  'or',
  'isEmpty',
  'atLeast',
  'matches',
  'someKeyMatches',
]);

/** Whether an expression gives something for every element and under all complete values. */
export function isAlwaysThere(node: ExpressionNode): boolean {
  switch (node.kind) {
    case 'element':
      return emptyOf(node.type) !== undefined;
    case 'value':
      return node.type !== 'record';
    case 'choose':
      return isAlwaysThere(node.consequent) && isAlwaysThere(node.alternative);
    case 'firstNonEmpty':
      return node.candidates.every(isAlwaysThere);
    case 'named':
      return isAlwaysThere(node.expression);
    default:
      return true;
  }
}

/** The name of the variable that holds the element of a loop. */
export function elementName(variable: string): string {
  return `each_${variable}`;
}

const visitors: Visitors<string, [Program]> = {
  literal: ({ value }) => JSON.stringify(value),

  value: ({ path, type }, program) => orEmpty(`valueAt(c, ${program.pathOf(path)})`, type),

  context: ({ scope, field }) => `c.scope.${scope}.${field}`,

  element: ({ variable, path, type }) =>
    orEmpty(`partOf(${elementName(variable)}, ${JSON.stringify(path)})`, type),

  equal: ({ left, right }, program) =>
    `(${expressionText(left, program)} === ${expressionText(right, program)})`,

  not: ({ operand }, program) => `!${conditionText(operand, program)}`,

  and: ({ operands }, program) => joined(operands, ' && ', 'true', program),

  or: ({ operands }, program) => joined(operands, ' || ', 'false', program),

  isEmpty: ({ operand }, program) => `isEmptyData(${expressionText(operand, program)})`,

  atLeast: ({ left, right, factor }, program) =>
    `(Number(${expressionText(left, program)}) >= Number(${expressionText(right, program)}) * ${factor})`,

  matches: ({ operand, pattern }, program) =>
    `pattern(${program.patternOf(pattern)}).test(String(${expressionText(operand, program)}))`,

  someKeyMatches: ({ operand, pattern }, program) =>
    `keysOf(${expressionText(operand, program)}).some((key) => pattern(${program.patternOf(pattern)}).test(key))`,

  concat: ({ parts }, program) =>
    `(${['""', ...parts.map((part) => `String(${expressionText(part, program)})`)].join(' + ')})`,

  choose: ({ condition, consequent, alternative }, program) =>
    `(${conditionText(condition, program)} ? ${expressionText(consequent, program)} : ${expressionText(alternative, program)})`,

  firstNonEmpty: ({ candidates }, program) =>
    candidates.reduceRight((rest, candidate) => {
      const text = expressionText(candidate, program);
      return isText(candidate) ? `(${text} || ${rest})` : `firstNonEmpty(${text}, () => ${rest})`;
    }, '""'),

  boundedName: ({ operand }, program) => `boundedName(String(${expressionText(operand, program)}))`,

  toText: ({ operand }, program) => `String(${expressionText(operand, program)})`,

  joinEntries: ({ operand }, program) => `entriesText(${expressionText(operand, program)})`,

  joinItems: ({ operand, separator }, program) =>
    `listOf(${expressionText(operand, program)}).join(${JSON.stringify(separator)})`,

  named: (node, program) => {
    if (dependsOnElement(node.expression)) return expressionText(node.expression, program);
    const name = program.once(node, (slot) => ({
      name: node.name,
      text: `return c.memory[${slot}] ??= ${expressionText(node.expression, program)};`,
    }));
    return `${name}(c)`;
  },
};

/** Maps and lists that the user emptied by null are empty ones. */
function orEmpty(text: string, type: ValueType): string {
  return emptyOf(type) === undefined ? text : `(${text} ?? emptyOf(${JSON.stringify(type)}))`;
}

/** Whether an expression gives a text, of which only the empty one counts as false. */
function isText(node: ExpressionNode): boolean {
  switch (node.kind) {
    case 'literal':
      return typeof node.value === 'string';
    case 'context':
    case 'concat':
    case 'boundedName':
    case 'toText':
    case 'joinEntries':
    case 'joinItems':
      return true;
    case 'firstNonEmpty':
      return node.candidates.every(isText);
    case 'named':
      return isText(node.expression);
    default:
      return false;
  }
}

function joined(nodes: readonly ExpressionNode[], operator: string, none: string, program: Program): string {
  if (nodes.length === 0) return none;
  return `(${nodes.map((node) => conditionText(node, program)).join(operator)})`;
}
