import { and, concat, release, toText, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import type { ServiceMonitor } from './manifest.ts';
import { usesEdgeController } from './parts/conditions.ts';
import { objectAnnotations, objectLabels, selectorLabels } from './parts/metadata.ts';

const { enabled, intervalSeconds, labels } = values.edgeController.serviceMonitor;

/** Has a Prometheus of the Prometheus operator read the metrics of every replica. */
export const edgeControllerServiceMonitor = chartObject<ServiceMonitor>(
  'edge-controller-service-monitor',
  when(and(usesEdgeController, enabled), {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: {
      name: names.edgeController,
      namespace: release.namespace,
      labels: objectLabels('edge-controller', labels),
      annotations: objectAnnotations(),
    },
    spec: {
      selector: { matchLabels: selectorLabels('edge-controller') },
      endpoints: [{ port: 'metrics', interval: concat(toText(intervalSeconds), 's') }],
    },
  }),
);
