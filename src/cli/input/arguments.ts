import { printable } from '../text/printable.ts';
import { suggestion, UsageError } from '../usage.ts';

/** A flag of the command line, as the parser and the help text know it. */
export interface Flag<Name extends string = string> {
  /** Without the dashes. */
  readonly name: Name;
  /** One letter. */
  readonly short?: string;
  /** What its argument is, as the help text calls it; a flag without one is a switch. */
  readonly argument?: string;
  /** The only arguments it takes. */
  readonly choices?: readonly string[];
  readonly description: string;
}

/** A command line taken apart. */
export interface Arguments<Name extends string = string> {
  readonly positionals: readonly string[];
  /** The arguments given to a flag, in their order; those of a switch are `true` and `false`. */
  readonly given: (flag: Name) => readonly string[];
}

/**
 * Takes a command line apart as Helm does: `--flag value`, `--flag=value`, `-f value`, `-fvalue`, `-f=value`; flags and
 * other words in any order; `--` ends the flags; a flag takes the next word whatever it looks like (`-f -`).
 *
 * @throws UsageError naming what is not known.
 */
export function parseArguments<Name extends string>(
  flags: readonly Flag<Name>[],
  words: readonly string[],
): Arguments<Name> {
  const positionals: string[] = [];
  const found = new Map<Name, string[]>();
  const rest = words[Symbol.iterator]();
  for (const word of rest) {
    if (word === '--') {
      positionals.push(...rest);
    } else if (word === '-' || !word.startsWith('-')) {
      positionals.push(word);
    } else {
      const { flag, argument } = word.startsWith('--') ? longFlag(flags, word) : shortFlag(flags, word);
      const value = argument ?? (flag.argument === undefined ? 'true' : nextArgument(rest, word));
      checkArgument(flag, value);
      found.set(flag.name, [...(found.get(flag.name) ?? []), value]);
    }
  }
  return { positionals, given: (flag) => found.get(flag) ?? [] };
}

/** The argument of a flag that counts once: the last one given. */
export function lastOf<Name extends string>(args: Arguments<Name>, flag: NoInfer<Name>): string | undefined {
  return args.given(flag).at(-1);
}

/** Whether a switch is on. */
export function isOn<Name extends string>(args: Arguments<Name>, name: NoInfer<Name>): boolean {
  return lastOf(args, name) === 'true';
}

interface FoundFlag<Name extends string> {
  readonly flag: Flag<Name>;
  /** Undefined when it is the next word. */
  readonly argument: string | undefined;
}

function longFlag<Name extends string>(flags: readonly Flag<Name>[], word: string): FoundFlag<Name> {
  const equals = word.indexOf('=');
  const name = equals === -1 ? word.slice(2) : word.slice(2, equals);
  const flag = flags.find((known) => known.name === name);
  if (flag === undefined) throw unknownFlag(flags, `--${name}`);
  return { flag, argument: equals === -1 ? undefined : word.slice(equals + 1) };
}

function shortFlag<Name extends string>(flags: readonly Flag<Name>[], word: string): FoundFlag<Name> {
  const flag = flags.find((known) => known.short === word[1]);
  if (flag === undefined) throw unknownFlag(flags, word);
  const attached = word.slice(2);
  if (attached === '') return { flag, argument: undefined };
  return { flag, argument: attached.startsWith('=') ? attached.slice(1) : attached };
}

function unknownFlag(flags: readonly Flag[], word: string): UsageError {
  const known = flags.map(({ name }) => `--${name}`);
  return new UsageError(`unknown flag ${printable(word)}`, suggestion(word, known, 'known flags'));
}

function nextArgument(rest: Iterator<string>, word: string): string {
  const next = rest.next();
  if (next.done === true)
    throw new UsageError(`the flag ${word} needs an argument`, `write ${word} ARGUMENT`);
  return next.value;
}

function checkArgument({ name, argument, choices }: Flag, value: string): void {
  const allowed = argument === undefined ? ['true', 'false'] : choices;
  if (allowed === undefined || allowed.includes(value)) return;
  throw new UsageError(
    `--${name}: expected ${allowed.join(' or ')}, found ${JSON.stringify(printable(value))}`,
    suggestion(value, allowed, 'choose one of'),
  );
}
