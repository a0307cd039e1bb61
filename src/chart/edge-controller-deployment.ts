import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import { block, concat, forEach, release, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesEdgeController, usesGatewayAPI, usesWorkload } from './parts/conditions.ts';
import { additions, temporaryMount, temporaryVolume } from './parts/containers.ts';
import { edgeControllerEnvironment, edgeControllerNode } from './parts/edge-controller-environment.ts';
import { environmentOf } from './parts/environment.ts';
import { imageReference } from './parts/image.ts';
import { namespacedMetadata, podLabels, selectorLabels } from './parts/metadata.ts';
import { containerSettings, pullSecrets, scheduling, serviceAccountName, whenSet } from './parts/pod.ts';

const { edgeController } = values;
const extra = additions(edgeController);

/**
 * Keeps the entries of the clusters that EdgeClusters tell of. It gets the variables of the API, because it does what the
 * API does where there is no process of its own for it.
 */
export const edgeControllerDeployment = chartObject<IDeployment>(
  'edge-controller-deployment',
  when(usesEdgeController, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: namespacedMetadata(names.edgeController, 'edge-controller'),
    spec: {
      replicas: edgeController.replicas,
      revisionHistoryLimit: edgeController.revisionHistoryLimit,
      selector: { matchLabels: selectorLabels('edge-controller') },
      template: {
        metadata: {
          labels: podLabels('edge-controller', edgeController.podLabels),
          annotations: whenSet(edgeController.podAnnotations),
        },
        spec: {
          serviceAccountName: serviceAccountName(edgeController, names.edgeController),
          imagePullSecrets: pullSecrets(),
          securityContext: whenSet(edgeController.podSecurityContext),
          ...scheduling(edgeController),
          topologySpreadConstraints: whenSet(edgeController.topologySpreadConstraints),
          initContainers: whenSet(edgeController.extraInitContainers),
          containers: [
            {
              name: 'edge-controller',
              image: imageReference('edgeController', edgeController.image),
              imagePullPolicy: edgeController.image.pullPolicy,
              args: [
                'sync',
                '--inventory=edgecluster',
                concat('--lease-namespace=', release.namespace),
                // Both families: a kubelet asks the first address of the Pod, whichever that is of.
                '--metrics-address=[::]:8080',
                '--log-format=json',
                forEach(edgeController.dnsServers, 'server', (server) => concat('--dns-server=', server)),
              ],
              ports: [{ name: 'metrics', containerPort: 8080, protocol: 'TCP' }],
              env: [
                edgeControllerNode,
                block(usesGatewayAPI, environmentOf('edge-controller', 'gatewayapi')),
                block(usesWorkload, environmentOf('edge-controller', 'workload')),
                ...edgeControllerEnvironment,
                extra.env,
              ],
              ...containerSettings(edgeController),
              volumeMounts: [temporaryMount, extra.volumeMounts],
            },
            extra.containers,
          ],
          volumes: [temporaryVolume, extra.volumes],
          restartPolicy: 'Always',
        },
      },
    },
  }),
);
