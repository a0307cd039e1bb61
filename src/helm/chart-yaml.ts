import type { Chart } from '../chart/chart-object.ts';
import { emitDocument } from '../yaml/index.ts';
import { type ChartVersions, KUBE_VERSION } from './options.ts';

/** The annotation of a Chart.yaml that says that the folder is written by this package, and may be written again. */
const GENERATED_BY = 'kubebyon.app/generated-by';

/** The Chart.yaml of a chart. The emitter quotes what another reader could take for a number or a boolean. */
export function chartYaml({ name, title }: Chart, { version, appVersion }: ChartVersions): string {
  return emitDocument({
    apiVersion: 'v2',
    name,
    description: `${title}: Kubernetes clusters for tenants and their public entries.`,
    type: 'application',
    version,
    appVersion,
    kubeVersion: KUBE_VERSION,
    keywords: ['kubebyon', 'vcluster', 'gateway-api', 'multi-tenancy'],
    annotations: {
      [GENERATED_BY]: 'kubebyon-gateway',
      'artifacthub.io/license': 'Apache-2.0',
      'artifacthub.io/category': 'networking',
    },
  });
}

/** Whether a Chart.yaml is of a chart that this package has written. */
export function isGeneratedChart(text: string): boolean {
  return text.split('\n').some((line) => line.trim() === `${GENERATED_BY}: kubebyon-gateway`);
}
