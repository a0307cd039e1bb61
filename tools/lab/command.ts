import { findProgram } from '../lib/find-program.ts';
import { run } from '../lib/run.ts';

/** Absolute path of a program of the system; throws a line that says how to get it. */
export function systemProgram(name: string): string {
  const path = findProgram(name);
  if (path === undefined) {
    throw new Error(
      `${name} is missing: install ${PACKAGES[name] ?? name} with the package manager of this system`,
    );
  }
  return path;
}

const PACKAGES: Readonly<Record<string, string>> = {
  ip: 'iproute2',
  nsenter: 'util-linux',
  setpriv: 'util-linux',
  unshare: 'util-linux',
};

/** Runs one command of iproute2, written as a line, behind words that enter a network. Throws when it fails. */
export function ip(line: string, enter: readonly string[] = []): Promise<string> {
  const [program = '', ...words] = [...enter, systemProgram('ip'), ...line.split(' ')];
  return run(program, words);
}
