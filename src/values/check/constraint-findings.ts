import { compileExpression, environmentOf, nodeOf, type Run, type Scope } from '../../template/index.ts';
import type { Constraint } from '../constraints/constraint.ts';
import type { Finding } from './finding.ts';

export interface CompiledConstraint {
  readonly constraint: Constraint;
  readonly isBroken: Run;
  readonly message: Run;
}

/** Makes the constraints of a chart ready to run. */
export function compileConstraints(constraints: readonly Constraint[]): readonly CompiledConstraint[] {
  return constraints.map((constraint) => ({
    constraint,
    isBroken: compileExpression(nodeOf(constraint.brokenWhen)),
    message: compileExpression(nodeOf(constraint.message)),
  }));
}

/**
 * Every broken constraint. A constraint that asks for a value which the schema has refused says nothing: its answer
 * would be about a default that the user did not write.
 *
 * @param isRefused whether the schema has refused the value at a path joined with dots, or something in it; left out
 *   when it has refused nothing.
 */
export function constraintFindings(
  constraints: readonly CompiledConstraint[],
  scope: Scope,
  isRefused?: (path: string) => boolean,
): readonly Finding[] {
  const findings: Finding[] = [];
  const shared = environmentOf(scope);
  for (const { constraint, isBroken, message } of constraints) {
    if (isBroken(shared) !== true) continue;
    if (isRefused !== undefined && asksRefused(isBroken, scope, isRefused)) continue;
    findings.push({
      severity: 'error',
      code: constraint.code,
      path: constraint.path.split('.'),
      message: String(message(shared)),
      hint: constraint.hint,
    });
  }
  return findings;
}

/** What a run asks for shows in an environment of its own only, where nothing is remembered yet. */
function asksRefused(run: Run, scope: Scope, isRefused: (path: string) => boolean): boolean {
  let asks = false;
  run(
    environmentOf(scope, (path) => {
      asks ||= isRefused(path);
    }),
  );
  return asks;
}
