import { command } from '../command.ts';
import { UsageError } from '../usage.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

export const completion = command({
  name: 'completion',
  summary: 'Print a script by which a shell completes the commands, their flags and choices.',
  words: [SHELLS.join('|')],
  flags: [],
  details: [
    'bash: source <(kubebyon-gateway completion bash), as a line of ~/.bashrc. zsh: the same with zsh, behind compinit. fish: kubebyon-gateway completion fish | source.',
  ],
  example: 'completion bash',
  run: async ({ positionals: [word] }, all) => {
    const shell = SHELLS.find((one) => one === word);
    if (shell === undefined)
      throw new UsageError(`expected ${SHELLS.join(', ')}, found ${JSON.stringify(word)}`, 'name one shell');
    const { completionScript } = await import('../completion/script.ts');
    return { exitCode: 0, stdout: completionScript(shell, await all()) };
  },
});
