import { type MultiNodeUserValues, render, valuesFrom } from '../../../src/index.ts';
import { dig, digList, digText } from '../../support/rules/dig.ts';
import { kubeObject } from '../chart/dry-run.ts';
import type { KubeObject } from '../support/api-client.ts';
import type { Cluster } from '../support/cluster.ts';
import { runProgram } from '../support/program.ts';
import { toolPath } from '../support/tools.ts';

/** What a GitOps tool is asked, by the settings of its own Application or HelmRelease. */
export interface Order {
  readonly tool: 'argo' | 'helm-controller' | 'kustomize-controller';
  readonly argo?: {
    readonly ignoreDifferences?: readonly object[];
    readonly syncOptions?: readonly string[];
    readonly serverSideDiff?: boolean;
  };
  readonly flux?: { readonly ignore?: readonly object[] };
}

/** A release in a namespace of its own, as a GitOps tool has it from Git. */
export interface Source {
  readonly namespace: string;
  readonly objects: readonly KubeObject[];
}

/** Workloads by HTTPS, with values over that. */
export function valuesOf(values: MultiNodeUserValues = {}): MultiNodeUserValues {
  const workload = { enabled: true, tls: { enabled: true }, ...values.gatewayAPI?.workload };
  return {
    crds: { install: false },
    publicAccess: { provider: 'gatewayapi' },
    ...values,
    gatewayAPI: { ...values.gatewayAPI, workload },
  };
}

/** Everything that the chart renders with {@link valuesOf} values. */
export function sourceOf(namespace: string, values: MultiNodeUserValues = {}): Source {
  const loaded = valuesFrom('multi-node', valuesOf(values));
  const { manifests, problems } = render(loaded, { name: 'kubebyon', namespace });
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return { namespace, objects: manifests.map(({ manifest }) => kubeObject(manifest)) };
}

/** The objects that differ, `Kind/name`, and what the tool would change of each. */
export type Drift = Readonly<Record<string, unknown>>;

/** What a tool shows as different. */
export function driftOf(cluster: Cluster, order: Order, source: Source): Promise<Drift> {
  return run(cluster, order, source, false);
}

/** A sync of Argo CD, a correction of helm-controller, an apply of kustomize-controller; what it found different before. */
export function sync(cluster: Cluster, order: Order, source: Source): Promise<Drift> {
  return run(cluster, order, source, true);
}

async function run(cluster: Cluster, order: Order, source: Source, apply: boolean): Promise<Drift> {
  const input = JSON.stringify({ ...order, objects: source.objects, apply });
  const { code, stdout, stderr } = await runProgram(toolPath('gitops'), ['-kubeconfig', cluster.kubeconfig], {
    ...{ env: { HOME: '/nonexistent', PATH: '/usr/bin:/bin', TMPDIR: '/tmp' }, input, timeout: 120_000 },
  });
  if (code !== 0) throw new Error(`gitops: ${stderr}`);
  const answers: unknown = JSON.parse(stdout);
  return Object.fromEntries(
    digList({ answers }, 'answers')
      .filter((one) => dig(one, 'patch') !== null)
      .map((one) => [`${digText(one, 'kind')}/${digText(one, 'name')}`, dig(one, 'patch')]),
  );
}

export const WORKLOAD_GATEWAY = 'kubebyon-kubebyon-workload-gateway';
export const GATEWAY = `Gateway/${WORKLOAD_GATEWAY}`;

/** The listeners that the runtime has written, and with them that of the chart. */
export const OURS = ['kb-one', 'kb-two'];
export const ALL = [...OURS, 'workload-http'];

const FIELD_MANAGER = 'kubebyon-edge-sync';

function gateway({ namespace }: Source): KubeObject {
  const metadata = { name: WORKLOAD_GATEWAY, namespace };
  return { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata };
}

/** What the runtime does: an apply of its own entries of the list of listeners, and nothing else. */
export async function writeListeners(
  cluster: Cluster,
  source: Source,
  names: readonly string[],
): Promise<void> {
  const listeners = names.map((name) => ({
    ...{ name, hostname: `${name}.customer.test`, port: 443, protocol: 'HTTPS' },
    tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name }] },
  }));
  const answer = await cluster.api.apply(
    { ...gateway(source), spec: { listeners } },
    { fieldManager: FIELD_MANAGER },
  );
  if (!answer.ok) throw new Error(answer.message);
}

async function readGateway(cluster: Cluster, source: Source): Promise<KubeObject> {
  const answer = await cluster.api.get(gateway(source));
  if (!answer.ok) throw new Error(answer.message);
  return answer.object;
}

/** The names of the listeners of the workload Gateway. */
export async function listenersOf(cluster: Cluster, source: Source): Promise<readonly string[]> {
  const listeners = digList(await readGateway(cluster, source), 'spec', 'listeners');
  return listeners.map((one) => digText(one, 'name')).sort();
}

/** The field managers that own a listener, by its name. */
export async function ownersOf(
  cluster: Cluster,
  source: Source,
  listener: string,
): Promise<readonly string[]> {
  const { metadata } = await readGateway(cluster, source);
  return digList(metadata, 'managedFields')
    .filter(
      (one) =>
        dig(one, 'fieldsV1', 'f:spec', 'f:listeners', `k:${JSON.stringify({ name: listener })}`) !==
        undefined,
    )
    .map((one) => digText(one, 'manager'))
    .sort();
}

/** Somebody changes by hand from where the listener of the chart takes routes. */
export async function editChartListener(cluster: Cluster, source: Source): Promise<void> {
  const { spec } = await readGateway(cluster, source);
  const index = digList(spec, 'listeners').findIndex((one) => digText(one, 'name') === 'workload-http');
  const answer = await cluster.api.request({
    method: 'PATCH',
    path: `/apis/gateway.networking.k8s.io/v1/namespaces/${source.namespace}/gateways/${WORKLOAD_GATEWAY}?fieldManager=somebody`,
    contentType: 'application/json-patch+json',
    body: [{ op: 'replace', path: `/spec/listeners/${index}/allowedRoutes/namespaces/from`, value: 'Same' }],
  });
  if (!answer.ok) throw new Error(answer.message);
}
