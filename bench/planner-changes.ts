import type { Change } from '../src/planner/world/change.ts';
import { referenceOf } from '../src/planner/world/objects.ts';
import type { KubeObject, World } from '../src/planner/world/world.ts';
import { BASE, binding, workloadGateway } from '../test/support/worlds.ts';

/** How many a change concerns: one cluster, or nobody's decision. */
export type Reach = 'one cluster' | 'nobody';

export interface ChangeKind {
  readonly what: string;
  readonly reach: Reach;
  /** The change of a round; each names another cluster or object. */
  readonly make: (world: World, round: number) => Change;
}

/** The changes that a controller sees most. */
export const CHANGE_KINDS: readonly ChangeKind[] = [
  { what: 'a Pod', reach: 'one cluster', make: podChanged },
  { what: 'an answer of DNS', reach: 'one cluster', make: dnsChanged },
  { what: 'a Certificate of a hostname', reach: 'one cluster', make: certificateChanged },
  { what: 'the Secret of a hostname', reach: 'one cluster', make: secretChanged },
  { what: 'a hostname more', reach: 'one cluster', make: hostnameAdded },
  { what: 'a foreign route for a hostname', reach: 'one cluster', make: foreignRouteAdded },
  { what: 'the status of the Gateway', reach: 'nobody', make: gatewayTouched },
  { what: 'the status of a ListenerSet', reach: 'nobody', make: listenerSetTouched },
  { what: 'the Secret of the shared listener', reach: 'nobody', make: sharedSecretTouched },
  { what: 'a foreign Secret', reach: 'nobody', make: foreignSecretAdded },
  { what: 'labels of the host Nodes', reach: 'nobody', make: hostNodesLabelled },
];

function clusterAt({ inventory }: World, round: number) {
  const cluster = inventory.clusters[(round * 7) % inventory.clusters.length];
  if (cluster === undefined) throw new Error('the platform has no clusters');
  return cluster;
}

function podChanged(world: World, round: number): Change {
  const { id } = clusterAt(world, round);
  const tenant = world.tenants?.[id];
  if (tenant === undefined) throw new Error(`there is no tenant ${id}`);
  const pods = (tenant.pods ?? []).map((pod) => ({ ...pod, labels: { ...pod.labels, round: `${round}` } }));
  return { of: 'tenant', id, tenant: { ...tenant, pods } };
}

function dnsChanged(world: World, round: number): Change {
  const names = Object.keys(world.dns ?? {});
  const hostname = names[(round * 7) % names.length] ?? '';
  const checkedAt = new Date(Date.parse(world.now) + round * 1000).toISOString();
  const answers = (world.dns?.[hostname] ?? []).map((answer) => ({ ...answer, checkedAt }));
  return { of: 'dns', hostname, answers };
}

function certificateChanged(world: World, round: number): Change {
  return touched(
    objectAt(world, round, ({ kind, metadata }) => kind === 'Certificate' && isDedicated(metadata.name)),
    round,
  );
}

function secretChanged(world: World, round: number): Change {
  const secret = objectAt(
    world,
    round,
    ({ kind, metadata }) => kind === 'Secret' && isDedicated(metadata.name),
  );
  const notAfter = new Date(Date.parse('2027-03-01T00:00:00Z') + round * 1000).toISOString();
  return changed({ ...secret, certificate: { ...secret.certificate, notAfter } });
}

function hostnameAdded(world: World, round: number): Change {
  const cluster = clusterAt(world, round);
  const hostnames = [...cluster.hostnames, binding(`new${round}.${BASE}`)];
  return { of: 'cluster', id: cluster.id, cluster: { ...cluster, hostnames } };
}

function foreignRouteAdded(world: World, round: number): Change {
  const { namespace, hostnames } = clusterAt(world, round);
  const { name, namespace: gatewayNamespace } = workloadGateway().metadata;
  return changed({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: `foreign-${round}`, namespace },
    spec: {
      parentRefs: [{ name, namespace: gatewayNamespace }],
      hostnames: [hostnames[0]?.hostname],
    },
  });
}

function gatewayTouched(world: World, round: number): Change {
  const { name } = workloadGateway().metadata;
  return touched(
    objectAt(world, 0, ({ kind, metadata }) => kind === 'Gateway' && metadata.name === name),
    round,
  );
}

function listenerSetTouched(world: World, round: number): Change {
  return touched(
    objectAt(world, round, ({ kind }) => kind === 'ListenerSet'),
    round,
  );
}

function sharedSecretTouched(world: World, round: number): Change {
  return touched(
    objectAt(world, 0, ({ kind, metadata }) => kind === 'Secret' && !isDedicated(metadata.name)),
    round,
  );
}

function foreignSecretAdded(_: World, round: number): Change {
  const { namespace } = workloadGateway().metadata;
  return changed({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: `foreign-${round}`, namespace: namespace ?? '' },
  });
}

function hostNodesLabelled({ host: { objects: _, ...host } }: World, round: number): Change {
  const nodes = (host.nodes ?? []).map((node) => ({ ...node, labels: { round: `${round}` } }));
  return { of: 'host', host: { ...host, nodes } };
}

/** Certificates and Secrets of self-managed hostnames have names of their own. */
function isDedicated(name: string): boolean {
  return name.startsWith('kb-');
}

function objectAt(world: World, round: number, wanted: (object: KubeObject) => boolean): KubeObject {
  const all = world.host.objects.filter(wanted);
  const found = all[(round * 7) % all.length];
  if (found === undefined) throw new Error('the platform has no such object');
  return found;
}

/** The object at another resourceVersion, as a status makes it that says the same. */
function touched(object: KubeObject, round: number): Change {
  return changed({ ...object, metadata: { ...object.metadata, resourceVersion: `9${round}` } });
}

function changed(object: KubeObject): Change {
  return { of: 'object', reference: referenceOf(object), object };
}
