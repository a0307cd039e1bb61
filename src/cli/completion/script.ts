import { PROGRAM } from '../text/help.ts';
import { bashCompletion } from './bash.ts';
import type { Described } from './described.ts';
import { fishCompletion } from './fish.ts';
import { zshCompletion } from './zsh.ts';

/** A completion script for a shell, made from the definitions of the commands. */
export function completionScript(shell: 'bash' | 'zsh' | 'fish', commands: readonly Described[]): string {
  switch (shell) {
    case 'bash':
      return bashCompletion(PROGRAM, commands);
    case 'zsh':
      return zshCompletion(PROGRAM, commands);
    case 'fish':
      return fishCompletion(PROGRAM, commands);
  }
}
