import type { IGateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway';
import { when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { gatewayClass } from '../values/gateway-class.ts';
import { listenerNames, names, namespaces } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesPlatform } from './parts/conditions.ts';
import { fromReleaseNamespace, gatewayMetadata, gatewayRequests } from './parts/gateway.ts';

const { platform } = values.gatewayAPI;

const allowedRoutes = {
  namespaces: fromReleaseNamespace(namespaces.platform),
  kinds: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' }],
};

/** The entry of the platform itself (runbook section 5.3). Never shares a Gateway with TLS passthrough. */
export const platformGateway = chartObject<IGateway>(
  'platform-gateway',
  when(usesPlatform, {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: gatewayMetadata(platform, names.platformGateway, namespaces.platform, 'platform-gateway'),
    spec: {
      gatewayClassName: gatewayClass.platform,
      ...gatewayRequests(platform),
      listeners: [
        {
          name: listenerNames.platformHttps,
          hostname: platform.hostname,
          port: 443,
          protocol: 'HTTPS',
          tls: {
            mode: 'Terminate',
            certificateRefs: [{ group: '', kind: 'Secret', name: platform.tlsSecretName }],
          },
          allowedRoutes,
        },
        when(platform.httpToHttpsRedirect, {
          name: listenerNames.platformHttp,
          hostname: platform.hostname,
          port: 80,
          protocol: 'HTTP',
          allowedRoutes,
        }),
      ],
    },
  }),
);
