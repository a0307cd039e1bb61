import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import { block, isSet, or, when } from '../template/index.ts';
import { workerValues } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesGatewayAPI } from './parts/conditions.ts';
import { additions, temporaryMount, temporaryVolume } from './parts/containers.ts';
import { environmentOf } from './parts/environment.ts';
import { imageReference } from './parts/image.ts';
import { namespacedMetadata, podLabels, selectorLabels } from './parts/metadata.ts';
import { containerSettings, pullSecrets, scheduling, serviceAccountName, whenSet } from './parts/pod.ts';

const extra = additions(workerValues);

/** The worker of the multi-node chart. It is told of the control-plane Gateway only (runbook section 6.3). */
export const workerDeployment = chartObject<IDeployment>('worker-deployment', {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: namespacedMetadata(names.worker, 'worker'),
  spec: {
    replicas: workerValues.replicas,
    revisionHistoryLimit: workerValues.revisionHistoryLimit,
    selector: { matchLabels: selectorLabels('worker') },
    template: {
      metadata: {
        labels: podLabels('worker', workerValues.podLabels),
        annotations: whenSet(workerValues.podAnnotations),
      },
      spec: {
        serviceAccountName: serviceAccountName(workerValues, names.worker),
        imagePullSecrets: pullSecrets(),
        securityContext: whenSet(workerValues.podSecurityContext),
        ...scheduling(workerValues),
        topologySpreadConstraints: whenSet(workerValues.topologySpreadConstraints),
        initContainers: whenSet(workerValues.extraInitContainers),
        containers: [
          {
            name: 'worker',
            image: imageReference('worker', workerValues.image),
            imagePullPolicy: workerValues.image.pullPolicy,
            env: when(or(usesGatewayAPI, isSet(workerValues.extraEnv)), [
              block(usesGatewayAPI, environmentOf('worker', 'gatewayapi')),
              extra.env,
            ]),
            ...containerSettings(workerValues),
            volumeMounts: [temporaryMount, extra.volumeMounts],
          },
          extra.containers,
        ],
        volumes: [temporaryVolume, extra.volumes],
        restartPolicy: 'Always',
      },
    },
  },
});
