import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import { WEB_ENV } from '../contract/environment.ts';
import { concat, firstNonEmpty, isSet, release, toText, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesWeb } from './parts/conditions.ts';
import { additions, temporaryMount, temporaryVolume } from './parts/containers.ts';
import { imageReference } from './parts/image.ts';
import { namespacedMetadata, podLabels, selectorLabels } from './parts/metadata.ts';
import { containerSettings, pullSecrets, scheduling, serviceAccountName, whenSet } from './parts/pod.ts';

const { api, web } = values;
const extra = additions(web);

/** The API Service as the server side of the console reaches it. */
const apiInCluster = concat('http://', names.api, '.', release.namespace, '.svc:', toText(api.service.port));

/** The web console (runbook sections 4.3, 4.4 and 5.5). */
export const webDeployment = chartObject<IDeployment>(
  'web-deployment',
  when(usesWeb, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: namespacedMetadata(names.web, 'web'),
    spec: {
      replicas: web.replicas,
      revisionHistoryLimit: web.revisionHistoryLimit,
      selector: { matchLabels: selectorLabels('web') },
      template: {
        metadata: { labels: podLabels('web', web.podLabels), annotations: whenSet(web.podAnnotations) },
        spec: {
          serviceAccountName: serviceAccountName(web, names.web),
          automountServiceAccountToken: false,
          imagePullSecrets: pullSecrets(),
          securityContext: whenSet(web.podSecurityContext),
          ...scheduling(web),
          topologySpreadConstraints: whenSet(web.topologySpreadConstraints),
          initContainers: whenSet(web.extraInitContainers),
          containers: [
            {
              name: 'web',
              image: imageReference('web', web.image),
              imagePullPolicy: web.image.pullPolicy,
              ports: [{ name: 'http', containerPort: 3000, protocol: 'TCP' }],
              env: [
                { name: WEB_ENV.apiBaseURL, value: firstNonEmpty(web.env.apiBaseURL, apiInCluster) },
                when(isSet(web.env.nextPublicAPIBaseURL), {
                  name: WEB_ENV.nextPublicAPIBaseURL,
                  value: web.env.nextPublicAPIBaseURL,
                }),
                { name: WEB_ENV.hostname, value: firstNonEmpty(web.env.hostname, '0.0.0.0') },
                extra.env,
              ],
              ...containerSettings(web),
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
