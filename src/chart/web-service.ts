import type { IService } from 'kubernetes-models/v1/Service';
import { and, release, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesWeb } from './parts/conditions.ts';
import { objectAnnotations, objectLabels, selectorLabels } from './parts/metadata.ts';

const { service } = values.web;

/** The web console inside the cluster. */
export const webService = chartObject<IService>(
  'web-service',
  when(and(usesWeb, service.create), {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: names.web,
      namespace: release.namespace,
      labels: objectLabels('web'),
      annotations: objectAnnotations(service.annotations),
    },
    spec: {
      type: service.type,
      selector: selectorLabels('web'),
      ports: [{ name: 'http', port: service.port, targetPort: 'http', protocol: 'TCP' }],
    },
  }),
);
