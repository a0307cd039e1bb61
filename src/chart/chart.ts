import type { ChartName } from '../values/chart-name.ts';
import type { Chart } from './chart-object.ts';
import { multiNode } from './multi-node.ts';
import { singleNode } from './single-node.ts';

/** The charts by their short names. */
export const charts: Readonly<Record<ChartName, Chart>> = {
  'single-node': singleNode,
  'multi-node': multiNode,
};

export type { Chart } from './chart-object.ts';
