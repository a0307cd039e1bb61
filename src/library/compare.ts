import isEqual from 'lodash/isEqual.js';
import { readDocuments } from '../yaml/index.ts';
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
  /** What differs, object by object, one line each; empty when equivalent. */
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
 */
export function compareWithGolden(manifests: readonly RenderedManifest[], golden: string): Comparison {
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
  const expected = new Map(golden.map((object) => [identityOf(object), object]));
  const found = new Map(manifests.map(({ manifest }) => [identityOf(manifest), manifest]));
  const differences = [...expected.keys()]
    .filter((identity) => !found.has(identity))
    .map((identity) => `${identity} is in the golden file but not rendered`);
  for (const [identity, manifest] of found) {
    if (!expected.has(identity)) differences.push(`${identity} is rendered but not in the golden file`);
    else if (!isEqual(plain(manifest), plain(expected.get(identity))))
      differences.push(`${identity} differs`);
  }
  const isReordered = differences.length === 0 && [...expected.keys()].join() !== [...found.keys()].join();
  return isReordered ? ['the objects are in another order'] : differences;
}

/** Without prototypes, which the reader's maps do not have. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function identityOf(object: unknown): string {
  const { kind, metadata } = (object ?? {}) as Partial<Manifest> & {
    readonly metadata?: { readonly namespace?: string; readonly name?: string };
  };
  const { namespace = '', name = '' } = metadata ?? {};
  return `${String(kind)}/${namespace === '' ? '' : `${namespace}/`}${name}`;
}
