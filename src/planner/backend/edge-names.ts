import { edgeName, isNameOf } from '../../contract/runtime-names.ts';
import type { ClusterContext } from '../context.ts';
import { roleOfRoute } from '../world/route-shards.ts';
import type { KubeObject } from '../world/world.ts';

/**
 * The base name of a cluster's edge objects. Names are for life: that of its Service as long as there is one, else that
 * of its routes, which may still be by the cluster's slug of an earlier version.
 */
export function edgeNameOf({ claims, objects, id }: ClusterContext): string {
  const { namespace } = claims.cluster;
  const service = shimServiceOf(objects, namespace)?.metadata.name;
  if (service !== undefined && isNameOf(service, id)) return service;
  const routes = objects.filter(
    ({ kind, metadata }) => kind === 'HTTPRoute' && metadata.namespace === namespace,
  );
  return routes.map((route) => roleOfRoute(route)?.edge).find((edge) => edge !== undefined) ?? edgeName(id);
}

export function shimServiceOf(objects: readonly KubeObject[], namespace: string): KubeObject | undefined {
  return objects.find(({ kind, metadata }) => kind === 'Service' && metadata.namespace === namespace);
}
