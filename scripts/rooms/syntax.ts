import { parseAst } from 'rolldown/parseAst';

/** A node of the syntax tree (ESTree with TypeScript), as far as it is looked at here. */
export type SyntaxNode = Readonly<Record<string, unknown>>;

/** The syntax tree of a TypeScript or JavaScript file. */
export function parse(text: string): SyntaxNode {
  return { ...parseAst(text, { lang: 'ts' }) };
}

/** Visits a node and everything in it, in the order written. */
export function walk(value: unknown, visit: (node: SyntaxNode) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit);
  } else if (isNode(value)) {
    if (typeof value.type === 'string') visit(value);
    for (const part of Object.values(value)) walk(part, visit);
  }
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The nodes of a list in a node; none where there is no list. */
export function nodesOf(value: unknown): readonly SyntaxNode[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The line on which a node starts, from 1. */
export function lineOf(node: SyntaxNode, text: string): number {
  return text.slice(0, Number(node.start)).split('\n').length;
}

/** An expression without what TypeScript says about it: `x as A`, `x satisfies A`. */
export function bare(value: unknown): SyntaxNode | undefined {
  if (!isNode(value)) return undefined;
  const isTyped = String(value.type).startsWith('TS') || value.type === 'ParenthesizedExpression';
  return isTyped && isNode(value.expression) ? bare(value.expression) : value;
}
