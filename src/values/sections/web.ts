import { choice, flag, group, integer, text } from '../definition.ts';
import { BIND_ADDRESS, HTTP_URL, orEmpty } from '../grammar.ts';
import { image } from './image.ts';
import { annotations } from './metadata.ts';
import { httpProbe, replicatedPodKeys } from './pod.ts';

/** The web console. */
export const web = group('The web console.', {
  enabled: flag(false, 'Whether the web console runs. Needs gatewayAPI.platform.enabled.'),
  image: image('kubebyon-web'),
  service: group('Service of the web console.', {
    create: flag(true, 'Whether the Service is made; must stay true while web.enabled.'),
    port: integer(3000, [1, 65_535], 'Port of the Service.'),
    type: choice(['ClusterIP', 'NodePort', 'LoadBalancer'], 'ClusterIP', 'Type of the Service.'),
    annotations: annotations('Annotations of the Service.'),
  }),
  env: group('Environment of the web console.', {
    apiBaseURL: text(
      '',
      orEmpty(HTTP_URL),
      'Where the server side of the console finds the API; empty means the API Service in the cluster.',
    ),
    nextPublicAPIBaseURL: text(
      '',
      orEmpty(HTTP_URL),
      'Where browsers find the API when it is not at the hostname of the console; usually empty.',
    ),
    hostname: text('', orEmpty(BIND_ADDRESS), 'Address that the console listens on; empty means 0.0.0.0.'),
  }),
  ...replicatedPodKeys('web', {
    livenessProbe: httpProbe('/', 'http', 20),
    readinessProbe: httpProbe('/', 'http', 10),
  }),
});
