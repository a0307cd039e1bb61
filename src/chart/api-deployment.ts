import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { ISecurityContext } from 'kubernetes-models/v1/SecurityContext';
import { HAPROXY_CHECKSUM_ANNOTATION } from '../contract/labels.ts';
import { HAPROXY_CHECKSUM } from '../generated/haproxy-checksum.js';
import { block, choose, either, entries, isSet, not, or, type Template, when } from '../template/index.ts';
import { isRecreated } from '../values/api-strategy.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import {
  usesEdgeController,
  usesGatewayAPI,
  usesHaproxy,
  usesLocalRoutes,
  usesWorkload,
} from './parts/conditions.ts';
import { additions, containerPort, temporaryMount, temporaryVolume } from './parts/containers.ts';
import { edgeControllerNotice } from './parts/edge-controller-environment.ts';
import { environmentOf } from './parts/environment.ts';
import { haproxyContainer, haproxyVolumes, runtimeMount } from './parts/haproxy-sidecar.ts';
import { imageReference } from './parts/image.ts';
import { namespacedMetadata, podLabels, selectorLabels } from './parts/metadata.ts';
import { containerSettings, pullSecrets, scheduling, serviceAccountName, whenSet } from './parts/pod.ts';
import { localRouteEnvironment } from './parts/route-agent-environment.ts';

const { api } = values;
const extra = additions(api);

/** Changing routes of the Node needs root with this one capability. */
const ROUTE_KEEPER: Template<ISecurityContext> = {
  runAsUser: 0,
  runAsNonRoot: false,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

/** The API process; with the provider haproxy, haproxy beside it (runbook section 5). */
export const apiDeployment = chartObject<IDeployment>('api-deployment', {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: namespacedMetadata(names.api, 'api'),
  spec: {
    replicas: api.replicas,
    revisionHistoryLimit: api.revisionHistoryLimit,
    // The sizes of RollingUpdate always stand beside it, because a server-side apply (Helm 4) takes away only what it has
    // written: with Recreate they are refused.
    strategy: {
      type: choose(isRecreated, 'Recreate', 'RollingUpdate'),
      rollingUpdate: when(not(isRecreated), {
        maxSurge: api.strategy.rollingUpdate.maxSurge,
        maxUnavailable: api.strategy.rollingUpdate.maxUnavailable,
      }),
    },
    selector: { matchLabels: selectorLabels('api') },
    template: {
      metadata: {
        labels: podLabels('api', api.podLabels),
        annotations: when(
          or(usesHaproxy, isSet(api.podAnnotations)),
          entries({ [HAPROXY_CHECKSUM_ANNOTATION]: when(usesHaproxy, HAPROXY_CHECKSUM) }, api.podAnnotations),
        ),
      },
      spec: {
        serviceAccountName: serviceAccountName(api, names.api),
        hostNetwork: when(api.hostNetwork, true),
        dnsPolicy: when(api.hostNetwork, 'ClusterFirstWithHostNet'),
        imagePullSecrets: pullSecrets(),
        securityContext: whenSet(api.podSecurityContext),
        ...scheduling(api),
        topologySpreadConstraints: whenSet(api.topologySpreadConstraints),
        initContainers: whenSet(api.extraInitContainers),
        containers: [
          {
            name: 'api',
            image: imageReference('api', api.image),
            imagePullPolicy: api.image.pullPolicy,
            ports: [containerPort('http', 8080, api.hostNetwork)],
            env: when(or(usesGatewayAPI, usesEdgeController, isSet(api.extraEnv)), [
              block(usesGatewayAPI, environmentOf('api', 'gatewayapi')),
              block(usesWorkload, environmentOf('api', 'workload')),
              block(usesEdgeController, edgeControllerNotice),
              block(usesLocalRoutes, localRouteEnvironment),
              extra.env,
            ]),
            ...containerSettings(api),
            securityContext: either(usesLocalRoutes, ROUTE_KEEPER, api.securityContext),
            volumeMounts: [temporaryMount, when(usesHaproxy, runtimeMount), extra.volumeMounts],
          },
          when(usesHaproxy, haproxyContainer),
          extra.containers,
        ],
        volumes: [temporaryVolume, block(usesHaproxy, haproxyVolumes), extra.volumes],
        restartPolicy: 'Always',
      },
    },
  },
});
