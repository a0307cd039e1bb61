import type { PlannedGateway } from '../world/planned.ts';

/** From which namespaces routes may attach, as it stands in a listener. */
export type RouteNamespaces = NonNullable<
  NonNullable<PlannedGateway['spec']['listeners'][number]['allowedRoutes']>['namespaces']
>;

/** What a listener admits that does not say it (Gateway API, allowedRoutes.namespaces). */
export const ADMITS_DEFAULT: RouteNamespaces = Object.freeze({ from: 'Same' });
