import { hostnameObjectName } from '../../contract/runtime-names.ts';
import { parentDomain } from '../../text/hostnames.ts';
import type { ClusterContext } from '../context.ts';
import { parentRefsOf } from '../world/objects.ts';
import type { PlannedHTTPRoute } from '../world/planned.ts';
import type { KubeObject } from '../world/world.ts';
import { httpRoute, parentRef, toService } from './http-routes.ts';

/** HTTPS backend route of names that the shared listener serves. */
export function sharedHttpsRoute(
  context: ClusterContext,
  name: string,
  hostnames: readonly string[],
  service: string,
): PlannedHTTPRoute {
  const { workload } = context.shared;
  const parents =
    workload?.tls === undefined
      ? []
      : [
          parentRef(
            'Gateway',
            workload.gateway.namespace,
            workload.gateway.name,
            workload.tls.httpsListenerName,
          ),
        ];
  return httpRoute(context, name, parents, hostnames, toService(service));
}

/**
 * HTTPS backend route of self-managed hostnames, each through a listener of its own. The Host header is rewritten to
 * the cluster's CNAME target, which its ingress controller knows (runbook section 5.4).
 *
 * @param ends.nameOf names of the hostnames' own listeners, where they are known.
 * @param ends.certificateOf hostnames that the listener of another hostname serves.
 * @param ends.observed the route as it is: a listener that cannot be seen now keeps its parentRef.
 */
export function dedicatedHttpsRoute(
  context: ClusterContext,
  name: string,
  hostnames: readonly string[],
  service: string,
  ends: {
    readonly nameOf: ReadonlyMap<string, string>;
    readonly certificateOf: ReadonlyMap<string, string>;
    readonly observed: KubeObject | undefined;
  },
): PlannedHTTPRoute {
  const { shared, claims } = context;
  const { workload } = shared;
  const before = new Map(
    (ends.observed === undefined ? [] : parentRefsOf(ends.observed)).map((one) => [one.sectionName, one]),
  );
  const sectionOf = (hostname: string): string => {
    const serving = ends.certificateOf.get(hostname);
    if (serving !== undefined) return hostnameObjectName(serving);
    const own = ends.nameOf.get(hostname) ?? hostnameObjectName(hostname);
    if (before.has(own)) return own;
    const above = hostnameObjectName(`*.${parentDomain(hostname)}`);
    return before.has(above) && !shared.listeners.own.has(own) ? above : own;
  };
  const parents = [...new Set(hostnames.map(sectionOf))].map((section) => {
    const placed = shared.listeners.own.get(section)?.parent;
    const known = before.get(section);
    const kind = placed?.kind ?? known?.kind ?? 'Gateway';
    return parentRef(
      kind === 'ListenerSet' ? 'ListenerSet' : 'Gateway',
      placed?.metadata.namespace ?? known?.namespace ?? workload?.gateway.namespace ?? '',
      placed?.metadata.name ?? known?.name ?? workload?.gateway.name ?? '',
      section,
    );
  });
  const target = claims.workload?.target;
  const rewrite =
    target === undefined ? {} : { filters: [{ type: 'URLRewrite', urlRewrite: { hostname: target } }] };
  return httpRoute(context, name, parents, hostnames, { ...rewrite, ...toService(service) });
}
