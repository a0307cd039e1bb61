import type { ChartObject } from '../chart/chart-object.ts';
import { type ChartName, chartNamed } from '../chart/charts.ts';
import {
  compareBytes,
  compileExpression,
  type Data,
  type Environment,
  environmentOf,
  evaluateIn,
  nodeOf,
  type Scope,
} from '../template/index.ts';
import { oncePerChart } from '../values/once-per-chart.ts';
import { compareKinds } from './kind-order.ts';

/**
 * What rendering asks of the definition of a chart while nothing is wrong. The command has another module in this place, with
 * the same functions written out of the definitions when it is built (`scripts/compiled-charts/compile-charts.ts`): a process that renders once
 * spends most of its time on making definitions and on making them ready to run.
 */

/** The objects of a chart as rendered, by the names of their files; one that is not there under the values is undefined. */
export type MadeObjects = ReadonlyMap<string, Data | undefined>;

/** Evaluates every object of a chart, in Helm's order. */
export function madeObjects(chart: ChartName, environment: Environment): MadeObjects {
  return new Map(
    objectsInOrder(chart).map(({ file, template }) => [file, evaluateIn(template, environment)]),
  );
}

/** Reads what the tests and hooks of a chart read. */
export function readByTestsAndHooks(chart: ChartName, environment: Environment): void {
  const { tests, hooks } = chartNamed(chart);
  for (const { template } of [...tests, ...hooks]) evaluateIn(template, environment);
}

/** Whether some constraint of a chart is broken. */
export function breaksConstraint(chart: ChartName, scope: Scope): boolean {
  const environment = environmentOf(scope);
  return conditionsOf(chart).some((isBroken) => isBroken(environment) === true);
}

const conditionsOf = oncePerChart((chart: ChartName) =>
  chartNamed(chart).constraints.map(({ brokenWhen }) => compileExpression(nodeOf(brokenWhen))),
);

const objectsInOrder = oncePerChart((chart: ChartName) => inOrder(chartNamed(chart).objects));

/** The kinds of objects are fixed, so their order is too: by kind, then by file (as Helm sorts). */
export function inOrder(objects: readonly ChartObject[]): readonly ChartObject[] {
  return objects.toSorted(
    (a, b) => compareKinds(a.kind, b.kind) || compareBytes(`${a.file}.yaml`, `${b.file}.yaml`),
  );
}
