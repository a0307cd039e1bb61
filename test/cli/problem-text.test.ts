import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { githubText } from '../../src/cli/text/github-text.ts';
import { inReadingOrder } from '../../src/cli/text/problem-order.ts';
import { problemsText, problemText } from '../../src/cli/text/problem-text.ts';
import { colourStyle } from '../../src/cli/text/style.ts';
import type { Problem } from '../../src/index.ts';

const problem: Problem = {
  severity: 'error',
  code: 'ListenerNamesEqual',
  path: 'gatewayAPI.workload.tls.httpsListenerName',
  message: 'the names must differ',
  hint: 'change one of them',
  file: 'values.yaml',
  line: 12,
  column: 7,
};

const lineOf = (text: string) => () => text;

describe('a problem for people', () => {
  test('names place, severity, code, path and message, shows the line with a caret, and says what to do', () => {
    expect(problemText(problem, lineOf('      httpsListenerName: web'))).toBe(
      [
        'values.yaml:12:7 error ListenerNamesEqual gatewayAPI.workload.tls.httpsListenerName: the names must differ',
        '  12 |       httpsListenerName: web',
        '     |       ^',
        '  hint: change one of them',
        '',
      ].join('\n'),
    );
  });

  test('of a flag names the flag', () => {
    const text = problemText({ ...problem, file: '--set a=b', line: null, column: null }, lineOf('x'));
    expect(text).toMatch(/^--set a=b: error ListenerNamesEqual /);
    expect(text).not.toContain('^');
  });

  test('without a place begins with the severity', () => {
    const text = problemText({ ...problem, file: null, line: null, column: null }, lineOf('x'));
    expect(text).toMatch(/^error ListenerNamesEqual /);
  });

  test('points at the character behind wide ones', () => {
    const [, source, caret] = problemText({ ...problem, column: 7 }, lineOf('名: a, b: 1')).split('\n');
    expect(source).toBe('  12 | 名: a, b: 1');
    expect(caret).toBe('     |        ^');
  });

  test('counts at the end', () => {
    const warning: Problem = { ...problem, severity: 'warning' };
    expect(problemsText([problem, problem, warning], lineOf('x'))).toMatch(/\n2 errors, 1 warning\n$/);
  });

  test('a long line is cut around the caret, which still points at the place', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 0, max: 5000 }), (column, tail) => {
        const line = `${'a'.repeat(column - 1)}X${'b'.repeat(tail)}`;
        const [, source = '', caret = ''] = problemText({ ...problem, column }, lineOf(line)).split('\n');
        expect(source.length).toBeLessThanOrEqual(110);
        expect(source[caret.indexOf('^')]).toBe('X');
      }),
    );
  });

  test('nothing in it acts on the terminal', () => {
    const text = fc.string({
      unit: fc.constantFrom('\u001b', '\r', '\n', '\b', '\u202e', '\u2028', '\u0085', 'a', '\ud800'),
    });
    fc.assert(
      fc.property(text, text, text, text, (message, hint, path, line) => {
        const shown = problemText({ ...problem, message, hint, path, file: `f${hint}` }, lineOf(line));
        expect(shown).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}]*$/mu);
        expect(shown.split('\n')).toHaveLength(hint === '' ? 4 : 5);
      }),
    );
  });

  test('has colours in the style with colours only', () => {
    expect(problemText(problem, lineOf('x'), colourStyle)).toContain('\u001b[31merror\u001b[39m');
    expect(problemText(problem, lineOf('x'))).not.toContain('\u001b');
  });
});

describe('problems in reading order', () => {
  test('come by file and line, flags and the release last', () => {
    const at = (file: string | null, line: number | null): Problem => ({ ...problem, file, line });
    const sorted = inReadingOrder([
      at('--set a=1', null),
      at('b', 3),
      at('a', 9),
      at('b', 1),
      at(null, null),
    ]);
    expect(sorted.map(({ file, line }) => `${file}:${line}`)).toEqual([
      'b:1',
      'b:3',
      'a:9',
      '--set a=1:null',
      'null:null',
    ]);
  });
});

describe('a problem for GitHub Actions', () => {
  test('is a workflow command', () => {
    expect(githubText(problem, undefined)).toBe(
      '::error file=values.yaml,line=12,col=7,title=ListenerNamesEqual::gatewayAPI.workload.tls.httpsListenerName: the names must differ%0Achange one of them\n',
    );
  });

  test('stays one command, whatever its texts hold', () => {
    const hostile: Problem = { ...problem, file: 'a,b:c%\n::error::x', message: '100%\n::warning::y\r' };
    expect(githubText(hostile, undefined)).toBe(
      '::error file=a%2Cb%3Ac%25\\u000a%3A%3Aerror%3A%3Ax,line=12,col=7,title=ListenerNamesEqual::gatewayAPI.workload.tls.httpsListenerName: 100%25\\u000a::warning::y\\u000d%0Achange one of them\n',
    );
  });

  test('of a flag has the flag in the message', () => {
    expect(githubText({ ...problem, file: '--set a=b', line: null, column: null }, undefined)).toMatch(
      /^::error title=ListenerNamesEqual::--set a=b: gatewayAPI/,
    );
  });
});

test('an annotation names the file from the root of the repository, whatever folder the command runs in', () => {
  const at = (file: string, root: string) => /file=([^,]*)/.exec(githubText({ ...problem, file }, root))?.[1];
  const root = dirname(process.cwd());
  expect(at('values.yaml', root)).toBe(`${basename(process.cwd())}/values.yaml`);
  expect(at('../values.yaml', root)).toBe('values.yaml');
  expect(at(join(root, 'deploy/values.yaml'), root)).toBe('deploy/values.yaml');
  expect(at('values.yaml', process.cwd())).toBe('values.yaml');
  expect(at('/elsewhere/values.yaml', root)).toBe('/elsewhere/values.yaml');
  expect(at('<stdin>', root)).toBe('<stdin>');
});
