import { connect, type Kube, type KubeObject, type Resource } from '../../src/kube/index.ts';
import { at, isRecord, listAt, textAt } from '../../src/kube/json.ts';
import { create, credentialsOf, done, eachOf, type HostAddress } from './host.ts';

/** As many as the controller has in flight. */
const IN_FLIGHT = 8;
const NAMESPACE = 'bench-bare';
const OURS = encodeURIComponent('app.kubernetes.io/managed-by=kubebyon');

const KINDS: readonly Resource[] = [
  { group: 'gateway.networking.k8s.io', version: 'v1', plural: 'tlsroutes' },
  { group: 'gateway.networking.k8s.io', version: 'v1', plural: 'httproutes' },
  { group: '', version: 'v1', plural: 'services' },
  { group: 'discovery.k8s.io', version: 'v1', plural: 'endpointslices' },
];

/**
 * Applies copies of what the controller has written, and does nothing else; they are removed afterwards.
 *
 * @returns applies in a second.
 */
export async function bareLoop(host: HostAddress, count: number): Promise<number> {
  const kube = connect(credentialsOf(host));
  const lists = await Promise.all(KINDS.map((kind) => copies(kube, kind, Math.ceil(count / KINDS.length))));
  // Kinds by turns, as a plan has them.
  const most = Math.max(...lists.map((list) => list.length));
  const all = Array.from({ length: most }, (_, index) => lists.flatMap((list) => list[index] ?? [])).flat();
  await create(
    kube,
    { group: '', version: 'v1', plural: 'namespaces' },
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
  );
  const start = performance.now();
  await eachOf(all.length, IN_FLIGHT, async (index) => {
    const one = all[index];
    if (one !== undefined)
      await done(() => kube.apply(one.kind, one.object, { fieldManager: 'bench', force: true }));
  });
  const passed = performance.now() - start;
  for (const { kind, object } of all) {
    const { name } = object.metadata;
    const path = `${pathOf(kind)}/namespaces/${NAMESPACE}/${kind.plural}/${name}`;
    await kube.requester.call({ method: 'DELETE', path });
  }
  await kube.close();
  return (all.length / passed) * 1000;
}

interface Copy {
  readonly kind: Resource;
  readonly object: KubeObject;
}

async function copies(kube: Kube, kind: Resource, count: number): Promise<readonly Copy[]> {
  const path = `${pathOf(kind)}/${kind.plural}?limit=${count}&labelSelector=${OURS}`;
  const list = await done(() => kube.requester.call({ method: 'GET', path }));
  const name = (textAt(list, 'kind') ?? '').replace(/List$/, '');
  const apiVersion = textAt(list, 'apiVersion') ?? '';
  return listAt(list, 'items').map((item, index) => {
    const { spec, addressType, endpoints, ports } = isRecord(item) ? item : {};
    // An address of a Service belongs to the one that has it.
    const { clusterIP: _, clusterIPs: __, ...rest } = isRecord(spec) ? spec : {};
    const labels = at(item, 'metadata', 'labels');
    const serviceName = textAt(labels, 'kubernetes.io/service-name');
    const metadata = {
      name: `bare-${index}`,
      namespace: NAMESPACE,
      ...(serviceName === undefined ? {} : { labels: { 'kubernetes.io/service-name': serviceName } }),
    };
    const content = { ...(isRecord(spec) ? { spec: rest } : {}), addressType, endpoints, ports };
    const object: KubeObject = JSON.parse(JSON.stringify({ apiVersion, kind: name, metadata, ...content }));
    return { kind, object };
  });
}

function pathOf({ group, version }: Resource): string {
  return group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
}
