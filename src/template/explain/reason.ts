import { compileExpression, type Environment } from '../evaluate/index.ts';
import type { ExpressionNode } from '../nodes/index.ts';

/** How an expression reads to people: a value by its path, anything else by what it gives. */
export function display(node: ExpressionNode, environment: Environment): string {
  switch (node.kind) {
    case 'value':
      return node.path.join('.');
    case 'context':
      return `${node.scope}.${node.field}`;
    case 'element':
      return [node.variable, ...node.path].join('.');
    case 'named':
      return node.name;
    case 'choose':
      return display(isTrue(node.condition, environment) ? node.consequent : node.alternative, environment);
    default:
      return displayData(resultOf(node, environment));
  }
}

/** Data as it reads in a sentence. */
export function displayData(data: unknown): string {
  if (data === '') return 'empty';
  if (typeof data === 'string' || typeof data === 'number' || typeof data === 'boolean') return String(data);
  return JSON.stringify(data);
}

/** Why a condition is as it is, in terms of the values that decide: "gatewayAPI.addressMode is single". */
export function reason(node: ExpressionNode, environment: Environment): string {
  switch (node.kind) {
    case 'not':
      return reason(node.operand, environment);
    case 'named':
      return reason(node.expression, environment);
    case 'and':
      return reasonAmong(node.operands, false, environment);
    case 'or':
      return reasonAmong(node.operands, true, environment);
    case 'equal':
      return `${display(node.left, environment)} is ${displayData(resultOf(node.left, environment))}`;
    case 'isEmpty':
      return `${display(node.operand, environment)} is ${resultOf(node, environment) === true ? 'empty' : 'set'}`;
    default:
      return `${display(node, environment)} is ${displayData(resultOf(node, environment))}`;
  }
}

/** The first operand with the deciding value is the reason; without one, all operands together are. */
function reasonAmong(
  operands: readonly ExpressionNode[],
  deciding: boolean,
  environment: Environment,
): string {
  const decisive = operands.find((operand) => isTrue(operand, environment) === deciding);
  if (decisive !== undefined) return reason(decisive, environment);
  return operands.map((operand) => reason(operand, environment)).join(' and ');
}

function resultOf(node: ExpressionNode, environment: Environment): unknown {
  return compileExpression(node)(environment);
}

function isTrue(node: ExpressionNode, environment: Environment): boolean {
  return resultOf(node, environment) === true;
}
