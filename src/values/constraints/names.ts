import { and, concat, eq, isSet, matches, not } from '../../template/index.ts';
import { values } from '../chart-definition.ts';
import { listenerNames, names, namespaces } from '../names.ts';
import type { Constraint } from './constraint.ts';

const { gatewayAPI } = values;
const { platform, workload } = gatewayAPI;

/** Which names must differ. */
export const nameConstraints: readonly Constraint[] = [
  {
    code: 'GatewayNamesCollide',
    brokenWhen: and(workload.enabled, eq(names.workloadGateway, names.controlPlaneGateway)),
    path: 'gatewayAPI.workload.name',
    message: concat('the workload and control-plane Gateways have one name, ', names.workloadGateway),
    hint: 'give gatewayAPI.workload.name or gatewayAPI.name another value',
  },
  {
    code: 'GatewayNamesCollide',
    brokenWhen: and(workload.enabled, platform.enabled, eq(names.workloadGateway, names.platformGateway)),
    path: 'gatewayAPI.workload.name',
    message: concat('the workload and platform Gateways have one name, ', names.workloadGateway),
    hint: 'give gatewayAPI.workload.name or gatewayAPI.platform.name another value',
  },
  {
    code: 'GatewayNamesCollide',
    brokenWhen: and(
      platform.enabled,
      eq(names.platformGateway, names.controlPlaneGateway),
      eq(namespaces.platform, namespaces.controlPlane),
    ),
    path: 'gatewayAPI.platform.name',
    message: concat('the platform and control-plane Gateways have one name, ', names.platformGateway),
    hint: 'give gatewayAPI.platform.name or gatewayAPI.name another value',
  },
  {
    code: 'HttpListenerNamesDisagree',
    brokenWhen: and(
      isSet(workload.listenerName),
      isSet(workload.tls.httpListenerName),
      not(eq(workload.listenerName, workload.tls.httpListenerName)),
    ),
    path: 'gatewayAPI.workload.tls.httpListenerName',
    message: concat(
      'the HTTP listener has two names, ',
      workload.listenerName,
      ' by listenerName and ',
      workload.tls.httpListenerName,
      ' by tls.httpListenerName',
    ),
    hint: 'leave one of the two empty',
  },
  {
    code: 'ListenerNamesEqual',
    brokenWhen: and(workload.tls.enabled, eq(listenerNames.workloadHttp, listenerNames.workloadHttps)),
    path: 'gatewayAPI.workload.tls.httpsListenerName',
    message: concat('the HTTP and HTTPS listeners have one name, ', listenerNames.workloadHttps),
    hint: 'give gatewayAPI.workload.tls.httpsListenerName another value',
  },
  ...(
    [
      ['gatewayAPI.listenerName', gatewayAPI.listenerName],
      ['gatewayAPI.workload.listenerName', workload.listenerName],
      ['gatewayAPI.workload.tls.httpListenerName', workload.tls.httpListenerName],
      ['gatewayAPI.workload.tls.httpsListenerName', workload.tls.httpsListenerName],
    ] as const
  ).map(
    ([path, name]): Constraint => ({
      code: 'ReservedListenerName',
      brokenWhen: matches(name, '^kb-'),
      path,
      message: concat('listener names that begin with kb- belong to the runtime, found ', name),
      hint: 'choose a name that begins otherwise',
    }),
  ),
  {
    code: 'TlsSecretsCollide',
    brokenWhen: and(
      platform.enabled,
      workload.enabled,
      workload.tls.enabled,
      eq(namespaces.platform, namespaces.workload),
      eq(names.workloadTlsSecret, platform.tlsSecretName),
    ),
    path: 'gatewayAPI.workload.tls.secretName',
    message: concat('the workload and platform Gateways share the Secret ', platform.tlsSecretName),
    hint: 'give gatewayAPI.workload.tls.secretName another value: its Secret is rewritten at run time',
  },
];
