import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import { when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { listenerNames, names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesPlatform } from './parts/conditions.ts';
import { apiPaths, platformParent, serviceBackend, unlimited } from './parts/http-route.ts';
import { namespacedMetadata } from './parts/metadata.ts';

/** Leads /api and /healthz of the platform's hostname to the API (runbook section 5.3). */
export const platformApiRoute = chartObject<IHTTPRoute>(
  'platform-api-route',
  when(usesPlatform, {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: namespacedMetadata(names.platformApiRoute, 'platform-gateway'),
    spec: {
      parentRefs: platformParent(listenerNames.platformHttps),
      hostnames: [values.gatewayAPI.platform.hostname],
      rules: [
        {
          matches: apiPaths,
          timeouts: unlimited,
          backendRefs: serviceBackend(names.api, values.api.service.port),
        },
      ],
    },
  }),
);
