import type { JsonRecord } from '../json.ts';
import { EDGE_CLUSTER_SPEC, edgeClusterSpec } from './edge-cluster.ts';
import { EDGE_CLUSTER_STATUS, edgeClusterStatus } from './edge-cluster-status.ts';
import { storedSchema } from './stored-schema.ts';

/** The OpenAPI schema of an EdgeCluster, as its CustomResourceDefinition holds it. */
export function edgeClusterSchema(): JsonRecord {
  return {
    type: 'object',
    description:
      'A cluster of the platform whose entries are kept. Written by the platform, never by tenants.',
    required: ['spec'],
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
      spec: {
        description: 'What is opened, and for whom.',
        ...storedSchema(edgeClusterSpec, EDGE_CLUSTER_SPEC),
      },
      status: { description: 'What became of it.', ...storedSchema(edgeClusterStatus, EDGE_CLUSTER_STATUS) },
    },
  };
}
