import { VERSION } from '../library/version.ts';
import type { Command } from './command.ts';
import { commands as commandNames } from './command-names.ts';
import { commands } from './commands.ts';
import type { Outcome } from './outcome.ts';
import { refusal } from './refusal.ts';
import { suggestion, UsageError } from './usage.ts';

/**
 * Runs a command line. Wrong usage is an outcome; what is thrown is a mistake in this program.
 *
 * @param words the command line without the program's name.
 */
export async function run(words: readonly string[]): Promise<Outcome> {
  try {
    return await runCommand(words);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return refusal(2, error.message, error.hint);
  }
}

async function runCommand([name, ...words]: readonly string[]): Promise<Outcome> {
  switch (name) {
    case undefined:
      return { exitCode: 2, stderr: await helpOfProgram() };
    case '--version':
      return { exitCode: 0, stdout: `${VERSION}\n` };
    case '--help':
    case '-h':
      return { exitCode: 0, stdout: await helpOfProgram() };
    case 'help':
      return { exitCode: 0, stdout: words[0] === undefined ? await helpOfProgram() : await helpOf(words[0]) };
  }
  if (asksForHelp(words)) return { exitCode: 0, stdout: await helpOf(name) };
  const command = await commandCalled(name);
  return command.run(words, allCommands);
}

/** Help is asked for anywhere before `--`. */
function asksForHelp(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  return words.slice(0, end === -1 ? undefined : end).some((word) => word === '--help' || word === '-h');
}

function commandCalled(name: string): Promise<Command> {
  const known = commandNames.find((candidate) => candidate === name);
  if (known !== undefined) return commands[known]();
  if (name.startsWith('-')) {
    throw new UsageError(`expected a command first, found ${name}`, 'write the flags behind the command');
  }
  throw new UsageError(`unknown command ${name}`, suggestion(name, commandNames, 'commands'));
}

async function helpOfProgram(): Promise<string> {
  const { programHelp } = await import('./text/help.ts');
  return programHelp(await allCommands());
}

function allCommands(): Promise<readonly Command[]> {
  return Promise.all(commandNames.map((name) => commands[name]()));
}

async function helpOf(name: string): Promise<string> {
  const { commandHelp } = await import('./text/help.ts');
  return commandHelp(await commandCalled(name));
}
