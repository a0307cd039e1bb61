import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository, webRoot } from './places.ts';

/** Packages of the library that its browser part needs; they are installed here too, so that this folder builds alone. */
const SHARED = ['@noble/hashes', 'js-yaml', 'tldts', 'diff', 'esbuild'];

interface PackageFile {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/**
 * Makes sure that the site runs the library with the packages that the library is tested with.
 *
 * @throws Error naming the package whose version differs.
 */
export async function checkVersions(): Promise<void> {
  const [ours, theirs] = await Promise.all([webRoot, repository].map(versionsIn));
  for (const name of SHARED) {
    if (ours?.[name] !== theirs?.[name]) {
      throw new Error(
        `web/package.json: expected ${name} ${theirs?.[name]}, as in package.json, found ${ours?.[name]}; install that version`,
      );
    }
  }
}

async function versionsIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const file: PackageFile = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  return { ...file.devDependencies, ...file.dependencies };
}
