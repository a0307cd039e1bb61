import type { ChartName } from '../chart/charts.ts';
import type { RenderedManifest } from '../library/manifest.ts';

/** What is written to a place, or compared with what is there. */
export interface Output {
  readonly chart: ChartName;
  readonly manifests: readonly RenderedManifest[];
  /** Whether these are all objects of the chart, so that files of others are left over. */
  readonly isComplete: boolean;
}
