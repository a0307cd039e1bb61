import { checkText } from '../values/check/wrong-argument.ts';
import { readDocuments } from '../yaml/index.ts';
import { fieldDifferences } from './field-differences.ts';
import type { Manifest, RenderedManifest } from './render.ts';
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
export function compareWithGolden(manifests: readonly RenderedManifest[], golden: string): Comparison {
  checkText('golden', golden);
  const rendered = toYaml(manifests);
  if (rendered === golden) return { same: true, equivalent: true, rendered, differences: [] };
  const read = readDocuments(golden, { file: 'golden' });
  const differences = read.ok
    ? differencesOf(manifests, read.documents)
    : read.problems.map(({ line, column, message }) => `golden:${line}:${column} ${message}`);
  return { same: false, equivalent: differences.length === 0, rendered, differences };
}

function differencesOf(
  manifests: readonly RenderedManifest[],
  golden: readonly unknown[],
): readonly string[] {
  const expected = Map.groupBy(golden, identityOf);
  const found = Map.groupBy(
    manifests.map(({ manifest }) => manifest),
    identityOf,
  );
  const differences = [...new Set([...expected.keys(), ...found.keys()])].flatMap((identity) =>
    objectDifferences(identity, expected.get(identity) ?? [], found.get(identity) ?? []),
  );
  const isReordered = differences.length === 0 && [...expected.keys()].join() !== [...found.keys()].join();
  return isReordered ? ['the objects are in another order'] : differences;
}

function objectDifferences(
  identity: string,
  [golden, ...goldenMore]: readonly unknown[],
  [rendered, ...renderedMore]: readonly unknown[],
): readonly string[] {
  if (rendered === undefined) return [`${identity} is in the golden file but not rendered`];
  if (golden === undefined) return [`${identity} is rendered but not in the golden file`];
  const fields = fieldDifferences(golden, rendered).map(
    ({ path, golden, rendered }) =>
      `${identity} differs in ${path}: ${shown(golden)} in the golden file, ${shown(rendered)} rendered`,
  );
  return [
    ...(goldenMore.length === 0 ? [] : [`${identity} is in the golden file ${goldenMore.length + 1} times`]),
    ...(renderedMore.length === 0 ? [] : [`${identity} is rendered ${renderedMore.length + 1} times`]),
    ...fields,
  ];
}

const LONGEST_SHOWN = 60;

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text;
}

function identityOf(object: unknown): string {
  const { kind, metadata } = (object ?? {}) as Partial<Manifest> & {
    readonly metadata?: { readonly namespace?: string; readonly name?: string };
  };
  const { namespace = '', name = '' } = metadata ?? {};
  return `${String(kind)}/${namespace === '' ? '' : `${namespace}/`}${name}`;
}
