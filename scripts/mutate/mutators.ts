/** A node of a parsed file: ESTree with the nodes of TypeScript. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** A part of a file and what stands in its place. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** A name of a method is no expression: a switch between two of them is written with brackets. */
  readonly isMethod?: true;
}

/** The text of a node in its file. */
export type TextOf = (node: SyntaxNode) => string;

type Mutator = (node: SyntaxNode, textOf: TextOf) => readonly Replacement[];

const OPPOSITES: Readonly<Record<string, readonly string[]>> = {
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
};

const LOGICAL: Readonly<Record<string, string>> = { '&&': '||', '||': '&&', '??': '&&' };

const METHODS: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  min: 'max',
  max: 'min',
};

/** Words of the template language that are taken for each other. */
const WORDS: Readonly<Record<string, string>> = { and: 'or', or: 'and', isSet: 'isEmpty', isEmpty: 'isSet' };

/** Those of them with any number of operands. */
const LISTS: ReadonlySet<string> = new Set(['and', 'or']);

/** What may be wrong at a node, by its type: small mistakes that a person could make. */
const MUTATORS: Readonly<Record<string, Mutator>> = {
  BinaryExpression: (node, textOf) => {
    const [left, right] = [node.left, node.right];
    if (!isNode(left) || !isNode(right) || isText(left) || isText(right)) return [];
    return (OPPOSITES[String(node.operator)] ?? []).map((operator) =>
      whole(node, `${textOf(left)} ${operator} ${textOf(right)}`),
    );
  },
  LogicalExpression: (node, textOf) => {
    const { left, right } = node;
    const operator = LOGICAL[String(node.operator)];
    if (!isNode(left) || !isNode(right) || operator === undefined) return [];
    return [whole(node, `((${textOf(left)}) ${operator} (${textOf(right)}))`)];
  },
  ConditionalExpression: ({ test }) => (isNode(test) ? [whole(test, 'true'), whole(test, 'false')] : []),
  IfStatement: ({ test }) => (isNode(test) ? [whole(test, 'true'), whole(test, 'false')] : []),
  UnaryExpression: (node, textOf) =>
    node.operator === '!' && isNode(node.argument) ? [whole(node, `(${textOf(node.argument)})`)] : [],
  CallExpression: (node, textOf) => {
    const { callee } = node;
    if (!isNode(callee)) return [];
    if (callee.type === 'Identifier') return ofLanguage(node, callee, textOf);
    if (callee.type !== 'MemberExpression') return [];
    const { object, property } = callee;
    if (!isNode(object) || !isNode(property)) return [];
    const other = METHODS[textOf(property)];
    if (other !== undefined) return [{ ...whole(property, other), isMethod: true }];
    return ['filter', 'sort', 'slice'].includes(textOf(property)) ? [whole(node, textOf(object))] : [];
  },
  Literal: (node) => {
    if (typeof node.value === 'boolean') return [whole(node, String(!node.value))];
    return typeof node.value === 'number' ? [whole(node, String(node.value + 1))] : [];
  },
  ReturnStatement: ({ argument }) =>
    isNode(argument) && argument.type === 'ArrayExpression' && listOf(argument.elements).length > 0
      ? [whole(argument, '[]')]
      : [],
  ArrayExpression: ({ elements }) =>
    listOf(elements).flatMap((one) =>
      isNode(one) && one.type === 'SpreadElement' && isNode(one.argument) ? [whole(one.argument, '[]')] : [],
    ),
};

/** The mutations of one node. */
export function mutationsOf(node: SyntaxNode, textOf: TextOf): readonly Replacement[] {
  return MUTATORS[node.type]?.(node, textOf) ?? [];
}

/**
 * What may be wrong at a word of the template language, of which rules between values are made: another word in its place,
 * an operand that is missing.
 */
function ofLanguage(node: SyntaxNode, callee: SyntaxNode, textOf: TextOf): readonly Replacement[] {
  const operands = listOf(node.arguments).filter(isNode).map(textOf);
  const word = textOf(callee);
  const [first] = operands;
  if (word === 'not' && first !== undefined) return [whole(node, first)];
  const other = WORDS[word];
  if (other === undefined) return [];
  const others = operands.length < 2 ? [] : operands.map((_, index) => operands.toSpliced(index, 1));
  return [
    whole(callee, other),
    ...(LISTS.has(word) ? others.map((rest) => whole(node, `${word}(${rest.join(', ')})`)) : []),
  ];
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Texts put together say something to people; a mistake in them changes no decision. */
function isText(node: SyntaxNode): boolean {
  return node.type === 'TemplateLiteral' || typeof node.value === 'string';
}

function whole({ start, end }: SyntaxNode, text: string): Replacement {
  return { start, end, text };
}
