import { choice, group, integer, text } from '../definition.ts';
import { DNS_LABEL, GATEWAY_NAME, LISTENER_NAME, OBJECT_NAME, orEmpty } from '../grammar.ts';
import { gatewayMetadata } from './metadata.ts';
import { platform } from './platform.ts';
import { workload } from './workload.ts';

/** The Gateways. */
export const gatewayAPI = group('The Gateways, with publicAccess.provider=gatewayapi.', {
  addressMode: choice(
    ['single', 'dual'],
    'dual',
    'Whether all entries share one class of Gateways, or the workload entry has one of its own.',
  ),
  gatewayClassName: text(
    'eg',
    OBJECT_NAME,
    'GatewayClass of every Gateway that neither an override nor a profile names another for.',
  ),
  gatewayClassProfiles: group('GatewayClasses by role; which one counts depends on addressMode.', {
    shared: text('', orEmpty(OBJECT_NAME), 'GatewayClass of all entries with addressMode=single.'),
    edge: text('', orEmpty(OBJECT_NAME), 'GatewayClass of control plane and platform with addressMode=dual.'),
    workload: text('', orEmpty(OBJECT_NAME), 'GatewayClass of the workload entry with addressMode=dual.'),
  }),
  namespace: text('', orEmpty(DNS_LABEL), 'Namespace of the Gateways; empty means the release namespace.'),
  name: text(
    '',
    orEmpty(GATEWAY_NAME),
    'Name of the control-plane Gateway; empty means <release>-kubebyon-control-plane-gateway.',
  ),
  listenerName: text('control-plane', LISTENER_NAME, 'Name of the control-plane listener.'),
  syncIntervalSeconds: integer(
    10,
    [1, 3600],
    'Seconds between two comparisons of what is and what should be.',
  ),
  ...gatewayMetadata('control-plane'),
  platform,
  workload,
});
