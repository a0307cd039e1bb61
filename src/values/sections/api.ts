import type { IDeploymentStrategy } from 'kubernetes-models/apps/v1/DeploymentStrategy';
import { choice, flag, fragmentMap, group, integer } from '../definition.ts';
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
    strategy: fragmentMap<IDeploymentStrategy>(
      'How Pods are replaced; empty means Recreate with hostNetwork and the default of Kubernetes else.',
    ),
    ...replicatedPodKeys('api', {
      livenessProbe: httpProbe('/healthz', 'http', 20),
      readinessProbe: httpProbe('/healthz', 'http', 10),
    }),
  },
);
