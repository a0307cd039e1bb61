import { describe, expect, test } from 'vitest';
import { runProcess } from './support.ts';

const isColoured = (env: Readonly<Record<string, string>>, ...words: readonly string[]): boolean =>
  runProcess(['validate', 'r', '--set', 'a=1', ...words], { env: { TERM: 'xterm', ...env } }).stderr.includes(
    '\u001b[',
  );

describe('messages into a pipe have colours', () => {
  test.each([
    ['never by themselves', {}, [], false],
    ['with FORCE_COLOR', { FORCE_COLOR: '1' }, [], true],
    ['not with FORCE_COLOR=0', { FORCE_COLOR: '0', CLICOLOR_FORCE: '1' }, [], false],
    ['with CLICOLOR_FORCE', { CLICOLOR_FORCE: '1' }, [], true],
    ['not with CLICOLOR_FORCE=0', { CLICOLOR_FORCE: '0' }, [], false],
    ['not with NO_COLOR, whatever forces them', { NO_COLOR: '1', FORCE_COLOR: '1' }, [], false],
    ['with --color always, whatever the variables say', { NO_COLOR: '1' }, ['--color', 'always'], true],
    ['not with --color never', { FORCE_COLOR: '1' }, ['--color=never'], false],
    ['not with --color auto, whatever the variables say', { FORCE_COLOR: '1' }, ['--color=auto'], false],
  ] as const)('%s', (_, env, words, expected) => {
    expect(isColoured(env, ...words)).toBe(expected);
  });

  test('and --color with another word is wrong usage', () => {
    const { status, stderr } = runProcess(['validate', 'r', '--color', 'yes']);
    expect(status).toBe(2);
    expect(stderr).toContain('expected auto or always or never, found "yes"');
  });
});
