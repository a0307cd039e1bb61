import type { ChartName, Release, ValueSource } from '../../../src/index.ts';
import type { BatchJob } from '../support/helm-batch.ts';
import { chartFolder } from './chart-folder.ts';

/** The oldest Kubernetes that the charts accept; Helm 3.17 takes itself to be on an older one. */
export const KUBE_VERSION = '1.33.0';

/** A release whose namespace is given. */
export type HelmRelease = Release & { readonly namespace: string };

/** The release of tests that are not about releases. */
export const RELEASE: HelmRelease = { name: 'kubebyon', namespace: 'kubebyon-system' };

/** The sources of values as flags of Helm; files as texts. Only what `loadValues` takes the same way. */
export function helmJob(chart: ChartName, sources: readonly ValueSource[], release: HelmRelease): BatchJob {
  const texts = sources.filter((source) => source.kind === 'file').map(({ text }) => String(text));
  const flags = (kind: ValueSource['kind']) =>
    sources.flatMap((source) => (source.kind === kind && source.kind !== 'file' ? [source.expression] : []));
  const { name, namespace, ...versions } = release;
  return {
    chart: chartFolder(chart, versions),
    name,
    namespace,
    kubeVersion: KUBE_VERSION,
    noHooks: true,
    inline: texts,
    valueFiles: texts.map((_, index) => `inline:${index}`),
    set: flags('set'),
    setString: flags('set-string'),
    setJson: flags('set-json'),
    setLiteral: flags('set-literal'),
  };
}

/** A values file. */
export function file(text: string): ValueSource {
  return { kind: 'file', name: 'values.yaml', text };
}
