import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { commands } from './command-names.ts';
import { keepCode, keptCode } from './kept-code.ts';

/**
 * Starts the bundle beside this file with the compiled code of an earlier run of the same command. Node's own compile
 * cache keeps what is compiled when a file is loaded; most of a start is compiling the functions that are called later.
 */
function launch(): void {
  const filename = join(import.meta.dirname, 'cli-bundle.cjs');
  // The bundle is ASCII, which Latin-1 reads fastest.
  const source = readFileSync(filename, 'latin1');
  const command = commands.find((name) => name === process.argv[2]);
  const cachedData = command === undefined ? undefined : keptCode(command, source);
  const script = new Script(`(function (require, exports) {${source}\n})`, {
    filename,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const isCurrent = cachedData !== undefined && script.cachedDataRejected !== true;
  if (command !== undefined && !isCurrent) {
    process.once('exit', (code) => {
      if (code === 0) keepCode(command, source, script.createCachedData());
    });
  }
  script.runInThisContext()(load, {});
}

/** Modules of Node; all else that the bundle asks for is what `sync` runs, which is no part of it. */
function load(id: string): unknown {
  return process.getBuiltinModule(id) ?? import('./sync/run-sync.ts');
}

launch();
