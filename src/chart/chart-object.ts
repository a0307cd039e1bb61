import type { IJob } from 'kubernetes-models/batch/v1/Job';
import type { IPod } from 'kubernetes-models/v1/Pod';
import { bodyOf, isDataMap, type Template, type When } from '../template/index.ts';
import type { Constraint } from '../values/constraints/constraint.ts';
import type { Fields, GroupDefinition } from '../values/definition.ts';
import type { ChartModel, Whole } from './manifest.ts';

/** An object of a chart: what it is, and the file that the chart keeps it in. */
export interface ChartObject {
  /** Name of the source file, of the file under `templates/`, and of the header in rendered output. */
  readonly file: string;
  readonly template: unknown;
  /** Kind of the object, by which Helm orders what it installs. */
  readonly kind: string;
}

/**
 * Defines an object of a chart.
 *
 * @param file name of the file without ending; the same as the source file's.
 * @param template the manifest of type `A`, as a whole under a condition where it is not always there. Only hooks run a Pod
 *   or a Job.
 */
export function chartObject<A extends ChartModel | IJob | IPod>(
  file: string,
  template: Template<Whole<A>> | When<Template<Whole<A>>>,
): ChartObject {
  return Object.freeze({ file, template, kind: kindOf(template) });
}

/** Every manifest has a fixed kind; a definition without one is a mistake in this project. */
function kindOf(template: unknown): string {
  const manifest = bodyOf(template);
  if (isDataMap(manifest) && typeof manifest.kind === 'string') return manifest.kind;
  throw new TypeError('a chart object needs a fixed kind');
}

/** A chart: what it is called, what values it takes, what it installs and what its own test runs. */
export interface Chart {
  /** The name by which the command line and the library know it. */
  readonly id: string;
  /** Name of the Helm chart. */
  readonly name: string;
  /** What it is, as a heading. */
  readonly title: string;
  /** What it installs, in words. */
  readonly parts: string;
  readonly values: GroupDefinition<Fields>;
  /** What its values must hold among each other, in the order in which it is reported. */
  readonly constraints: readonly Constraint[];
  readonly objects: readonly ChartObject[];
  /** Objects that Helm installs for `helm test` only. */
  readonly tests: readonly ChartObject[];
  /** Objects that Helm makes before it uninstalls, and removes when they are done. */
  readonly hooks: readonly ChartObject[];
}

/** Every object that a chart has a file of: what it installs, and what Helm makes at some moments only. */
export function filesOf({ objects, tests, hooks }: Chart): readonly ChartObject[] {
  return [...objects, ...tests, ...hooks];
}
