import type { IJob } from 'kubernetes-models/batch/v1/Job';
import { concat, release, toText, when } from '../../template/index.ts';
import { values } from '../../values/chart-definition.ts';
import { names, namespaces } from '../../values/names.ts';
import { chartObject } from '../chart-object.ts';
import { usesRouteCleanup } from '../parts/conditions.ts';
import { temporaryMount, temporaryVolume } from '../parts/containers.ts';
import { podLabels } from '../parts/metadata.ts';
import { pullSecrets, whenSet } from '../parts/pod.ts';
import { routeAgentImage } from '../parts/route-agent-image.ts';
import { cleanupMetadata, ROUTE_CLEANUP } from './route-cleanup-metadata.ts';

const { routeAgent } = values;

/**
 * Takes the routes of all Nodes away while the agents are still there to do it. It has the image of the agents, which the
 * Nodes hold already.
 */
export const routeCleanupJob = chartObject<IJob>(
  'hooks/route-cleanup-job',
  when(usesRouteCleanup, {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: cleanupMetadata(release.namespace, names.routeCleanup),
    spec: {
      backoffLimit: 2,
      template: {
        metadata: { labels: podLabels(ROUTE_CLEANUP, routeAgent.podLabels) },
        spec: {
          serviceAccountName: names.routeCleanup,
          restartPolicy: 'Never',
          imagePullSecrets: pullSecrets(),
          tolerations: whenSet(routeAgent.tolerations),
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 65532,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name: 'route-cleanup',
              image: routeAgentImage,
              imagePullPolicy: routeAgent.image.pullPolicy,
              args: [
                'route-cleanup',
                concat('--namespace=', namespaces.routePlan),
                concat('--lease-namespace=', release.namespace),
                concat('--timeout=', toText(routeAgent.cleanUp.timeoutSeconds), 's'),
                concat('--protocol=', toText(routeAgent.protocol)),
              ],
              resources: {
                requests: { cpu: '10m', memory: '64Mi' },
                limits: { cpu: '500m', memory: '256Mi' },
              },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ['ALL'] },
              },
              volumeMounts: [temporaryMount],
            },
          ],
          volumes: [temporaryVolume],
        },
      },
    },
  }),
);
