import type { FindingCode } from '../findings.ts';
import { firstRuling, type Rule } from '../rule.ts';

/** Why a name may not be had. */
export interface Refusal<Code extends FindingCode = FindingCode> {
  readonly code: Code;
  readonly message: string;
}

/** A rule that refuses a name; its verdict is the message, and its finding is the code of the refusal. */
export interface RefusalRule<Facts, Code extends FindingCode> extends Rule<Facts, string> {
  readonly finding: Code;
}

/** The first refusal; undefined when no rule has anything against it. */
export function firstRefusal<Facts, Code extends FindingCode>(
  rules: readonly RefusalRule<Facts, Code>[],
  facts: Facts,
): Refusal<Code> | undefined {
  const ruling = firstRuling<Facts, string, RefusalRule<Facts, Code>>(rules, facts);
  return ruling === undefined ? undefined : { code: ruling.rule.finding, message: ruling.verdict };
}
