import type { KubeObject, PlanResult, World } from '../../src/planner/index.ts';
import { at, get, listOf } from '../../src/planner/world/json.ts';
import { clusterIdOf, isOurs, keyOf } from '../../src/planner/world/objects.ts';
import type { Backend } from './backends.ts';

/** Where the HTTP entry of the workload Gateway listens here: below 1024 Envoy would need more rights. */
export const HTTP_PORT = 8080;

/**
 * The HTTP half of the workload Gateway and the HTTPRoutes as they are after a plan, with a test backend in the place of
 * each cluster's Service.
 */
export function resourcesOf(
  world: World,
  { actions }: PlanResult,
  backends: readonly Backend[],
): readonly unknown[] {
  const routes = new Map<string, KubeObject>(
    world.host.objects
      .filter((one) => one.kind === 'HTTPRoute' && isOurs(one))
      .map((one) => [keyOf(one), one]),
  );
  for (const { verb, object } of actions) {
    if (object.kind !== 'HTTPRoute') continue;
    if (verb === 'delete') routes.delete(keyOf(object));
    else routes.set(keyOf(object), object);
  }
  const gateway = world.host.objects.find(
    ({ kind, metadata }) => kind === 'Gateway' && metadata.name === 'kubebyon-workload-gateway',
  );
  const listeners = listOf(at(gateway, 'spec', 'listeners')).filter((one) => get(one, 'port') === 80);
  return [
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: 'kubebyon-workload-gateway', namespace: 'kubebyon-system' },
      spec: {
        gatewayClassName: 'eg',
        listeners: listeners.map((one) => ({ ...(one as object), port: HTTP_PORT })),
      },
    },
    ...[...routes.values()]
      .filter((route) =>
        listOf(get(route.spec, 'parentRefs')).some((one) => get(one, 'sectionName') === 'workload-http'),
      )
      .map((route) => ({
        apiVersion: route.apiVersion,
        kind: route.kind,
        metadata: { name: route.metadata.name, namespace: route.metadata.namespace },
        spec: {
          ...(route.spec as object),
          rules: listOf(get(route.spec, 'rules')).map(toBackend(clusterIdOf(route))),
        },
      })),
    ...backends.map(({ cluster, port }) => ({
      apiVersion: 'gateway.envoyproxy.io/v1alpha1',
      kind: 'Backend',
      metadata: { name: cluster, namespace: `vc-${cluster.slice(2)}` },
      spec: { endpoints: [{ ip: { address: '127.0.0.1', port } }] },
    })),
  ];
}

function toBackend(cluster: string | undefined): (rule: unknown) => unknown {
  return (rule) =>
    at(rule, 'backendRefs') === undefined
      ? rule
      : {
          ...(rule as object),
          backendRefs: [{ group: 'gateway.envoyproxy.io', kind: 'Backend', name: cluster }],
        };
}
