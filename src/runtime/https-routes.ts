import { hostnameObjectName } from '../contract/runtime-names.ts';
import type { PlannedObject } from './action.ts';
import type { ClusterContext } from './context.ts';
import { httpRoute, parentRef, toService } from './http-routes.ts';
import { parentRefsOf } from './objects.ts';
import type { KubeObject } from './world.ts';

/** HTTPS backend route of names that the shared listener serves. */
export function sharedHttpsRoute(
  context: ClusterContext,
  name: string,
  hostnames: readonly string[],
  service: string,
): PlannedObject {
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
 * @param observed the route as it is: a listener that cannot be seen now keeps its parentRef.
 */
export function dedicatedHttpsRoute(
  context: ClusterContext,
  name: string,
  hostnames: readonly string[],
  service: string,
  observed: KubeObject | undefined,
): PlannedObject {
  const { shared, claims } = context;
  const { workload } = shared;
  const before = new Map(
    (observed === undefined ? [] : parentRefsOf(observed)).map((one) => [one.sectionName, one]),
  );
  const parents = hostnames.map((hostname) => {
    const section = hostnameObjectName(hostname);
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
