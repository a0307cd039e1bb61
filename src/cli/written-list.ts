import { lstatSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, readBytes, reasonOf } from './input/read-input.ts';
import { shortened } from './text/printable.ts';
import { formatWritten, LIST_NAME, parseWritten, type WrittenFiles } from './written-files.ts';

/** The list of a directory, or why it is not believed. */
export type FoundList =
  | { readonly ok: true; readonly files: WrittenFiles }
  | { readonly ok: false; readonly message: string };

/** Reads the list of what was written to a directory; where there is none, nothing was. */
export function readWritten(directory: string): FoundList {
  const path = join(directory, LIST_NAME);
  try {
    if (lstatSync(path).isSymbolicLink()) return refused(path, 'a symbolic link');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return { ok: true, files: new Map() };
    return refused(path, reasonOf(error));
  }
  const content = readBytes(path);
  if (typeof content === 'string') return refused(path, content);
  const read = parseWritten(new TextDecoder().decode(content));
  return read.ok ? read : refused(`${path}:${read.line}`, JSON.stringify(shortened(read.found, 100)));
}

function refused(place: string, found: string): FoundList {
  return {
    ok: false,
    message: `${place}: expected the list of files that --output-dir wrote, found ${found}`,
  };
}

/** Writes the list as a whole: a reader sees the old one or the new one, and nothing is written through a link. */
export function saveWritten(directory: string, files: WrittenFiles): void {
  const path = join(directory, LIST_NAME);
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, formatWritten(files), { flag: 'wx' });
  renameSync(fresh, path);
}
