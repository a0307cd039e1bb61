import type { KubeObject } from '../../test/conformance/support/api-client.ts';
import type { Cluster } from '../../test/conformance/support/cluster.ts';
import { applyAs } from './access.ts';

/** A controller that runs as a plain program here. */
export interface LabController {
  readonly namespace: string;
  readonly name: string;
  /** Its label app.kubernetes.io/name, by which it is known. */
  readonly label: string;
}

/** Writes the Deployment that a controller has where it is installed by its chart; its Pod counts as running. */
export async function writeController(host: Cluster, controller: LabController): Promise<void> {
  await applyAs(host, 'operator', deploymentOf(controller));
}

function deploymentOf({ namespace, name, label }: LabController): KubeObject {
  const labels = { 'app.kubernetes.io/name': label };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'controller', image: name }] } },
    },
  };
}
