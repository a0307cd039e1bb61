import type { DataMap } from '../nodes/index.ts';

/** Everything that a template may depend on. */
export interface Scope {
  /** Complete values: every defined key is there, with a value of its type. */
  readonly values: DataMap;
  readonly release: { readonly name: string; readonly namespace: string; readonly service: string };
  readonly chart: { readonly name: string; readonly version: string; readonly appVersion: string };
}

/** A scope at work: where the loops are, and who wants to know what is read. */
export interface Environment {
  readonly scope: Scope;
  readonly elements: Readonly<Record<string, unknown>>;
  /** Called once with the path, joined with dots, of every value that decides something. */
  readonly onRead: ((path: string) => void) | undefined;
  /** What is known already, by slot; see `remembered` in evaluate-expression.ts. */
  readonly memory: unknown[];
}

/** The environment outside any loop. Environments of one scope may be used for many templates. */
export function environmentOf(scope: Scope, onRead?: Environment['onRead']): Environment {
  return { scope, elements: {}, onRead, memory: [] };
}
