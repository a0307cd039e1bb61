import type { IDaemonSet } from 'kubernetes-models/apps/v1/DaemonSet';
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IProbe } from 'kubernetes-models/v1/Probe';
import { concat, either, entries, isSet, not, or, type Template, toText, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesRouteAgent } from './parts/conditions.ts';
import { additions, temporaryMount, temporaryVolume } from './parts/containers.ts';
import { namespacedMetadata, podLabels, selectorLabels } from './parts/metadata.ts';
import { containerSettings, pullSecrets, scheduling, serviceAccountName, whenSet } from './parts/pod.ts';
import { routeAgentEnvironment } from './parts/route-agent-environment.ts';
import { routeAgentImage } from './parts/route-agent-image.ts';

const { routeAgent } = values;
const { targetNodeSelector } = values.gatewayAPI.workload.podCIDRRoute;
const extra = additions(routeAgent);
const { health } = routeAgent;

const probeOf = (path: string, periodSeconds: number): Template<IProbe> => ({
  httpGet: { path, port: health.port, host: health.address, scheme: 'HTTP' },
  periodSeconds,
});

/** @param flags of the command. @param more what stands behind the image. */
const container = (flags: readonly Template<string>[], more: Partial<Template<IContainer>> = {}) =>
  ({
    name: 'route-agent',
    image: routeAgentImage,
    imagePullPolicy: routeAgent.image.pullPolicy,
    args: ['route-agent', '--log-format=json', ...flags],
    env: [...routeAgentEnvironment, extra.env],
    ...containerSettings(routeAgent),
    ...more,
    volumeMounts: [temporaryMount, extra.volumeMounts],
  }) satisfies Template<IContainer>;

/** The kubelet asks where the agent listens, which is no address of the Pod. Probes of the values win. */
const listening = container([concat('--metrics-address=', health.address, ':', toText(health.port))], {
  ports: [{ name: 'health', containerPort: health.port, hostPort: health.port, protocol: 'TCP' }],
  livenessProbe: either(isSet(routeAgent.livenessProbe), routeAgent.livenessProbe, probeOf('/healthz', 20)),
  readinessProbe: either(isSet(routeAgent.readinessProbe), routeAgent.readinessProbe, probeOf('/readyz', 10)),
});

/**
 * The agent that keeps routes to Pod networks on every selected Node (runbook section 5.4). It works on the network
 * of the Node with the one capability that this needs.
 */
export const routeAgentDaemonSet = chartObject<IDaemonSet>(
  'route-agent-daemon-set',
  when(usesRouteAgent, {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: namespacedMetadata(names.routeAgent, 'route-agent'),
    spec: {
      revisionHistoryLimit: routeAgent.revisionHistoryLimit,
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
      selector: { matchLabels: selectorLabels('route-agent') },
      template: {
        metadata: {
          labels: podLabels('route-agent', routeAgent.podLabels),
          annotations: whenSet(routeAgent.podAnnotations),
        },
        spec: {
          serviceAccountName: serviceAccountName(routeAgent, names.routeAgent),
          hostNetwork: true,
          dnsPolicy: 'ClusterFirstWithHostNet',
          imagePullSecrets: pullSecrets(),
          securityContext: whenSet(routeAgent.podSecurityContext),
          ...scheduling(routeAgent),
          // The Nodes that plans select must run an agent, so their labels win over those of the agent's own.
          nodeSelector: when(
            or(isSet(routeAgent.nodeSelector), isSet(targetNodeSelector)),
            entries({}, routeAgent.nodeSelector, targetNodeSelector),
          ),
          initContainers: whenSet(routeAgent.extraInitContainers),
          containers: [
            when(health.enabled, listening),
            when(not(health.enabled), container([])),
            extra.containers,
          ],
          volumes: [temporaryVolume, extra.volumes],
          restartPolicy: 'Always',
        },
      },
    },
  }),
);
