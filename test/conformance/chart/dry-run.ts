import type { KubernetesObject } from '../../../src/index.ts';
import type { ApiAnswer, KubeObject } from '../support/api-client.ts';
import type { Cluster } from '../support/cluster.ts';
import { inParallel } from '../support/parallel.ts';

/** A namespace, and nothing else. */
export async function createNamespace(
  cluster: Cluster,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<void> {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
  const answer = await cluster.api.apply(namespace, { fieldManager: 'test' });
  if (!answer.ok) throw new Error(`namespace ${name}: ${answer.message}`);
}

/** An object of the chart as the client takes one; every object that the charts render has a name. */
export function kubeObject(manifest: KubernetesObject): KubeObject {
  return manifest as unknown as KubeObject; // a manifest's metadata is data to the type system
}

/**
 * Sends every object as a server-side apply that stores nothing, with strict validation of fields, and gives the
 * refusals with the objects. Equal objects are sent once; namespaces are made first.
 */
export async function refusalsOf(
  cluster: Cluster,
  manifests: readonly KubernetesObject[],
): Promise<{ readonly sent: number; readonly refusals: readonly string[] }> {
  const different = [...new Map(manifests.map((manifest) => [JSON.stringify(manifest), manifest])).values()];
  const objects = different.map(kubeObject);
  const namespaces = new Set(objects.flatMap(({ metadata: { namespace } }) => namespace ?? []));
  await inParallel([...namespaces], (name) => createNamespace(cluster, name), 8);
  const answers = await inParallel(objects, (object) => dryRun(cluster, object), 8);
  const refusals = answers.flatMap((answer, index) => {
    const { kind, metadata } = objects[index] ?? {};
    return answer.ok
      ? []
      : [`${kind} ${metadata?.name}: ${answer.message}\n${JSON.stringify(objects[index])}`];
  });
  return { sent: objects.length, refusals };
}

/** A server-side apply of one object that stores nothing, with strict validation of fields. */
export function dryRun(cluster: Pick<Cluster, 'api'>, object: KubeObject): Promise<ApiAnswer> {
  return cluster.api.apply(object, { fieldManager: 'helm', dryRun: true });
}
