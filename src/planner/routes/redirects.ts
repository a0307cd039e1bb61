import { GATEWAY_QUIRKS } from '../../contract/gateway-quirks.ts';
import type { ClusterContext } from '../context.ts';
import type { PlannedHTTPRoute } from '../world/planned.ts';
import { httpParent, httpRoute } from './http-routes.ts';

/** HTTP to HTTPS (runbook section 5.3). */
export function redirectRoute(
  context: ClusterContext,
  name: string,
  hostnames: readonly string[],
): PlannedHTTPRoute {
  return httpRoute(context, name, httpParent(context), hostnames, {
    filters: [
      {
        type: 'RequestRedirect',
        requestRedirect: { scheme: 'https', statusCode: GATEWAY_QUIRKS.redirectStatus },
      },
    ],
  });
}
