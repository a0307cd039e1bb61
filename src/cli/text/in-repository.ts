import { relative, resolve, sep } from 'node:path';
import type { Problem } from '../../library/problem.ts';
import { STDIN_NAME } from '../input/read-input.ts';

/**
 * A file as programs that show problems beside a repository's files want it: from the root of the repository, with slashes.
 *
 * @param root undefined where it is not known. A file outside of it keeps its name.
 */
export function inRepository(file: string, root: string | undefined): string {
  if (root === undefined || root === '' || file === STDIN_NAME) return file;
  const path = relative(root, resolve(file));
  return path === '' || path === '..' || path.startsWith(`..${sep}`) ? file : path.replaceAll(sep, '/');
}

/** Where a problem stands in a file; a file that cannot be read has no lines. */
export interface FilePlace {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** The file of a problem, as {@link inRepository} gives it; undefined for a flag, which is in no file. */
export function filePlace(
  { code, file, line, column }: Problem,
  root: string | undefined,
): FilePlace | undefined {
  if (file === null || (line === null && code !== 'FileUnreadable')) return undefined;
  return { file: inRepository(file, root), line, column };
}
