import { type ChartName, chartNamed } from '../chart/charts.ts';
import type { Scope } from '../template/index.ts';
import { checkRelease, dataMap } from './arguments.ts';
import { APP_VERSION, VERSION } from './version.ts';

/** What the values are rendered for. */
export interface Release {
  /** As in `helm install NAME`. */
  readonly name: string;
  /** As in `helm install --namespace`; `default` when left out. */
  readonly namespace?: string;
  /** Version of the chart, for the label helm.sh/chart; that of this package when left out. */
  readonly version?: string;
  /** Version of KubeBYON, the default tag of its images; that of this package when left out. */
  readonly appVersion?: string;
}

const RELEASE_KEYS = ['name', 'namespace', 'version', 'appVersion'] satisfies (keyof Release)[];

/**
 * Everything that the templates of a chart may depend on.
 *
 * @param values complete values.
 */
export function scopeOf(chart: ChartName, release: Release, values: object): Scope {
  checkRelease(release, RELEASE_KEYS);
  return {
    values: dataMap('values', values),
    release: { name: release.name, namespace: release.namespace ?? 'default', service: 'Helm' },
    chart: {
      name: chartNamed(chart).name,
      version: release.version ?? VERSION,
      appVersion: release.appVersion ?? APP_VERSION,
    },
  };
}
