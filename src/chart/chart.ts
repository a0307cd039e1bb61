import type { ChartName } from '../values/chart-name.ts';
import type { ChartObject } from './chart-object.ts';
import { multiNode } from './multi-node.ts';
import { singleNode } from './single-node.ts';

/** A chart: its name, its version, what it installs and what its own test runs. */
export interface Chart {
  /** Name of the Helm chart. */
  readonly name: string;
  readonly objects: readonly ChartObject[];
  /** Objects that Helm installs for `helm test` only. */
  readonly tests: readonly ChartObject[];
}

/** The charts by their short names. */
export const charts: Readonly<Record<ChartName, Chart>> = {
  'single-node': singleNode,
  'multi-node': multiNode,
};
