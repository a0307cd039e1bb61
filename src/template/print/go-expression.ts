import {
  type ExpressionNode,
  type NodeKind,
  type NodeOf,
  typeOf,
  type ValueType,
  type Visitors,
} from '../nodes/index.ts';

/** Prints an expression as a Go template pipeline; a call stands in parentheses, so that it can be an argument. */
export function goValue(node: ExpressionNode, prefix: string): string {
  return visit(node, node.kind, prefix);
}

/** The same where it stands alone, without the outer parentheses. */
export function goPipeline(node: ExpressionNode, prefix: string): string {
  return withoutParentheses(goValue(node, prefix));
}

/**
 * Prints a condition for `if`. Helm's notion of truth is used only where it cannot differ from ours: a text, map or
 * list is true when it holds something.
 */
export function goCondition(node: ExpressionNode, prefix: string): string {
  return withoutParentheses(condition(node, prefix));
}

function condition(node: ExpressionNode, prefix: string): string {
  switch (node.kind) {
    case 'named':
      return call('include', quote(`${prefix}.${node.name}`), '$');
    case 'and':
    case 'or':
      return callAll(
        node.kind,
        node.operands.map((operand) => condition(operand, prefix)),
      );
    case 'not':
      if (node.operand.kind === 'isEmpty') return goValue(node.operand.operand, prefix);
      return call('not', condition(node.operand, prefix));
    default:
      return goValue(node, prefix);
  }
}

function visit<K extends NodeKind>(node: ExpressionNode, kind: K, prefix: string): string {
  return visitors[kind](node as NodeOf<K>, prefix);
}

const visitors: Visitors<string, [prefix: string]> = {
  literal: ({ value }) => (typeof value === 'string' ? quote(value) : String(value)),

  value: ({ path }) => ['$.Values', ...path].join('.'),

  context: ({ scope, field }) =>
    `$.${capitalised(scope)}.${field === 'appVersion' ? 'AppVersion' : capitalised(field)}`,

  element: ({ variable, path }) => [`$${variable}`, ...path].join('.'),

  equal: ({ left, right, type }, prefix) =>
    call('eq', comparable(left, type, prefix), comparable(right, type, prefix)),

  not: ({ operand }, prefix) => call('not', goValue(operand, prefix)),

  and: ({ operands }, prefix) =>
    callAll(
      'and',
      operands.map((operand) => goValue(operand, prefix)),
    ),

  or: ({ operands }, prefix) =>
    callAll(
      'or',
      operands.map((operand) => goValue(operand, prefix)),
    ),

  isEmpty: ({ operand }, prefix) => call('empty', goValue(operand, prefix)),

  atLeast: ({ left, right, factor }, prefix) =>
    call(
      'ge',
      call('int64', goValue(left, prefix)),
      factor === 1
        ? call('int64', goValue(right, prefix))
        : call('mul', String(factor), goValue(right, prefix)),
    ),

  matches: ({ operand, pattern }, prefix) => call('regexMatch', quote(pattern), goValue(operand, prefix)),

  // Keys hold no line breaks (the schema sees to it), so each stands on a line of its own.
  someKeyMatches: ({ operand, pattern }, prefix) =>
    call(
      'regexMatch',
      quote(`(?m)${pattern}`),
      call('join', '"\\n"', call('keys', call('default', 'dict', goValue(operand, prefix)))),
    ),

  concat: ({ parts }, prefix) => printf(parts, prefix),

  choose: ({ condition: decides, consequent, alternative }, prefix) =>
    call('ternary', goValue(consequent, prefix), goValue(alternative, prefix), goValue(decides, prefix)),

  firstNonEmpty: ({ candidates }, prefix) =>
    callAll(
      'or',
      candidates.map((candidate) => goValue(candidate, prefix)),
    ),

  boundedName: ({ operand }, prefix) =>
    call('include', quote(`${prefix}.boundedName`), goValue(operand, prefix)),

  // Helm reads integers of files as floating point numbers and prints large ones with an exponent.
  toText: ({ operand, type }, prefix) =>
    call('toString', type === 'integer' ? call('int64', goValue(operand, prefix)) : goValue(operand, prefix)),

  joinEntries: ({ operand }, prefix) =>
    call('include', quote(`${prefix}.joinEntries`), call('default', 'dict', goValue(operand, prefix))),

  joinItems: ({ operand, separator }, prefix) =>
    call('join', quote(separator), call('default', 'list', goValue(operand, prefix))),

  named: ({ name, type }, prefix) => {
    const include = call('include', quote(`${prefix}.${name}`), '$');
    return type === 'flag' ? call('eq', include, '"true"') : include;
  },
};

/** Helm gives integers different types by where they come from, and refuses to compare those. */
function comparable(node: ExpressionNode, type: ValueType, prefix: string): string {
  const text = goValue(node, prefix);
  return type === 'integer' && node.kind !== 'literal' ? call('int64', text) : text;
}

function printf(parts: readonly ExpressionNode[], prefix: string): string {
  const format = parts
    .map((part) => (part.kind === 'literal' ? String(part.value).replaceAll('%', '%%') : '%s'))
    .join('');
  const operands = parts.filter((part) => part.kind !== 'literal').map((part) => goValue(part, prefix));
  return callAll('printf', [quote(format), ...operands]);
}

/** What a leaf of a manifest prints. */
export function goLeaf(node: ExpressionNode, prefix: string): string {
  const text = goPipeline(node, prefix);
  if (typeOf(node) !== 'integer') return `${text} | toJson`;
  return `${text.startsWith('$') ? `int64 ${text}` : `${text} | int64`}`;
}

export function quote(text: string): string {
  return JSON.stringify(text);
}

export function call(name: string, ...operands: readonly string[]): string {
  return `(${[name, ...operands].join(' ')})`;
}

/** A call of a function that takes any number of operands, but is not needed for one. */
function callAll(name: string, operands: readonly string[]): string {
  const [only] = operands;
  return operands.length === 1 && only !== undefined && name !== 'printf' ? only : call(name, ...operands);
}

function withoutParentheses(text: string): string {
  return text.startsWith('(') && text.endsWith(')') ? text.slice(1, -1) : text;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
