import { compileExpression } from './evaluate-expression.ts';
import type { ExpressionNode } from './node.ts';
import type { Environment } from './scope.ts';

/** What must hold so that a part of an expression, or of a template, is asked at all. */
export interface Guard {
  readonly node: ExpressionNode;
  readonly wanted: 'true' | 'false' | 'empty';
}

/** Whether what a guard wants is so. */
export function isMet({ node, wanted }: Guard, environment: Environment): boolean {
  const value = compileExpression(node)(environment);
  if (wanted === 'empty') return value === '';
  return (value === true) === (wanted === 'true');
}
