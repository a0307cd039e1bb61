import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** The folder of all generated code. */
export const GENERATED_CODE = 'src/generated';

/** Files to be written, by their path from the project's folder. */
export type GeneratedFiles = ReadonlyMap<string, string>;

/** Writes the files that differ from what is there, and tells which. */
export async function writeGenerated(files: GeneratedFiles): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const [path, text] of files) {
    const target = resolve(projectRoot, path);
    if ((await textOf(target)) === text) continue;
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
    changed.push(relative(projectRoot, target));
  }
  return changed;
}

/** The files that are not on disk as they should be. */
export async function driftOf(files: GeneratedFiles): Promise<readonly string[]> {
  const drifted: string[] = [];
  for (const [path, text] of files) {
    if ((await textOf(resolve(projectRoot, path))) !== text) drifted.push(path);
  }
  return drifted;
}

/** Files below some folders that are not among the generated ones. */
export async function staleIn(files: GeneratedFiles, folders: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(folders.map(filesBelow));
  return found.flat().filter((path) => !files.has(path));
}

/** Removes those files, and tells which. */
export async function removeStale(
  files: GeneratedFiles,
  folders: readonly string[],
): Promise<readonly string[]> {
  const stale = await staleIn(files, folders);
  await Promise.all(stale.map((path) => rm(resolve(projectRoot, path))));
  return stale;
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(resolve(projectRoot, folder), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(projectRoot, resolve(entry.parentPath, entry.name)));
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
