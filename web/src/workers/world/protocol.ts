/** What the viewer asks its worker, and what it answers: plain data. */
import type { ClusterStatus, Severity, SharedStatus } from '../../../../src/planner/index.ts';

export interface WorldFile {
  readonly name: string;
  readonly text: string;
}

export type Question =
  | { readonly kind: 'plan'; readonly file: WorldFile }
  | { readonly kind: 'object'; readonly action: string };

export type Answer =
  | PlanAnswer
  | RefusedAnswer
  | { readonly kind: 'object'; readonly yaml: string }
  | { readonly kind: 'failed'; readonly message: string };

export interface RefusedAnswer {
  readonly kind: 'refused';
  readonly name: string;
  readonly problems: readonly WorldProblem[];
}

export interface WorldProblem {
  readonly path: string;
  readonly message: string;
  readonly line: number | undefined;
}

export interface PlanAnswer {
  readonly kind: 'plan';
  readonly name: string;
  readonly now: string;
  readonly clusters: readonly ClusterView[];
  readonly shared: SharedStatus;
  readonly findings: readonly FindingView[];
  readonly actions: readonly ActionView[];
  readonly warnings: readonly WorldProblem[];
  readonly milliseconds: number;
}

export interface ClusterView {
  readonly id: string;
  readonly slug: string | undefined;
  /** Undefined of a cluster that the inventory does not list any more. */
  readonly status: ClusterStatus | undefined;
  /** Its ingress Pods; undefined when nobody could read them. */
  readonly pods: { readonly ready: number; readonly all: number } | undefined;
}

export interface FindingView {
  readonly code: string;
  readonly severity: Severity;
  readonly cluster: string | null;
  readonly hostname: string | undefined;
  readonly message: string;
  readonly cause: string;
  readonly remedy: string;
}

export interface ActionView {
  readonly id: string;
  readonly verb: 'apply' | 'delete';
  readonly reason: string;
  readonly after: readonly string[];
  readonly cluster: string | null;
}
