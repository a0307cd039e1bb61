import { type Expr, expression } from '../nodes/index.ts';

function context(scope: 'release' | 'chart', field: string): Expr<string> {
  return expression({ kind: 'context', scope, field });
}

/** Facts about the release. */
export const release = {
  name: context('release', 'name'),
  namespace: context('release', 'namespace'),
  /** The service that renders: always `Helm`, so that both ways of rendering give equal labels. */
  service: context('release', 'service'),
} as const;

/** Facts about the chart. */
export const chart = {
  name: context('chart', 'name'),
  version: context('chart', 'version'),
  appVersion: context('chart', 'appVersion'),
} as const;
