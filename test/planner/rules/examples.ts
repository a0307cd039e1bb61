import type { Rule } from '../../../src/planner/rule.ts';

/** A case that comes out otherwise without one rule. */
export interface Example<Facts> {
  /** The facts, in words. */
  readonly when: string;
  readonly facts: () => Facts;
  /** What is decided about them, by all rules. */
  readonly verdict: unknown;
}

/** The rules of one decision, and an example for each by the rule's name. */
export interface RuleExamples {
  readonly list: string;
  readonly cases: readonly {
    readonly rule: string;
    readonly when: string;
    readonly verdict: unknown;
    readonly decideWith: () => unknown;
    readonly decideWithout: () => unknown;
  }[];
}

/**
 * @param decide the decision by a list of rules.
 * @param examples by the names of the rules.
 */
export function examplesOf<Facts, R extends Rule<never, unknown>>(
  list: string,
  rules: readonly R[],
  decide: (facts: Facts, rules: readonly R[]) => unknown,
  examples: Readonly<Record<string, Example<Facts>>>,
): RuleExamples {
  const cases = Object.entries(examples).map(([rule, { when, facts, verdict }]) => ({
    rule,
    when,
    verdict,
    decideWith: () => decide(facts(), rules),
    decideWithout: () =>
      decide(
        facts(),
        rules.filter(({ name }) => name !== rule),
      ),
  }));
  return { list, cases };
}
