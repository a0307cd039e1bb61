import { dirname, join } from 'node:path';
import type { Cluster } from './cluster.ts';
import { type RunningProgram, startProgram } from './program.ts';
import { toolPath } from './tools.ts';

/** Where cert-manager keeps what ClusterIssuers need. */
const NAMESPACE = 'cert-manager';

/**
 * Starts cert-manager's controllers at a cluster that has its definitions, and a ClusterIssuer of a name that signs
 * everything by itself. They listen nowhere.
 *
 * @param flags those of `tools/mods/cert-manager` beside the kubeconfig.
 */
export async function startCertManager(
  cluster: Cluster,
  issuer: string,
  flags: readonly string[] = [],
): Promise<RunningProgram> {
  const objects = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'ClusterIssuer',
      metadata: { name: issuer },
      spec: { selfSigned: {} },
    },
  ];
  for (const object of objects) {
    const answer = await cluster.api.apply(object, { fieldManager: 'operator' });
    if (!answer.ok) throw new Error(`${object.kind} ${object.metadata.name}: ${answer.message}`);
  }
  const log = join(dirname(cluster.kubeconfig), 'cert-manager.log');
  const words = ['-kubeconfig', cluster.kubeconfig, ...flags];
  return startProgram(toolPath('cert-manager-controller'), words, log);
}
