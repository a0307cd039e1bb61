/** The files that `--output-dir` has written, by path from the directory, each with the SHA-256 of what was written. */
export type WrittenFiles = ReadonlyMap<string, string>;

/**
 * The list of them, beside the folders of the charts. The lines are those of sha256sum, so that anybody can check them, and
 * the name ends in nothing that kubectl or a GitOps controller takes for a manifest.
 */
export const LIST_NAME = '.kubebyon-gateway.sha256';

/** What a list says, or the first line that no run has written. */
export type ReadList =
  | { readonly ok: true; readonly files: WrittenFiles }
  | { readonly ok: false; readonly line: number; readonly found: string };

/** A hash and the file of an object: no such path leads upwards, is absolute or hidden. */
const LINE = /^([0-9a-f]{64}) {2}((?:[a-z0-9-]+\/)+[a-z0-9-]+\.yaml)$/;

/** Reads a list. One line that does not belong there, and none of it is believed. */
export function parseWritten(text: string): ReadList {
  const files = new Map<string, string>();
  for (const [index, line] of text.replace(/\n$/, '').split('\n').entries()) {
    if (text === '') break;
    const [, hash, path] = LINE.exec(line) ?? [];
    if (hash === undefined || path === undefined || files.has(path))
      return { ok: false, line: index + 1, found: line };
    files.set(path, hash);
  }
  return { ok: true, files };
}

/** Writes a list, in the order of paths. */
export function formatWritten(files: WrittenFiles): string {
  const entries = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([path, hash]) => `${hash}  ${path}\n`).join('');
}
