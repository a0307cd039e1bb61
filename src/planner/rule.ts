import type { FindingCode } from './findings.ts';

/** What is told about a rule: in docs/runtime.md, and by its name in test/planner/rules.test.ts. */
export interface RuleText {
  /** One name for the rule wherever it is spoken of; its own within its list. */
  readonly name: string;
  /** When it decides, and what: one sentence. */
  readonly says: string;
  /** Where it comes from: a section of the runbook, the document of an API, or docs/decisions.md. */
  readonly source: string;
  /** What an operator is told when it decides. */
  readonly finding?: FindingCode;
}

/**
 * One reason to decide so and not otherwise. A decision is a literal list of rules in a file of its own; the first that
 * has something to say decides, so the order of the list is part of the decision.
 */
export interface Rule<Facts, Verdict> extends RuleText {
  /**
   * undefined: it has nothing to say. What a rule asks of its facts is recorded as read, so a fact is asked for only
   * when all rules before had nothing to say and the answer counts.
   */
  readonly decide: (facts: Facts) => Verdict | undefined;
}

/** The first rule that has a verdict, with it; undefined when none has. */
export function firstRuling<Facts, Verdict, R extends Rule<Facts, Verdict>>(
  rules: readonly R[],
  facts: Facts,
): { readonly rule: R; readonly verdict: Verdict } | undefined {
  for (const rule of rules) {
    const verdict = rule.decide(facts);
    if (verdict !== undefined) return { rule, verdict };
  }
  return undefined;
}

/** The verdict of the first rule that has one; undefined when none has. */
export function firstVerdict<Facts, Verdict>(
  rules: readonly Rule<Facts, Verdict>[],
  facts: Facts,
): Verdict | undefined {
  return firstRuling<Facts, Verdict, Rule<Facts, Verdict>>(rules, facts)?.verdict;
}
