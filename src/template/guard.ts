import type { Guard } from './children.ts';
import { compileExpression } from './evaluate-expression.ts';
import type { Environment } from './scope.ts';

/** Whether what a guard wants is so. */
export function isMet({ node, wanted }: Guard, environment: Environment): boolean {
  const value = compileExpression(node)(environment);
  if (wanted === 'empty') return value === '';
  return (value === true) === (wanted === 'true');
}
