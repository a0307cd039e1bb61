import type { IPod } from 'kubernetes-models/v1/Pod';
import { concat, entries, release, toText } from '../../template/index.ts';
import { values } from '../../values/chart-definition.ts';
import { names } from '../../values/names.ts';
import { chartObject } from '../chart-object.ts';
import { imageReference } from '../parts/image.ts';
import { objectLabels } from '../parts/metadata.ts';
import { pullSecrets } from '../parts/pod.ts';

const { api, commonAnnotations, tests } = values;

/** The Pod of `helm test`: asks the API for its health. */
export const healthTest = chartObject<IPod>('tests/healthz', {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: names.healthTest,
    namespace: release.namespace,
    labels: objectLabels('test'),
    annotations: entries(
      { 'helm.sh/hook': 'test', 'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded' },
      commonAnnotations,
    ),
  },
  spec: {
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    imagePullSecrets: pullSecrets(),
    securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'curl',
        image: imageReference('curl', tests.image),
        imagePullPolicy: tests.image.pullPolicy,
        args: [
          '--fail',
          '--silent',
          '--show-error',
          '--max-time',
          '10',
          '--retry',
          '5',
          '--retry-connrefused',
          concat('http://', names.api, '.', release.namespace, '.svc:', toText(api.service.port), '/healthz'),
        ],
        resources: {
          requests: { cpu: '10m', memory: '16Mi' },
          limits: { cpu: '100m', memory: '64Mi' },
        },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
      },
    ],
  },
});
