import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { commands } from './command-names.ts';
import { keepCode, keptCode } from './kept-code.ts';

/**
 * Starts the bundle beside this file with the compiled code of an earlier run of the same command. Node's own compile
 * cache keeps what is compiled when a file is loaded; most of a start is compiling the functions that are called later.
 */
function launch(): void {
  const command = commands.find((name) => name === process.argv[2]);
  const load = (name: string): unknown => {
    // What `sync` and `route-agent` run are modules of the library, and in no bundle.
    if (name.startsWith('./cli/')) {
      return process.getBuiltinModule('node:module').createRequire(import.meta.filename)(name);
    }
    return name.startsWith('./')
      ? runBundle(name.slice(2), name.slice(2, -'.cjs'.length), load)
      : process.getBuiltinModule(name);
  };
  runBundle('cli-bundle.cjs', command, load);
}

/**
 * Runs a bundle and gives what it exports.
 *
 * @param keptAs the name of its compiled code; without one none is kept.
 */
function runBundle(file: string, keptAs: string | undefined, load: (name: string) => unknown): unknown {
  // To join paths by "node:path" takes longer than to read the file.
  const filename = `${import.meta.dirname}/${file}`;
  // The bundle is ASCII, which Latin-1 reads fastest.
  const source = readFileSync(filename, 'latin1');
  const cachedData = keptAs === undefined ? undefined : keptCode(keptAs, source);
  const script = new Script(source, {
    filename,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const isCurrent = cachedData !== undefined && script.cachedDataRejected !== true;
  if (keptAs !== undefined && !isCurrent) {
    process.once('exit', (code) => {
      if (code === 0) keepCode(keptAs, source, script.createCachedData());
    });
  }
  const exported = {};
  script.runInThisContext()(load, exported);
  return exported;
}

launch();
