import { commands as names } from '../../src/cli/command-names.ts';
import { run } from '../../src/cli/run.ts';

/** The script of a shell, as the command prints it. */
export async function scriptFor(shell: string): Promise<string> {
  const { exitCode, stdout = '', stderr } = await run(['completion', shell]);
  if (exitCode !== 0) throw new Error(stderr);
  return stdout;
}

/** What each shell is asked for: the words so far, what must be offered, and what must not. */
export const CASES: readonly (readonly [
  words: readonly string[],
  offers: readonly string[],
  never: readonly string[],
])[] = [
  [['re'], ['render'], ['validate']],
  [[''], names, []],
  [['render', '--ch'], ['--chart'], ['--values']],
  [['render', 'name', '--chart', ''], ['single-node', 'multi-node'], []],
  [['diff', 'name', '-o', 'm'], ['markdown'], ['json']],
  [['completion', ''], ['bash', 'zsh', 'fish'], []],
  [['render', '-f', 'val'], ['values.yaml'], ['other.txt']],
  [['version', '--chart', ''], [], ['single-node']],
];

/** What there is in the folder where they are asked. */
export const FILES = { 'values.yaml': '', 'other.txt': '' };
