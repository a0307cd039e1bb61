import type { IGateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway';
import { and, eq, isSet, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { gatewayClass } from '../values/gateway-class.ts';
import { listenerNames, names, namespaces } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesWorkload } from './parts/conditions.ts';
import { gatewayMetadata, gatewayRequests } from './parts/gateway.ts';

const { workload } = values.gatewayAPI;
const { from, selector } = workload.allowedRoutes.namespaces;

/**
 * The entry of customers' workloads (runbook section 5.4). The chart declares HTTP on port 80 only, always: HTTPS
 * listeners are added at run time under another field manager.
 */
export const workloadGateway = chartObject<IGateway>(
  'workload-gateway',
  when(usesWorkload, {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: gatewayMetadata(workload, names.workloadGateway, namespaces.workload, 'workload-gateway'),
    spec: {
      gatewayClassName: gatewayClass.workload,
      ...gatewayRequests(workload),
      allowedListeners: when(workload.listenerSets, { namespaces: { from: 'Same' } }),
      listeners: [
        {
          name: listenerNames.workloadHttp,
          port: 80,
          protocol: 'HTTP',
          allowedRoutes: {
            namespaces: {
              from,
              selector: when(and(eq(from, 'Selector'), isSet(selector)), selector),
            },
            kinds: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' }],
          },
        },
      ],
    },
  }),
);
