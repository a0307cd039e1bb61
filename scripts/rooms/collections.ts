import { isNode, type SyntaxNode } from './syntax.ts';

const COLLECTIONS: ReadonlySet<string> = new Set(['Map', 'Set', 'WeakMap', 'WeakSet', 'Array']);

/** The kind of collection that an expression makes. */
export function collectionMade(made: SyntaxNode | undefined): string | undefined {
  if (made?.type !== 'NewExpression' || !isNode(made.callee)) return undefined;
  const name = String(made.callee.name);
  return COLLECTIONS.has(name) ? name : undefined;
}
