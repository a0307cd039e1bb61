import type { Flag } from '../input/arguments.ts';
import { type Described, type Expected, expectedBy, expectedWord } from './described.ts';

/** A completion script for fish. */
export function fishCompletion(program: string, commands: readonly Described[]): string {
  const lines = commands.flatMap((command) => [
    `complete -c ${program} -f -n __fish_use_subcommand -a ${command.name} -d ${quoted(command.summary)}`,
    ...wordLines(program, command),
    ...command.flags.map((flag) => `complete -c ${program} ${seen(command)} ${flagText(flag)}`),
  ]);
  return [`# Completion of ${program} for fish: ${program} completion fish | source`, ...lines, ''].join(
    '\n',
  );
}

function seen({ name }: Described): string {
  return `-n '__fish_seen_subcommand_from ${name}'`;
}

function wordLines(program: string, command: Described): readonly string[] {
  const expected = expectedWord(command);
  return [`complete -c ${program} ${seen(command)} ${taken(expected, '-f')}`];
}

function flagText({ name, short, argument, choices, description }: Flag): string {
  const letter = short === undefined ? '' : ` -s ${short}`;
  const takes =
    argument === undefined
      ? ''
      : ` ${taken(expectedBy({ name, description, argument, ...(choices === undefined ? {} : { choices }) }), '-x')}`;
  return `-l ${name}${letter}${takes} -d ${quoted(description)}`;
}

/** Options that say what is offered; `alone` says that files are not. */
function taken(expected: Expected, alone: '-f' | '-x'): string {
  switch (expected.kind) {
    case 'choices':
      return `${alone} -a ${quoted(expected.choices.join(' '))}`;
    case 'file':
      return alone === '-x' ? '-r -F' : '-F';
    case 'anything':
      return alone;
  }
}

/** A text as one word of fish, which knows a backslash and `'` in quotes. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
