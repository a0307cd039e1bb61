import { isNode, nodesOf, type SyntaxNode, walk } from './syntax.ts';

const FUNCTIONS: ReadonlySet<unknown> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
]);

/** Whether a node is a function. */
export function isFunction(node: SyntaxNode): boolean {
  return FUNCTIONS.has(node.type);
}

/** The names that a node makes known inside itself; undefined when it opens no scope. */
export function namesOpenedBy(node: SyntaxNode): readonly string[] | undefined {
  if (isFunction(node)) {
    return [
      'arguments',
      ...nameOf(node.id),
      ...nodesOf(node.params).flatMap(inPattern),
      ...hoisted(node.body),
    ];
  }
  switch (node.type) {
    case 'Program':
      return [...nodesOf(node.body).flatMap(declaredBy), ...hoisted(node.body)];
    case 'StaticBlock':
    case 'BlockStatement':
      return nodesOf(node.body).flatMap(declaredBy);
    case 'SwitchStatement':
      return nodesOf(node.cases).flatMap(({ consequent }) => nodesOf(consequent).flatMap(declaredBy));
    case 'ForStatement':
      return declaredBy(node.init);
    case 'ForInStatement':
    case 'ForOfStatement':
      return declaredBy(node.left);
    case 'CatchClause':
      return inPattern(node.param);
    case 'ClassExpression':
      return nameOf(node.id);
    default:
      return undefined;
  }
}

/** The names that a statement declares where it stands. */
function declaredBy(statement: unknown): readonly string[] {
  if (!isNode(statement)) return [];
  switch (statement.type) {
    case 'VariableDeclaration':
      return nodesOf(statement.declarations).flatMap(({ id }) => inPattern(id));
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return nameOf(statement.id);
    case 'ImportDeclaration':
      return nodesOf(statement.specifiers).flatMap(({ local }) => nameOf(local));
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      return declaredBy(statement.declaration);
    default:
      return [];
  }
}

/** A `var` is known in the whole function, however deep it stands. */
function hoisted(body: unknown): readonly string[] {
  const names: string[] = [];
  walk(body, (node) => {
    if (node.type === 'VariableDeclaration' && node.kind === 'var') names.push(...declaredBy(node));
  });
  return names;
}

function inPattern(pattern: unknown): readonly string[] {
  if (!isNode(pattern)) return [];
  switch (pattern.type) {
    case 'Identifier':
      return nameOf(pattern);
    case 'ObjectPattern':
      return nodesOf(pattern.properties).flatMap(({ value, argument }) => inPattern(value ?? argument));
    case 'ArrayPattern':
      return nodesOf(pattern.elements).flatMap(inPattern);
    case 'AssignmentPattern':
      return inPattern(pattern.left);
    case 'RestElement':
      return inPattern(pattern.argument);
    default:
      return [];
  }
}

function nameOf(id: unknown): readonly string[] {
  return isNode(id) && typeof id.name === 'string' ? [id.name] : [];
}
