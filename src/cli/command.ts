import { type Arguments, type Flag, lastOf, parseArguments } from './input/arguments.ts';
import type { Outcome } from './outcome.ts';
import { COLOUR_CHOICES, useColours } from './text/style.ts';
import { UsageError } from './usage.ts';

/** A command of the command line. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The words besides flags, as the help text shows them; each is needed but those in brackets. */
  readonly words: readonly string[];
  readonly flags: readonly Flag[];
  /** What more there is to know, one paragraph each. */
  readonly details: readonly string[];
  /** A command line that works, without the program's name. */
  readonly example: string;
  /** Runs it with what follows its name on the command line. */
  readonly run: (words: readonly string[], all: AllCommands) => Promise<Outcome>;
}

/** Loads every command, for one that speaks of all of them. */
export type AllCommands = () => Promise<readonly Command[]>;

/** What a command file says; its `run` gets the command line taken apart. */
export type CommandDefinition<Name extends string> = Omit<Command, 'flags' | 'run'> & {
  readonly flags: readonly Flag<Name>[];
  readonly run: (args: Arguments<Name>, all: AllCommands) => Promise<Outcome>;
};

/** What every command takes. */
const colourFlag: Flag<'color'> = {
  name: 'color',
  argument: 'WHEN',
  choices: COLOUR_CHOICES,
  description: 'colours: auto (the default) on a terminal, always, or never',
};

/** Makes a command from its definition. */
export function command<Name extends string>(definition: CommandDefinition<Name>): Command {
  const flags = [...definition.flags, colourFlag];
  return {
    ...definition,
    flags,
    run: async (words, all) => {
      const args = parseArguments<Name | 'color'>(flags, words);
      const colours = lastOf(args, 'color');
      if (colours !== undefined) useColours(colours);
      checkWords(definition, args.positionals);
      return definition.run(args, all);
    },
  };
}

function checkWords({ name, words }: Pick<Command, 'name' | 'words'>, positionals: readonly string[]): void {
  const missing = words[positionals.length];
  if (missing !== undefined && !missing.startsWith('[')) {
    throw new UsageError(`${name} needs ${missing}`, `write ${name} ${words.join(' ')}`);
  }
  const extra = positionals[words.length];
  if (extra === undefined) return;
  const isFile = /\.ya?ml$/.test(extra);
  throw new UsageError(
    `${name} takes ${words.length === 0 ? 'no words' : words.join(' ')} besides flags, found ${JSON.stringify(extra)} as well`,
    isFile ? `values files are given with -f: -f ${extra}` : `see ${name} --help`,
  );
}
