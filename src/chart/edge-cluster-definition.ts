import type { ICustomResourceDefinition } from 'kubernetes-models/apiextensions.k8s.io/v1/CustomResourceDefinition';
import { EDGE_CLUSTER_SCHEMA } from '../generated/edge-cluster-schema.js';
import { entries, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { chartObject } from './chart-object.ts';
import { objectLabels } from './parts/metadata.ts';

const { commonAnnotations, crds } = values;

/**
 * The kind by which the platform tells the edge controller of its clusters. As with RoutePlan, it is kept when the
 * release is uninstalled and belongs to every revision, whatever is enabled.
 */
export const edgeClusterDefinition = chartObject<ICustomResourceDefinition>(
  'edge-cluster-definition',
  when(crds.install, {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: 'edgeclusters.kubebyon.app',
      labels: objectLabels('edge-controller'),
      annotations: entries({ 'helm.sh/resource-policy': 'keep' }, commonAnnotations),
    },
    spec: {
      group: 'kubebyon.app',
      scope: 'Namespaced',
      names: {
        kind: 'EdgeCluster',
        listKind: 'EdgeClusterList',
        plural: 'edgeclusters',
        singular: 'edgecluster',
        shortNames: ['kec'],
      },
      versions: [
        {
          name: 'v1alpha1',
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: [
            { name: 'Target', type: 'string', jsonPath: '.spec.workload.cnameTarget' },
            { name: 'Mode', type: 'string', jsonPath: '.status.backend.mode' },
            { name: 'Hostnames', type: 'string', jsonPath: '.status.hostnamesReady' },
            { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
            { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
          ],
          schema: { openAPIV3Schema: EDGE_CLUSTER_SCHEMA },
        },
      ],
    },
  }),
);
