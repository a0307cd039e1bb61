import type { ICustomResourceDefinition } from 'kubernetes-models/apiextensions.k8s.io/v1/CustomResourceDefinition';
import { EDGE_CLUSTER_SCHEMA } from '../generated/edge-cluster-schema.js';
import { when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { chartObject } from './chart-object.ts';
import { resourceDefinition } from './parts/resource-definition.ts';

/**
 * The kind by which the platform tells the edge controller of its clusters. As with RoutePlan, it is kept when the
 * release is uninstalled and belongs to every revision, whatever is enabled.
 */
export const edgeClusterDefinition = chartObject<ICustomResourceDefinition>(
  'edge-cluster-definition',
  when(
    values.crds.install,
    resourceDefinition({
      kind: 'EdgeCluster',
      shortName: 'kec',
      component: 'edge-controller',
      columns: [
        { name: 'Target', type: 'string', jsonPath: '.spec.workload.cnameTarget' },
        { name: 'Mode', type: 'string', jsonPath: '.status.backend.mode' },
        { name: 'Hostnames', type: 'string', jsonPath: '.status.hostnamesReady' },
        { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
      ],
      schema: EDGE_CLUSTER_SCHEMA,
    }),
  ),
);
