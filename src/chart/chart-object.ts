import type { Template, When } from '../template/index.ts';

/** An object of a chart: what it is, and the file that the chart keeps it in. */
export interface ChartObject {
  /** Name of the source file, of the file under `templates/`, and of the header in rendered output. */
  readonly file: string;
  readonly template: unknown;
}

/**
 * Defines an object of a chart.
 *
 * @param file name of the file without ending; the same as the source file's.
 * @param template the manifest of type `A`, as a whole under a condition where it is not always there.
 */
export function chartObject<A>(file: string, template: Template<A> | When<Template<A>>): ChartObject {
  return Object.freeze({ file, template });
}
