import { expect, vi } from 'vitest';
import { definitionOf } from '../../support/definition.ts';
import { createNamespace, dryRun, kubeObject } from '../chart/dry-run.ts';
import type { KubeObject } from './api-client.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { type DefinitionServer, startOldServer } from './old-server.ts';

/** A Kubernetes that the charts support, with the chart's definition of a kind. */
export interface ServerOfKind {
  readonly kubernetes: string;
  /**
   * Starts it, with a namespace for objects of the kind.
   *
   * @param plural as `edgeclusters`. @param example an object that is taken once the kind is served.
   */
  readonly start: (plural: string, namespace: string, example: KubeObject) => Promise<DefinitionServer>;
}

/** The oldest one asks nobody for a namespace. */
export const SERVERS_OF_KIND: readonly ServerOfKind[] = [
  {
    kubernetes: 'the newest Kubernetes',
    start: clusterWithKind,
  },
  {
    kubernetes: 'the oldest Kubernetes',
    start: async (plural, _, example) => {
      const server = await startOldServer();
      await serveKind(server, plural, example);
      return server;
    },
  },
];

/** A whole cluster of the newest one; see {@link ServerOfKind}. */
export async function clusterWithKind(
  plural: string,
  namespace: string,
  example: KubeObject,
): Promise<Cluster> {
  const cluster = await startCluster();
  await createNamespace(cluster, namespace);
  await serveKind(cluster, plural, example);
  return cluster;
}

async function serveKind(server: DefinitionServer, plural: string, example: KubeObject): Promise<void> {
  const answer = await server.api.apply(kubeObject(definitionOf(plural)), { fieldManager: 'helm' });
  if (!answer.ok) throw new Error(answer.message);
  // A new kind is served a moment after its definition is stored.
  await vi.waitFor(async () => expect(await dryRun(server, example)).toMatchObject({ ok: true }), {
    timeout: 90_000,
    interval: 200,
  });
}
