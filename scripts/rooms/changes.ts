import type { Reference } from './references.ts';
import { bare, isNode, nodesOf, type SyntaxNode } from './syntax.ts';

const CHANGING: ReadonlySet<unknown> = new Set([
  'set',
  'add',
  'delete',
  'clear',
  'push',
  'pop',
  'shift',
  'unshift',
  'splice',
  'sort',
  'reverse',
  'fill',
  'copyWithin',
]);

/** `NAME.a.b = 1`, `NAME[i]++`, `delete NAME.a`, `NAME.a.push(1)`, `Object.assign(NAME, ...)`, `NAME = 1`. */
export function isChange({ around }: Reference): boolean {
  const depth = depthOfPath(around);
  const [whole, parent] = around.slice(depth);
  if (isAssigned(whole, parent)) return true;
  if (parent?.type === 'UnaryExpression' && parent.operator === 'delete') return true;
  if (parent?.type === 'CallExpression' && parent.callee === whole) return depth > 0 && isChanging(whole);
  return isFirstArgument(whole, parent) && isObjectWriter(parent?.callee);
}

/** How many nodes lead from the name over members of it to the longest path that begins with it. */
function depthOfPath(around: readonly SyntaxNode[]): number {
  const end = around.findIndex((node, index) => {
    const parent = around[index + 1];
    const isPart = parent?.type === 'MemberExpression' && parent.object === node;
    return !isPart && !(parent !== undefined && bare(parent) !== parent);
  });
  return Math.max(end, 0);
}

function isAssigned(whole: SyntaxNode | undefined, parent: SyntaxNode | undefined): boolean {
  if (parent?.type === 'AssignmentExpression') return parent.left === whole;
  return parent?.type === 'UpdateExpression';
}

function isChanging(member: SyntaxNode | undefined): boolean {
  return isNode(member?.property) && member.computed !== true && CHANGING.has(member.property.name);
}

function isFirstArgument(whole: SyntaxNode | undefined, parent: SyntaxNode | undefined): boolean {
  return parent?.type === 'CallExpression' && nodesOf(parent.arguments)[0] === whole;
}

const OBJECT_WRITERS: ReadonlySet<unknown> = new Set(['assign', 'defineProperty', 'defineProperties', 'set']);

function isObjectWriter(callee: unknown): boolean {
  if (!isNode(callee) || !isNode(callee.object) || !isNode(callee.property)) return false;
  const isBuiltIn = callee.object.name === 'Object' || callee.object.name === 'Reflect';
  return isBuiltIn && OBJECT_WRITERS.has(callee.property.name);
}
