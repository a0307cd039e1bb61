import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { ISecurityContext } from 'kubernetes-models/v1/SecurityContext';
import { block, choose, either, entries, isSet, not, or, type Template, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { HAPROXY_CHECKSUM } from './haproxy/checksum.generated.js';
import { usesGatewayAPI, usesHaproxy, usesLocalRoutes, usesWorkload } from './parts/conditions.ts';
import { additions, temporaryMount, temporaryVolume } from './parts/containers.ts';
import { controlPlaneEnvironment, workloadEnvironment } from './parts/environment.ts';
import { haproxyContainer, haproxyVolumes, runtimeMount } from './parts/haproxy-sidecar.ts';
import { imageReference } from './parts/image.ts';
import { namespacedMetadata, podLabels, selectorLabels } from './parts/metadata.ts';
import { containerSettings, pullSecrets, scheduling, serviceAccountName, whenSet } from './parts/pod.ts';

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
    // Two Pods cannot have one port of a Node, so with hostNetwork the old one goes first. The defaults of RollingUpdate
    // are written out, because a server-side apply (Helm 4) takes away only what it has written: with Recreate they are
    // refused.
    strategy: either(isSet(api.strategy), api.strategy, {
      type: choose(api.hostNetwork, 'Recreate', 'RollingUpdate'),
      rollingUpdate: when(not(api.hostNetwork), { maxSurge: '25%', maxUnavailable: '25%' }),
    }),
    selector: { matchLabels: selectorLabels('api') },
    template: {
      metadata: {
        labels: podLabels('api', api.podLabels),
        annotations: when(
          or(usesHaproxy, isSet(api.podAnnotations)),
          entries({ 'checksum/haproxy': when(usesHaproxy, HAPROXY_CHECKSUM) }, api.podAnnotations),
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
        containers: [
          {
            name: 'api',
            image: imageReference('api', api.image),
            imagePullPolicy: api.image.pullPolicy,
            ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
            env: when(or(usesGatewayAPI, isSet(api.extraEnv)), [
              block(usesGatewayAPI, controlPlaneEnvironment),
              block(usesWorkload, workloadEnvironment),
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
