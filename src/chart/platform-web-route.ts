import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import { when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { listenerNames, names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesWeb } from './parts/conditions.ts';
import { pathPrefix, platformParent, serviceBackend, unlimited } from './parts/http-route.ts';
import { namespacedMetadata } from './parts/metadata.ts';

/** Leads what the API does not answer to the web console (runbook section 5.3). */
export const platformWebRoute = chartObject<IHTTPRoute>(
  'platform-web-route',
  when(usesWeb, {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: namespacedMetadata(names.platformWebRoute, 'platform-gateway'),
    spec: {
      parentRefs: platformParent(listenerNames.platformHttps),
      hostnames: [values.gatewayAPI.platform.hostname],
      rules: [
        {
          matches: [pathPrefix('/')],
          timeouts: unlimited,
          backendRefs: serviceBackend(names.web, values.web.service.port),
        },
      ],
    },
  }),
);
