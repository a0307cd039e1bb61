import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { CASES, FILES, scriptFor } from '../cli/completion-cases.ts';
import { folderWith } from '../cli/support.ts';
import { toolPath } from './support/tools.ts';

/** A word that is asked for, and what the shell offers there. */
type Offered = (words: readonly string[]) => Promise<readonly string[]>;

/** What fish itself says that it would offer. */
const offeredByFish: Offered = async (words) => {
  const folder = folderWith({ ...FILES, 'script.fish': await scriptFor('fish') });
  const line = ['kubebyon-gateway', ...words].join(' ');
  const { stdout, stderr } = spawnSync(
    toolPath('fish'),
    ['--no-config', '-c', `source ./script.fish; complete -C '${line}'`],
    { cwd: folder, encoding: 'utf8', env: { HOME: folder, PATH: '/usr/bin:/bin' } },
  );
  expect(stderr).toBe('');
  return stdout.split('\n').map((one) => one.split('\t')[0] ?? '');
};

/**
 * An interactive zsh in a terminal of its own, in which somebody types a line and the tabulator. Each match that would be
 * added is printed between two marks instead.
 */
const ZSH_DRIVER = `
zmodload zsh/zpty
zpty z "$ZSH_PROGRAM" -f -i
say() { zpty -w z "$1"; }
say "PROMPT= RPROMPT=; unsetopt zle_bracketed_paste; source ./inside.zsh; print READY"
zpty -r z seen $'*\\nREADY*'
zpty -w -n z "$LINE"$'\\t'
zpty -r z found '*<<END>>*'
print -r -- "$found"
zpty -d z
`;

const ZSH_INSIDE = `
autoload -Uz compinit
compinit -u -d ./dump
source ./script
zstyle ':completion:*' insert-tab false
bindkey '^I' complete-word
begins() { print -r -- '<<BEGIN>>' }
ends() { print -r -- '<<END>>' }
compprefuncs=(begins)
comppostfuncs=(ends)
compadd() {
  if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi
  local -a hits
  builtin compadd -O hits "$@"
  print -rl -- $hits
}
`;

const offeredByZsh: Offered = async (words) => {
  const files = { ...FILES, script: await scriptFor('zsh'), 'inside.zsh': ZSH_INSIDE };
  const folder = folderWith({ ...files, 'driver.zsh': ZSH_DRIVER });
  const zsh = toolPath('zsh');
  const { stdout, stderr } = spawnSync(zsh, ['-f', './driver.zsh'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
    env: {
      HOME: folder,
      PATH: '/usr/bin:/bin',
      TERM: 'dumb',
      ZSH_PROGRAM: zsh,
      LINE: ['kubebyon-gateway', ...words].join(' '),
    },
  });
  expect(stderr).toBe('');
  const [, found = ''] = /<<BEGIN>>([\s\S]*)<<END>>/.exec(stdout) ?? [];
  return found.split(/\r?\n/).map((word) => word.trim());
};

describe.each([
  ['zsh', offeredByZsh],
  ['fish', offeredByFish],
] as const)('%s', (_shell, offered) => {
  test.each(CASES)('completes %j', async (words, offers, never) => {
    const found = await offered(words);
    for (const word of offers) expect(found).toContain(word);
    for (const word of never) expect(found).not.toContain(word);
  });
});
