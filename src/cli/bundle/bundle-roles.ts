import { observingGrants } from '../../operator/bundle/index.ts';
import { printRoles } from '../operator/print-roles.ts';
import type { Outcome } from '../outcome.ts';

/**
 * The Roles of whoever reads what the planner sees.
 *
 * @param envFrom `deployment/NS/NAME`, whose namespace is that of the release.
 * @param gateways namespaces of Gateways and RoutePlans; that of the release unless given.
 */
export function bundleRoles(envFrom: string | undefined, gateways: readonly string[]): Outcome {
  const [, release = 'default'] = envFrom?.split('/') ?? [];
  return printRoles('bundle', observingGrants({ release, gateways }));
}
