import type { IHTTPRouteRule } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRouteRule';
import { GATEWAY_QUIRKS } from '../../contract/gateway-quirks.ts';
import type { Expr, Template } from '../../template/index.ts';
import { names, namespaces } from '../../values/names.ts';

type Match = NonNullable<IHTTPRouteRule['matches']>[number];

/** One listener of the platform Gateway. Always by sectionName, so that a route never attaches to another. */
export function platformParent(listener: string) {
  return [
    {
      group: 'gateway.networking.k8s.io',
      kind: 'Gateway',
      namespace: namespaces.platform,
      name: names.platformGateway,
      sectionName: listener,
    },
  ];
}

export function pathPrefix(value: string): Template<Match> {
  return { path: { type: 'PathPrefix', value } };
}

export function exactPath(value: string): Template<Match> {
  return { path: { type: 'Exact', value } };
}

/** What the API answers: everything under /api, and its health. */
export const apiPaths: readonly Template<Match>[] = [pathPrefix('/api'), exactPath('/healthz')];

/** A backend Service beside the route. Defaulted fields are written out, so that what is read back is equal. */
export function serviceBackend(name: Expr<string>, port: Expr<number>) {
  return [{ group: '', kind: 'Service', name, port, weight: 1 }];
}

/** No limit. */
export const unlimited = { request: GATEWAY_QUIRKS.requestTimeout };
