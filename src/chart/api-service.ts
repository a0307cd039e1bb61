import type { IService } from 'kubernetes-models/v1/Service';
import { and, not, release, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesHaproxy } from './parts/conditions.ts';
import { objectAnnotations, objectLabels, selectorLabels } from './parts/metadata.ts';

const { hostNetwork, service } = values.api;

/** The API inside the cluster; with the provider haproxy and without hostNetwork, port 443 leads to haproxy. */
export const apiService = chartObject<IService>('api-service', {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: names.api,
    namespace: release.namespace,
    labels: objectLabels('api'),
    annotations: objectAnnotations(service.annotations),
  },
  spec: {
    type: service.type,
    selector: selectorLabels('api'),
    ports: [
      { name: 'http', port: service.port, targetPort: 'http', protocol: 'TCP' },
      when(and(usesHaproxy, not(hostNetwork)), {
        name: 'control-plane',
        port: 443,
        targetPort: 'control-plane',
        protocol: 'TCP',
      }),
    ],
  },
});
