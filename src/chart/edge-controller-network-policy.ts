import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { and, either, isSet, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesEdgeController } from './parts/conditions.ts';
import { namespacedMetadata, selectorLabels } from './parts/metadata.ts';

const { enabled, metricsFrom } = values.edgeController.networkPolicy;

/**
 * Lets in whoever reads the metrics. What the Pods may reach is not bounded: they ask DNS servers outside, the API server
 * of every cluster, and the addresses that Nodes and Pods of clusters have.
 */
export const edgeControllerNetworkPolicy = chartObject<INetworkPolicy>(
  'edge-controller-network-policy',
  when(and(usesEdgeController, enabled), {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: namespacedMetadata(names.edgeController, 'edge-controller'),
    spec: {
      podSelector: { matchLabels: selectorLabels('edge-controller') },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ podSelector: {}, namespaceSelector: either(isSet(metricsFrom), metricsFrom, {}) }],
          ports: [{ port: 'metrics', protocol: 'TCP' }],
        },
      ],
    },
  }),
);
