import { printable } from './printable.ts';

/** What to say about a mistake in this program. The stack is for those who look for it. */
export function internalErrorText(error: unknown, withStack: boolean): string {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  const request = withStack
    ? 'please report it with the values that lead to it'
    : 'please report it with the values that lead to it and the output under KUBEBYON_DEBUG=1';
  return `internal error: ${printable(message)}; ${request}\n${withStack ? `${stack}\n` : ''}`;
}
