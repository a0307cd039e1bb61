import { lstatSync, readFileSync, realpathSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256Hex } from '../text/hash.ts';

/**
 * Removes a file below a directory if it is as this command has written it.
 *
 * @param path of the file from the directory.
 * @param written the hash of what was written there; undefined: nothing was.
 * @returns why it stays, behind "not rendered, "; undefined: it is removed.
 * @throws the error of the operating system when it cannot be read or removed.
 */
export function pruneFile(directory: string, path: string, written: string | undefined): string | undefined {
  const file = join(realpathSync(directory), path);
  if (realpathSync(dirname(file)) !== dirname(file) || lstatSync(file).isSymbolicLink())
    return 'but behind a symbolic link';
  if (written === undefined || !lstatSync(file).isFile()) return 'and not written by this command';
  if (sha256Hex(readFileSync(file)) !== written) return 'but changed since it was written';
  unlinkSync(file);
  return undefined;
}
