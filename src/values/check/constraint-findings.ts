import { compileExpression, type Run } from '../../template/evaluate-expression.ts';
import { nodeOf } from '../../template/expression.ts';
import { environmentOf, type Scope } from '../../template/scope.ts';
import type { ChartName } from '../chart-name.ts';
import type { Constraint } from '../constraints/constraint.ts';
import { constraints } from '../constraints/index.ts';
import type { Finding } from './finding.ts';

interface CompiledConstraint {
  readonly constraint: Constraint;
  readonly isBroken: Run;
  readonly message: Run;
}

const compiled = new Map<ChartName, readonly CompiledConstraint[]>();

function constraintsOf(chart: ChartName): readonly CompiledConstraint[] {
  const known = compiled.get(chart);
  if (known !== undefined) return known;
  const made = constraints[chart].map((constraint) => ({
    constraint,
    isBroken: compileExpression(nodeOf(constraint.brokenWhen)),
    message: compileExpression(nodeOf(constraint.message)),
  }));
  compiled.set(chart, made);
  return made;
}

/**
 * Every broken constraint. A constraint that asks for a value which the schema has refused says nothing: its answer
 * would be about a default that the user did not write.
 *
 * @param isRefused whether the schema has refused the value at a path joined with dots, or something in it; left out
 *   when it has refused nothing.
 */
export function constraintFindings(
  chart: ChartName,
  scope: Scope,
  isRefused?: (path: string) => boolean,
): readonly Finding[] {
  const findings: Finding[] = [];
  const shared = environmentOf(scope);
  for (const { constraint, isBroken, message } of constraintsOf(chart)) {
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
