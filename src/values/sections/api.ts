import { amount, choice, flag, group, integer } from '../definition.ts';
import { image } from './image.ts';
import { annotations } from './metadata.ts';
import { httpProbe, replicatedPodKeys } from './pod.ts';

/** The API process, which also keeps everything that follows clusters and hostnames at run time. */
export const api = group(
  'The API process, which also keeps listeners, routes and certificates at run time.',
  {
    image: image('kubebyon-api'),
    hostNetwork: flag(
      false,
      'Whether the Pod uses the network of its Node; haproxy then listens on port 443 of the Node.',
    ),
    service: group('Service of the API.', {
      type: choice(['ClusterIP', 'NodePort', 'LoadBalancer'], 'ClusterIP', 'Type of the Service.'),
      port: integer(8080, [1, 65_535], 'Port of the Service.'),
      annotations: annotations('Annotations of the Service.'),
    }),
    strategy: group('How Pods are replaced.', {
      type: choice(
        ['Recreate', 'RollingUpdate', ''],
        '',
        'Recreate or RollingUpdate; empty means Recreate with hostNetwork, where two Pods want one port, and RollingUpdate else.',
      ),
      rollingUpdate: group('With RollingUpdate.', {
        maxSurge: amount('25%', 'How many Pods, or which share of them, may run above the replicas.'),
        maxUnavailable: amount('25%', 'How many of the replicas, or which share of them, may be missing.'),
      }),
    }),
    ...replicatedPodKeys('api', {
      livenessProbe: httpProbe('/healthz', 'http', 20),
      readinessProbe: httpProbe('/healthz', 'http', 10),
    }),
  },
);
