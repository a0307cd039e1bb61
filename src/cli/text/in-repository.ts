import { relative, resolve, sep } from 'node:path';
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
