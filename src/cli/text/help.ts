import type { Command } from '../command.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import type { Flag } from '../input/arguments.ts';
import { wrapped } from './wrap.ts';

export const PROGRAM = 'kubebyon-gateway';

/** The help text of the program. */
export function programHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const list = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  const codes = Object.entries(EXIT_CODES).map(([code, meaning]) => `  ${code.padStart(2)}  ${meaning}`);
  return `${PROGRAM} checks values of the KubeBYON charts, renders their manifests, and explains them.

Usage: ${PROGRAM} COMMAND [ARGUMENTS] [FLAGS]

Commands:
${list.join('\n')}

${PROGRAM} COMMAND --help   what a command does, its flags and an example
${PROGRAM} --version        the version of this program

Exit codes:
${codes.join('\n')}
`;
}

/** The help text of a command. */
export function commandHelp({ name, summary, words, flags, details, example }: Command): string {
  const parts = [
    `${summary}`,
    `Usage: ${[PROGRAM, name, ...words, ...(flags.length === 0 ? [] : ['[FLAGS]'])].join(' ')}`,
    ...details.map((detail) => wrapped(detail, '')),
    ...(flags.length === 0 ? [] : [`Flags:\n${flags.map(flagHelp).join('\n')}`]),
    `Example:\n  ${PROGRAM} ${example}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

const FLAG_WIDTH = 28;

function flagHelp({ name, short, argument, description }: Flag): string {
  const names = `${short === undefined ? '    ' : `-${short}, `}--${name}${argument === undefined ? '' : ` ${argument}`}`;
  return wrapped(`  ${names.padEnd(FLAG_WIDTH)}  ${description}`, ' '.repeat(FLAG_WIDTH + 4));
}
