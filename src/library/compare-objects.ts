import { get } from '../text/json.ts';
import { type ReadProblem, readDocuments } from '../yaml/index.ts';
import { fieldDifferences } from './field-differences.ts';
import type { SourcedObject } from './manifest.ts';

/** Something in which rendered objects are not those of a golden. */
export interface ObjectDifference {
  /** KIND/NAMESPACE/NAME of the object; null for what is about all of them. */
  readonly object: string | null;
  /** What differs, the object's name included. */
  readonly text: string;
}

/** In what rendered objects differ from a golden, or why the golden cannot be read. */
export type ComparedObjects =
  | { readonly ok: true; readonly differences: readonly ObjectDifference[] }
  | { readonly ok: false; readonly problems: readonly ReadProblem[] };

/** Compares rendered objects with those in a stream of YAML documents, whatever its layout and comments. */
export function compareObjects(
  manifests: readonly SourcedObject[],
  golden: string | Uint8Array,
): ComparedObjects {
  const read = readDocuments(golden, { file: 'golden' });
  return read.ok ? { ok: true, differences: differencesOf(manifests, read.documents) } : read;
}

function differencesOf(
  manifests: readonly SourcedObject[],
  golden: readonly unknown[],
): readonly ObjectDifference[] {
  const expected = Map.groupBy(golden, identityOf);
  const found = Map.groupBy(
    manifests.map(({ manifest }) => manifest),
    identityOf,
  );
  const differences = [...new Set([...expected.keys(), ...found.keys()])].flatMap((object) =>
    textsOf(object, expected.get(object) ?? [], found.get(object) ?? []).map((text) => ({ object, text })),
  );
  const isReordered = differences.length === 0 && [...expected.keys()].join() !== [...found.keys()].join();
  return isReordered ? [{ object: null, text: 'the objects are in another order' }] : differences;
}

function textsOf(
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
  const metadata = get(object, 'metadata');
  const [namespace, name] = [get(metadata, 'namespace') ?? '', get(metadata, 'name') ?? ''];
  return `${String(get(object, 'kind'))}/${namespace === '' ? '' : `${String(namespace)}/`}${String(name)}`;
}
