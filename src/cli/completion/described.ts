import type { Command } from '../command.ts';
import type { Flag } from '../input/arguments.ts';

/** What completion scripts are made of. */
export type Described = Pick<Command, 'name' | 'summary' | 'words' | 'flags'>;

/** What may stand behind a flag or as a word: one of some, a file, or anything. */
export type Expected =
  | { readonly kind: 'choices'; readonly choices: readonly string[] }
  | { readonly kind: 'file' }
  | { readonly kind: 'anything' };

/** What a flag with an argument takes. */
export function expectedBy({ argument = '', choices }: Flag): Expected {
  if (choices !== undefined) return { kind: 'choices', choices };
  return /^(FILE|PATH|DIR)$/.test(argument) ? { kind: 'file' } : { kind: 'anything' };
}

/** What the first word of a command may be. */
export function expectedWord({ words: [first = ''] }: Described): Expected {
  const bare = first.replace(/^\[|\]$/g, '');
  if (/\.ya?ml$/i.test(bare)) return { kind: 'file' };
  return /^[a-z]+(\|[a-z]+)*$/.test(bare)
    ? { kind: 'choices', choices: bare.split('|') }
    : { kind: 'anything' };
}

/** A flag as it is written: `--values`, and `-f` where it has a letter. */
export function spellings({ name, short }: Flag): readonly string[] {
  return [`--${name}`, ...(short === undefined ? [] : [`-${short}`])];
}

/** A text as one word of a POSIX shell. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
