import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import { commands as names } from '../../src/cli/command-names.ts';
import { run } from '../../src/cli/run.ts';
import { CASES, FILES, scriptFor } from './completion-cases.ts';
import { folderWith } from './support.ts';

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

test('another shell is refused', async () => {
  const { exitCode, stderr } = await run(['completion', 'tcsh']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('expected bash, zsh, fish, found "tcsh"');
});
