import type { ValuesByChart } from '../generated/values-types.js';
import { multiNode as multiNodeValues, singleNode as singleNodeValues } from '../values/chart-definition.ts';
import { foundArgument } from '../values/check/wrong-argument.ts';
import { commonConstraints, workerConstraints } from '../values/constraints/index.ts';
import type { Chart } from './chart-object.ts';
import { routeCleanupHooks } from './hooks/route-cleanup.ts';
import { multiNodeObjects } from './multi-node.ts';
import { singleNodeObjects } from './single-node.ts';
import { healthTest } from './tests/healthz.ts';

/**
 * The charts that there are: the one record of them. A further chart is a further entry; its schema, its folder, its
 * place in the command line and its checks follow from it. The first is the default of the command line. What a chart is
 * made of comes by getters, so that it can be loaded when somebody asks for it.
 */
export const CHARTS = [
  {
    id: 'single-node',
    name: 'kubebyon-single-node',
    title: 'KubeBYON on a single node',
    parts: 'the API, the web console and the public entries',
    values: singleNodeValues,
    get constraints() {
      return commonConstraints;
    },
    get objects() {
      return singleNodeObjects;
    },
    get tests() {
      return [healthTest];
    },
    get hooks() {
      return routeCleanupHooks;
    },
  },
  {
    id: 'multi-node',
    name: 'kubebyon-multi-node',
    title: 'KubeBYON on several nodes',
    parts: 'the API, the worker, the web console and the public entries',
    values: multiNodeValues,
    get constraints() {
      return [...commonConstraints, ...workerConstraints];
    },
    get objects() {
      return multiNodeObjects;
    },
    get tests() {
      return [healthTest];
    },
    get hooks() {
      return routeCleanupHooks;
    },
  },
] as const satisfies readonly (Chart & { readonly id: ChartName })[];

/** The charts by the names that the command line and the library use; each has its types of values. */
export type ChartName = keyof ValuesByChart;

export const CHART_NAMES: readonly ChartName[] = CHARTS.map(({ id }) => id);

/**
 * The chart of a name.
 *
 * @throws {RangeError} for a name that no chart has, which the types allow in JavaScript only.
 */
export function chartNamed(name: ChartName): Chart {
  const found = CHARTS.find(({ id }) => id === name);
  if (found !== undefined) return found;
  throw new RangeError(`chart: expected ${CHART_NAMES.join(' or ')}, found ${foundArgument(name)}`);
}
