import { compileExpression, type Environment } from '../evaluate/index.ts';
import type { Guard } from '../nodes/index.ts';

/** Whether what a guard wants is so. */
export function isMet({ node, wanted }: Guard, environment: Environment): boolean {
  const value = compileExpression(node)(environment);
  if (wanted === 'empty') return value === '';
  return (value === true) === (wanted === 'true');
}
