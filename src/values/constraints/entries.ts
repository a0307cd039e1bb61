import { and, concat, eq, isEmpty, named, not, release } from '../../template/index.ts';
import { values } from '../chart-definition.ts';
import { namespaces } from '../names.ts';
import type { Constraint } from './constraint.ts';

const { edgeController, gatewayAPI, publicAccess, web } = values;
const { platform, workload } = gatewayAPI;

/** Holds with publicAccess.provider=gatewayapi. */
export const usesGatewayAPI = named(
  'usesGatewayAPI',
  'Whether Gateway API opens the entries.',
  eq(publicAccess.provider, 'gatewayapi'),
);

/** Which entry needs which (runbook sections 4.7 and 5). */
export const entryConstraints: readonly Constraint[] = [
  {
    code: 'WebNeedsPlatform',
    brokenWhen: and(web.enabled, not(platform.enabled)),
    path: 'web.enabled',
    message: 'the web console needs the platform Gateway, which is off',
    hint: 'set gatewayAPI.platform.enabled=true, or web.enabled=false',
  },
  {
    code: 'WebNeedsService',
    brokenWhen: and(web.enabled, not(web.service.create)),
    path: 'web.service.create',
    message: 'the web console needs its Service, which is off',
    hint: 'set web.service.create=true, or web.enabled=false',
  },
  {
    code: 'PlatformNeedsGatewayAPI',
    brokenWhen: and(platform.enabled, not(usesGatewayAPI)),
    path: 'gatewayAPI.platform.enabled',
    message: concat('the platform Gateway needs the provider gatewayapi, found ', publicAccess.provider),
    hint: 'set publicAccess.provider=gatewayapi, or gatewayAPI.platform.enabled=false',
  },
  {
    code: 'WorkloadNeedsGatewayAPI',
    brokenWhen: and(workload.enabled, not(usesGatewayAPI)),
    path: 'gatewayAPI.workload.enabled',
    message: concat('the workload Gateway needs the provider gatewayapi, found ', publicAccess.provider),
    hint: 'set publicAccess.provider=gatewayapi, or gatewayAPI.workload.enabled=false',
  },
  {
    code: 'EdgeControllerNeedsGatewayAPI',
    brokenWhen: and(edgeController.enabled, not(usesGatewayAPI)),
    path: 'edgeController.enabled',
    message: concat(
      'the edge controller keeps entries of the provider gatewayapi, found ',
      publicAccess.provider,
    ),
    hint: 'set publicAccess.provider=gatewayapi, or edgeController.enabled=false: the API removes what is left',
  },
  {
    code: 'PlatformHostnameRequired',
    brokenWhen: and(platform.enabled, isEmpty(platform.hostname)),
    path: 'gatewayAPI.platform.hostname',
    message: 'the platform Gateway needs a hostname, found none',
    hint: 'set gatewayAPI.platform.hostname to the public name of the platform, as in kubebyon.example.com',
  },
  {
    code: 'PlatformTlsSecretRequired',
    brokenWhen: and(platform.enabled, isEmpty(platform.tlsSecretName)),
    path: 'gatewayAPI.platform.tlsSecretName',
    message: 'the HTTPS listener of the platform Gateway needs a Secret with a certificate, found none',
    hint: 'set gatewayAPI.platform.tlsSecretName to a kubernetes.io/tls Secret in the namespace of the Gateway',
  },
  {
    code: 'AllowedRoutesSelectorRequired',
    brokenWhen: and(
      eq(workload.allowedRoutes.namespaces.from, 'Selector'),
      isEmpty(workload.allowedRoutes.namespaces.selector),
    ),
    path: 'gatewayAPI.workload.allowedRoutes.namespaces.selector',
    message: 'from=Selector needs the labels of namespaces, found none',
    hint: 'set selector.matchLabels, or from to All',
  },
  {
    code: 'RoutesFromOtherNamespaces',
    brokenWhen: and(
      workload.enabled,
      eq(workload.allowedRoutes.namespaces.from, 'Same'),
      not(eq(namespaces.workload, release.namespace)),
    ),
    path: 'gatewayAPI.workload.allowedRoutes.namespaces.from',
    message: concat('from=Same admits routes of ', namespaces.workload, ' only, where no cluster is'),
    hint: 'set from to All, or to Selector with the labels of the namespaces of clusters',
  },
];
