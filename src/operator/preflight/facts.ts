import type { ClusterFacts } from '../checks/facts.ts';
import type { Rule } from '../checks/rule.ts';
import type { Rights } from './rights.ts';
import type { Wanted } from './wanted.ts';

/** What the checks before an installation look at. */
export interface PreflightFacts extends ClusterFacts {
  readonly wanted: Wanted;
  readonly rights: Rights;
}

/** A check before an installation. */
export type PreflightRule = Rule<PreflightFacts>;
