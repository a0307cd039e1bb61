import { compareObjects } from '../library/compare-objects.ts';
import type { RenderedManifest } from '../library/manifest.ts';
import { emitDocuments } from '../yaml/index.ts';
import type { Change, FileDifference } from './file-difference.ts';
import { reasonOf } from './input/read-input.ts';

/** Whether a golden is the array that `-o json` prints; a stream of manifests in YAML begins otherwise. */
export function isJson(golden: string): boolean {
  return golden.trimStart().startsWith('[');
}

/** How the objects of a golden, in YAML or JSON, differ from those rendered, or why it cannot be read. */
export function compareGolden(
  manifests: readonly RenderedManifest[],
  golden: Uint8Array,
): Pick<FileDifference, 'what' | 'changes'> {
  const text = new TextDecoder().decode(golden);
  const read: Read = isJson(text) ? readJson(text) : { ok: true, yaml: golden };
  if (!read.ok) return unreadable([{ object: null, line: null, text: read.reason }]);
  const compared = compareObjects(manifests, read.yaml);
  if (!compared.ok)
    return unreadable(compared.problems.map(({ line, message }) => ({ object: null, line, text: message })));
  return { what: 'differs', changes: compared.differences.map((one) => ({ ...one, line: null })) };
}

type Read =
  | { readonly ok: true; readonly yaml: string | Uint8Array }
  | { readonly ok: false; readonly reason: string };

/** The elements of an array in JSON as documents, so that goldens of both forms are read alike. */
function readJson(text: string): Read {
  try {
    const list: unknown = JSON.parse(text);
    const values: readonly unknown[] = Array.isArray(list) ? list : [list];
    return { ok: true, yaml: emitDocuments(values.map((value) => ({ value }))) };
  } catch (error) {
    return { ok: false, reason: `expected JSON, found ${reasonOf(error)}` };
  }
}

function unreadable(changes: readonly Change[]): Pick<FileDifference, 'what' | 'changes'> {
  return { what: 'unreadable', changes };
}
