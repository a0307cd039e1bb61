import { isFunction } from './bindings.ts';
import { isChange } from './changes.ts';
import { collectionMade } from './collections.ts';
import type { Reference } from './references.ts';
import { bare, isNode, nodesOf, type SyntaxNode } from './syntax.ts';

/** A function that returns a function with a memory: what it makes is state wherever it is called. */
export interface Memory {
  readonly name: string;
  /** From 1. */
  readonly line: number;
  readonly why: string;
}

/** Functions that make a collection and return a function that changes it. */
export function memoriesIn(references: readonly Reference[]): readonly Memory[] {
  return references
    .filter((reference) => reference.declared === 'inside' && isChange(reference))
    .flatMap(({ name, line, around }) => {
      const maker = around.find((node) => isFunction(node) && collectionIn(node, name) !== undefined);
      if (maker === undefined || !isReturned(around, maker)) return [];
      const why = `returns a function that changes its ${collectionIn(maker, name)}`;
      return [{ name: makerName(maker, around), line, why }];
    });
}

function collectionIn(maker: SyntaxNode, name: string): string | undefined {
  const body = isNode(maker.body) ? nodesOf(maker.body.body) : [];
  const variables = body.flatMap(({ declarations }) => nodesOf(declarations));
  const found = variables.find(({ id }) => isNode(id) && id.name === name);
  return collectionMade(bare(found?.init));
}

/** Whether the change stands in a function that the maker returns. */
function isReturned(around: readonly SyntaxNode[], maker: SyntaxNode): boolean {
  const inside = around.slice(0, around.indexOf(maker));
  return inside.some((node, index) => isFunction(node) && inside[index + 1]?.type === 'ReturnStatement');
}

function makerName(maker: SyntaxNode, around: readonly SyntaxNode[]): string {
  const holder = around[around.indexOf(maker) + 1];
  const id = maker.id ?? holder?.id;
  return isNode(id) ? String(id.name) : '(function)';
}
