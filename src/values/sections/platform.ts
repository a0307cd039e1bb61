import { flag, group, text } from '../definition.ts';
import { DNS_LABEL, GATEWAY_NAME, HOSTNAME, OBJECT_NAME, orEmpty } from '../grammar.ts';
import { gatewayMetadata } from './metadata.ts';

/** The entry of the platform itself: its API and web console. */
export const platform = group(
  'The entry of the platform itself: its API and, with web.enabled, its console.',
  {
    enabled: flag(false, 'Whether the platform gets a Gateway with HTTPS of its own.'),
    gatewayClassName: text(
      '',
      orEmpty(OBJECT_NAME),
      'GatewayClass of the platform Gateway; empty means the profile that addressMode selects.',
    ),
    namespace: text(
      '',
      orEmpty(DNS_LABEL),
      'Namespace of the platform Gateway; empty means gatewayAPI.namespace, then the release namespace.',
    ),
    name: text(
      '',
      orEmpty(GATEWAY_NAME),
      'Name of the platform Gateway; empty means <release>-kubebyon-platform-gateway.',
    ),
    hostname: text('', orEmpty(HOSTNAME), 'Public hostname of the platform. Required when enabled.'),
    tlsSecretName: text(
      '',
      orEmpty(OBJECT_NAME),
      'Secret with the certificate of the hostname, in the namespace of the platform Gateway. Required when enabled.',
    ),
    httpToHttpsRedirect: flag(true, 'Whether HTTP on port 80 is redirected to HTTPS with status 302.'),
    ...gatewayMetadata('platform'),
  },
);
