import { type ChartName, emitDocument } from '../../../src/index.ts';
import type { Cluster } from '../support/cluster.ts';
import { type HelmVersion, helm } from '../support/helm.ts';
import { chartFolder } from './chart-folder.ts';

/** Where the release `kubebyon` comes to be, and by which Helm. */
export interface Place {
  readonly version: HelmVersion;
  readonly chart: ChartName;
  readonly namespace: string;
}

/** Installs the release `kubebyon` in a namespace that need not be there. */
export async function installChart(
  { kubeconfig }: Pick<Cluster, 'kubeconfig'>,
  { version, chart, namespace }: Place,
  values: object,
): Promise<void> {
  const { code, stderr } = await helm(
    version,
    ['install', 'kubebyon', chartFolder(chart), '--create-namespace', '-n', namespace, '-f', '-'],
    { kubeconfig, input: emitDocument(values) },
  );
  if (code !== 0) throw new Error(`helm install: ${stderr}`);
}
