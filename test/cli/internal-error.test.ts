import { expect, test } from 'vitest';
import { internalErrorText } from '../../src/cli/text/internal-error.ts';

test('a mistake in the program is one line that asks to report it', () => {
  const text = internalErrorText(new TypeError('x is\nundefined'), false);
  expect(text).toMatch(/^internal error: x is\\u000aundefined; please report it .*KUBEBYON_DEBUG=1\n$/);
});

test('the stack is there when asked for', () => {
  expect(internalErrorText(new TypeError('x'), true)).toMatch(/\n +at /);
});

test('what is thrown need not be an error', () => {
  expect(internalErrorText('text', false)).toContain('internal error: text;');
});
