import { and, concat, release, toText, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesEdgeController } from './parts/conditions.ts';
import { objectAnnotations, objectLabels, selectorLabels } from './parts/metadata.ts';

const { enabled, intervalSeconds, labels } = values.edgeController.serviceMonitor;

/** The kind of the Prometheus operator, as far as it is used here. */
interface ServiceMonitor {
  readonly apiVersion: 'monitoring.coreos.com/v1';
  readonly kind: 'ServiceMonitor';
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly endpoints: readonly { readonly port: string; readonly interval: string }[];
  };
}

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
