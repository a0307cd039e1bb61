import type { IService } from 'kubernetes-models/v1/Service';
import { when } from '../template/index.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesEdgeController } from './parts/conditions.ts';
import { namespacedMetadata, selectorLabels } from './parts/metadata.ts';

/** Where the metrics of every replica are found: each says what it does itself, so there is no address for all. */
export const edgeControllerService = chartObject<IService>(
  'edge-controller-service',
  when(usesEdgeController, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: namespacedMetadata(names.edgeController, 'edge-controller'),
    spec: {
      type: 'ClusterIP',
      clusterIP: 'None',
      selector: selectorLabels('edge-controller'),
      ports: [{ name: 'metrics', port: 8080, targetPort: 'metrics', protocol: 'TCP' }],
    },
  }),
);
