import type { IGateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway';
import { when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { gatewayClass } from '../values/gateway-class.ts';
import { listenerNames, names, namespaces } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesGatewayAPI } from './parts/conditions.ts';
import { gatewayMetadata, gatewayRequests } from './parts/gateway.ts';

/** The entry of all control planes: TLS passed through by SNI, a TLSRoute for each cluster (runbook section 5.2). */
export const controlPlaneGateway = chartObject<IGateway>(
  'control-plane-gateway',
  when(usesGatewayAPI, {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: gatewayMetadata(
      values.gatewayAPI,
      names.controlPlaneGateway,
      namespaces.controlPlane,
      'control-plane-gateway',
    ),
    spec: {
      gatewayClassName: gatewayClass.controlPlane,
      ...gatewayRequests(values.gatewayAPI),
      listeners: [
        {
          name: listenerNames.controlPlane,
          port: 443,
          protocol: 'TLS',
          tls: { mode: 'Passthrough' },
          allowedRoutes: {
            namespaces: { from: 'All' },
            kinds: [{ group: 'gateway.networking.k8s.io', kind: 'TLSRoute' }],
          },
        },
      ],
    },
  }),
);
