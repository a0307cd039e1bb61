/** What the playground asks its worker, and what it answers: plain data. */
import type { Problem } from '../../../../src/index.ts';
import type { Consequence } from '../../../../src/operator/diff/index.ts';

export type ChartName = 'single-node' | 'multi-node';

/** Everything that decides what is rendered. */
export interface Session {
  readonly chart: ChartName;
  readonly text: string;
  readonly name: string;
  readonly namespace: string;
}

export type Question =
  | { readonly kind: 'render'; readonly session: Session }
  | { readonly kind: 'explain'; readonly object: string; readonly line: number }
  | { readonly kind: 'value'; readonly path: readonly string[] }
  | { readonly kind: 'complete'; readonly path: readonly string[]; readonly what: 'keys' | 'values' }
  | { readonly kind: 'classes' }
  | { readonly kind: 'compare'; readonly base: Session };

export type Answer =
  | RenderAnswer
  | ExplainAnswer
  | ValueAnswer
  | CompleteAnswer
  | ClassesAnswer
  | CompareAnswer
  | { readonly kind: 'failed'; readonly message: string };

export interface RenderAnswer {
  readonly kind: 'render';
  readonly problems: readonly Problem[];
  /** Undefined with errors. */
  readonly objects: readonly RenderedObject[] | undefined;
  readonly entries: Entries | undefined;
  /** From the question to the answer. */
  readonly milliseconds: number;
}

export interface RenderedObject {
  /** Kind, namespace and name: unique in a release. */
  readonly key: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly source: string;
  /** Its YAML, as the command prints it behind the header. */
  readonly yaml: string;
}

/** The entries as the manifests have them. */
export interface Entries {
  readonly provider: 'haproxy' | 'gatewayapi';
  readonly controlPlane: Entry | undefined;
  readonly platform: Entry | undefined;
  readonly workload: Entry | undefined;
}

export interface Entry {
  readonly gateway: string;
  readonly namespace: string;
  readonly className: string;
  readonly listeners: readonly { readonly name: string; readonly port: number; readonly protocol: string }[];
  readonly hostname: string | undefined;
  /** HTTPRoutes that the chart renders for it. */
  readonly routes: readonly EntryRoute[];
}

export interface EntryRoute {
  readonly name: string;
  readonly paths: readonly string[];
  /** A Service with its port, or a redirect. */
  readonly backend: string;
}

export interface ExplainAnswer {
  readonly kind: 'explain';
  readonly path: readonly string[];
  readonly value: unknown;
  readonly conditions: readonly string[];
  readonly reasons: readonly Reason[];
  readonly source: string;
}

/** A part of an explanation, with the place where its value was written. */
export interface Reason {
  readonly label: string;
  readonly path: readonly string[] | undefined;
  readonly value: string;
  readonly state: 'won' | 'empty' | 'not asked' | 'used';
  readonly because: string | undefined;
  readonly line: number | undefined;
  readonly parts: readonly Reason[];
}

export interface ValueAnswer {
  readonly kind: 'value';
  readonly path: readonly string[];
  readonly description: string;
  readonly default: string | undefined;
  /** Lines of objects that come from it. */
  readonly lines: readonly { readonly object: string; readonly line: number }[];
  /** Objects that read it, those with such lines included. */
  readonly objects: readonly string[];
  readonly unreadBecause: readonly string[];
}

export interface CompleteAnswer {
  readonly kind: 'complete';
  readonly options: readonly CompletionOption[];
}

export interface CompletionOption {
  readonly label: string;
  /** Type or default, in a word. */
  readonly detail: string;
  readonly info: string;
  /** Whether something is below it. */
  readonly isSection: boolean;
}

export interface ClassesAnswer {
  readonly kind: 'classes';
  readonly rows: readonly ClassRow[];
  /** Undefined where no Gateway is rendered. */
  readonly current: 'single' | 'dual' | undefined;
}

export interface ClassRow {
  readonly entry: 'controlPlane' | 'platform' | 'workload';
  /** Undefined: the entry is not enabled. */
  readonly single: string | undefined;
  readonly dual: string | undefined;
}

export interface CompareAnswer {
  readonly kind: 'compare';
  /** What the changes mean, the weightiest first. */
  readonly consequences: readonly Consequence[];
  readonly differences: readonly FieldDifference[];
  readonly unchanged: number;
  /** The base has errors. */
  readonly refused: boolean;
}

/** An object that comes or goes, or a field of one that changes; an empty text stands for a field that is not there. */
export type FieldDifference =
  | { readonly object: string; readonly change: 'added' | 'removed' }
  | {
      readonly object: string;
      readonly change: 'changed';
      readonly path: string;
      readonly before: string;
      readonly after: string;
    };
