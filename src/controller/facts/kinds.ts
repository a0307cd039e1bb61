import type { RuntimeConfig } from '../../contract/runtime-config.ts';
import { KIND_USES } from '../../planner/world/kinds.ts';
import { holds, namespaceOf } from './condition.ts';

/** A kind of the host cluster that is watched, in one namespace or in all. */
export interface WatchedKind {
  readonly kind: string;
  readonly apiGroup: string;
  readonly plural: string;
  readonly namespace?: string;
}

/** What is watched with a config: every kind that a world shows, where it shows it. */
export function watchedKinds(config: RuntimeConfig): readonly WatchedKind[] {
  const all = KIND_USES.flatMap(({ kind, apiGroup, resource, observed }) =>
    observed
      .filter(({ when }) => holds(when, config))
      .map(({ scope }): WatchedKind => {
        const namespace = namespaceOf(scope, config);
        return { kind, apiGroup, plural: resource, ...(namespace === undefined ? {} : { namespace }) };
      }),
  );
  // Both Gateways may stand in one namespace.
  return [...new Map(all.map((one) => [watchName(one), one])).values()];
}

/** `HTTPRoute`, or `Gateway in kubebyon-system`. */
export function watchName({ kind, namespace }: WatchedKind): string {
  return namespace === undefined ? kind : `${kind} in ${namespace}`;
}
