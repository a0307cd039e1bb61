import { expect, vi } from 'vitest';
import { definitionOf } from '../../support/definition.ts';
import { createNamespace, dryRun, kubeObject } from '../chart/dry-run.ts';
import type { KubeObject } from './api-client.ts';
import { type Cluster, startCluster } from './cluster.ts';

/**
 * A cluster with the chart's definition of a kind and a namespace for its objects.
 *
 * @param plural as `edgeclusters`. @param example an object that is taken once the kind is served.
 */
export async function clusterWithKind(
  plural: string,
  namespace: string,
  example: KubeObject,
): Promise<Cluster> {
  const cluster = await startCluster();
  const answer = await cluster.api.apply(kubeObject(definitionOf(plural)), { fieldManager: 'helm' });
  if (!answer.ok) throw new Error(answer.message);
  await createNamespace(cluster, namespace);
  // A new kind is served a moment after its definition is stored.
  await vi.waitFor(async () => expect(await dryRun(cluster, example)).toMatchObject({ ok: true }), {
    timeout: 90_000,
    interval: 200,
  });
  return cluster;
}
