import type { Expr, Operand } from '../../template/index.ts';
import type { ConstraintCode } from '../check/codes.ts';

/**
 * A rule about several values, or about one and the release, that no schema can express. The library and the
 * chart report it in the same words.
 */
export interface Constraint {
  /** Stable name for machines. */
  readonly code: ConstraintCode;
  /** Holds when the rule is broken. */
  readonly brokenWhen: Expr<boolean>;
  /** The value to change, as a path; `release` for the release itself. */
  readonly path: string;
  /** What was expected and what was found. */
  readonly message: Operand<string>;
  /** What to do. */
  readonly hint: string;
}
