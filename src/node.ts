/**
 * Reading values files, for build tools that run in Node. The only module of the library that reads files, and the
 * only one that a browser cannot load.
 *
 * ```ts
 * import { loadValues, render } from 'kubebyon-gateway';
 * import { readValuesFiles } from 'kubebyon-gateway/node';
 *
 * const values = loadValues('multi-node', await readValuesFiles(['values.yaml', 'production.yaml']));
 * ```
 */
import { readFile } from 'node:fs/promises';
import { checkText, wrongArgument } from './values/check/wrong-argument.ts';
import type { FileSource } from './values/load/index.ts';

/**
 * Reads values files as sources for `loadValues`, in the order given: later files win.
 *
 * @param paths of the files; messages name them as they are given.
 * @throws TypeError naming the argument when it is no list of texts;
 * the error of the operating system for a file that cannot be read, naming its path.
 */
export async function readValuesFiles(paths: readonly string[]): Promise<readonly FileSource[]> {
  checkPaths(paths);
  return Promise.all(
    paths.map(async (name) => ({ kind: 'file' as const, name, text: await readFile(name) })),
  );
}

function checkPaths(paths: unknown): void {
  if (!Array.isArray(paths)) throw wrongArgument('paths', "a list of files, as ['values.yaml']", paths);
  for (const [index, path] of paths.entries()) checkText(`paths[${index}]`, path);
}
