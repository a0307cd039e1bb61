import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import { GATEWAY_QUIRKS } from '../contract/gateway-quirks.ts';
import { block, not, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { listenerNames, names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesPlatformRedirect, usesWeb } from './parts/conditions.ts';
import { apiPaths, pathPrefix, platformParent } from './parts/http-route.ts';
import { namespacedMetadata } from './parts/metadata.ts';

/** Sends plain HTTP to HTTPS: every path with the web console, else the API's paths only (runbook section 5.3). */
export const platformRedirectRoute = chartObject<IHTTPRoute>(
  'platform-redirect-route',
  when(usesPlatformRedirect, {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: namespacedMetadata(names.platformRedirectRoute, 'platform-gateway'),
    spec: {
      parentRefs: platformParent(listenerNames.platformHttp),
      hostnames: [values.gatewayAPI.platform.hostname],
      rules: [
        {
          matches: [when(usesWeb, pathPrefix('/')), block(not(usesWeb), apiPaths)],
          filters: [
            {
              type: 'RequestRedirect',
              requestRedirect: { scheme: 'https', statusCode: GATEWAY_QUIRKS.redirectStatus },
            },
          ],
        },
      ],
    },
  }),
);
