import { checkText } from '../values/check/wrong-argument.ts';
import { compareObjects } from './compare-objects.ts';
import type { SourcedObject } from './manifest.ts';
import { toYaml } from './to-yaml.ts';

/** How a render differs from golden YAML. */
export interface Comparison {
  /** The same bytes. */
  readonly same: boolean;
  /** The same objects in the same order, whatever the layout and comments. */
  readonly equivalent: boolean;
  /** What the golden file should hold. */
  readonly rendered: string;
  /** What differs, field by field, one line each; empty when equivalent. */
  readonly differences: readonly string[];
}

/**
 * Compares rendered objects with golden YAML, for any test runner:
 *
 * ```ts
 * const { same, rendered } = compareWithGolden(render(values, release).manifests, golden);
 * expect(same ? '' : rendered).toBe(same ? '' : golden);
 * ```
 *
 * @param golden a stream of YAML documents, as `toYaml` or Helm writes; read as Helm reads.
 * @throws TypeError naming the argument when golden is no text, or manifests are no rendered objects.
 */
export function compareWithGolden(manifests: readonly SourcedObject[], golden: string): Comparison {
  checkText('golden', golden);
  const rendered = toYaml(manifests);
  if (rendered === golden) return { same: true, equivalent: true, rendered, differences: [] };
  const compared = compareObjects(manifests, golden);
  const differences = compared.ok
    ? compared.differences.map(({ text }) => text)
    : compared.problems.map(({ line, column, message }) => `golden:${line}:${column} ${message}`);
  return { same: false, equivalent: differences.length === 0, rendered, differences };
}
