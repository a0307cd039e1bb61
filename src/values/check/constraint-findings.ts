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
 * @param isRefused whether the schema has refused the value at a path, or something in it.
 */
export function constraintFindings(
  chart: ChartName,
  scope: Scope,
  isRefused: (path: readonly string[]) => boolean,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const { constraint, isBroken, message } of constraintsOf(chart)) {
    let asksRefused = false;
    const environment = environmentOf(scope, (path) => {
      asksRefused ||= isRefused(path);
    });
    if (isBroken(environment) !== true || asksRefused) continue;
    findings.push({
      severity: 'error',
      code: constraint.code,
      path: constraint.path.split('.'),
      message: String(message(environment)),
      hint: constraint.hint,
    });
  }
  return findings;
}
