import { readFileSync } from 'node:fs';
import { parseJson } from '../../src/kube/json.ts';
import type { Cluster } from '../../test/conformance/support/cluster.ts';
import { digList, digText } from '../../test/support/rules/dig.ts';

/** Where an API server of the lab answers, and the certificate that it is checked against (PEM). */
export interface Access {
  readonly port: number;
  readonly ca: string;
}

export function accessOf({ kubeconfig }: Pick<Cluster, 'kubeconfig'>): Access {
  const [cluster] = digList(parseJson(readFileSync(kubeconfig, 'utf8')), 'clusters');
  const authority = digText(cluster, 'cluster', 'certificate-authority-data');
  return {
    port: Number(new URL(digText(cluster, 'cluster', 'server')).port),
    ca: Buffer.from(authority, 'base64').toString(),
  };
}

/** Writes an object of the lab itself; what is refused throws. */
export async function applyAs(
  host: Pick<Cluster, 'api'>,
  fieldManager: string,
  object: Parameters<Cluster['api']['apply']>[0],
): Promise<void> {
  const answer = await host.api.apply(object, { fieldManager });
  if (answer.ok) return;
  const { namespace = '', name } = object.metadata;
  throw new Error(`${object.kind} ${namespace}/${name}: ${answer.message}`);
}

export function namespaceObject(
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Parameters<Cluster['api']['apply']>[0] {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}
