import type { ChartName, Session } from '../workers/values/protocol.ts';

/** Values that the playground offers; each is a fixture of the repository. */
export interface ValuesExample {
  readonly chart: ChartName;
  readonly name: string;
  readonly text: string;
  readonly release: { readonly name: string; readonly namespace: string };
}

export type ExampleGroup = 'runbook' | 'features' | 'others' | 'refused';

export function groupOf({ name }: ValuesExample): ExampleGroup {
  if (name.startsWith('runbook-')) return 'runbook';
  if (name === 'complete' || /^(feature|all|haproxy|gateways|gateway)-/.test(name)) return 'features';
  return /^(refused|warned)-/.test(name) ? 'refused' : 'others';
}

/** `runbook-4.1-control-plane-only`: `4.1 control plane only`. */
export function titleOf({ name }: ValuesExample): string {
  return name.replace(/^(runbook|feature|refused|warned)-/, '').replaceAll('-', ' ');
}

export function sessionOfExample({ chart, text, release }: ValuesExample): Session {
  return { chart, text, name: release.name, namespace: release.namespace };
}

/** What a page without an address of its own begins with. */
export const FIRST_EXAMPLE = { chart: 'multi-node', name: 'complete' } as const;
