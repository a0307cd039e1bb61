import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { commands as names } from '../../src/cli/command-names.ts';
import { run } from '../../src/cli/run.ts';
import { folderWith } from './support.ts';

async function scriptFor(shell: string): Promise<string> {
  const { exitCode, stdout = '' } = await run(['completion', shell]);
  expect(exitCode).toBe(0);
  return stdout;
}

/** What each shell is asked for: the words so far, what must be offered, and what must not. */
const CASES: readonly (readonly [
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

const FILES = { 'values.yaml': '', 'other.txt': '' };

describe('bash', () => {
  let script = '';
  beforeAll(async () => {
    script = await scriptFor('bash');
  });

  function replies(words: readonly string[]): readonly string[] {
    const folder = folderWith({ ...FILES, script });
    const line = ['kubebyon-gateway', ...words].map((word) => `'${word}'`).join(' ');
    const program = `source ./script; COMP_WORDS=(${line}); COMP_CWORD=${words.length}; _kubebyon_gateway; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-u', '-c', program], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    return stdout.split('\n');
  }

  test.each(CASES)('completes %j', (words, offers, never) => {
    const found = replies(words);
    for (const word of offers) expect(found).toContain(word);
    for (const word of never) expect(found).not.toContain(word);
  });

  test('completes the choices of a flag behind an equals sign', () => {
    expect(replies(['render', '--chart', '=', 'mu'])).toContain('multi-node');
    expect(replies(['render', '--chart', '='])).toContain('single-node');
  });

  test('knows every flag of every command', async () => {
    for (const name of names) {
      const { stdout = '' } = await run([name, '--help']);
      const flags = [...stdout.matchAll(/^ {2}(?:-\w, | {4})(--[a-z-]+)/gm)].map(([, flag]) => flag);
      expect(replies([name, '-'])).toEqual(expect.arrayContaining(flags));
    }
  });
});

const ZSH = '/usr/bin/zsh';
const FISH = '/usr/bin/fish';

test.runIf(existsSync(ZSH))('zsh takes the script', async () => {
  const folder = folderWith({ script: await scriptFor('zsh') });
  const program =
    'autoload -Uz compinit; compinit -u -d ./dump; source ./script; print -- $_comps[kubebyon-gateway]';
  const { stdout, stderr } = spawnSync(ZSH, ['-f', '-c', program], {
    cwd: folder,
    encoding: 'utf8',
    env: { HOME: folder },
  });
  expect({ stdout, stderr }).toEqual({ stdout: '_kubebyon_gateway\n', stderr: '' });
});

describe.runIf(existsSync(FISH))('fish', () => {
  test.each(CASES)('completes %j', async (words, offers, never) => {
    const folder = folderWith({ ...FILES, 'script.fish': await scriptFor('fish') });
    const line = ['kubebyon-gateway', ...words].join(' ');
    const { stdout, stderr } = spawnSync(
      FISH,
      ['--no-config', '-c', `source ./script.fish; complete -C '${line}'`],
      {
        cwd: folder,
        encoding: 'utf8',
        env: { HOME: folder, PATH: join('/usr/bin') },
      },
    );
    expect(stderr).toBe('');
    const found = stdout.split('\n').map((one) => one.split('\t')[0]);
    for (const word of offers) expect(found).toContain(word);
    for (const word of never) expect(found).not.toContain(word);
  });
});

test('another shell is refused', async () => {
  const { exitCode, stderr } = await run(['completion', 'tcsh']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('expected bash, zsh, fish, found "tcsh"');
});
