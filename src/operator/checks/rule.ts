import type { Check, Said } from './check.ts';

/** A check that is made: what it looks at, and what to do when it fails. */
export interface Rule<Facts> {
  /** Of every check that it gives. */
  readonly code: string;
  /** What must be so, as a sentence for docs/checks.md. */
  readonly looksAt: string;
  /** Lines of the runbook that somebody would type and read otherwise; see `runbook.ts`. */
  readonly replaces: readonly string[];
  /** What to do when it fails, unless it says something closer. */
  readonly next: string;
  readonly check: (facts: Facts) => readonly Said[];
}

/** All checks of the rules, in their order. */
export function checksOf<Facts>(rules: readonly Rule<Facts>[], facts: Facts): readonly Check[] {
  return rules.flatMap(({ code, next, check }) =>
    check(facts).map((said) => ({ code, ...said, next: said.verdict === 'ok' ? '' : (said.next ?? next) })),
  );
}
