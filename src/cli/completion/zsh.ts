import type { Flag } from '../input/arguments.ts';
import { type Described, type Expected, expectedBy, expectedWord, quoted, spellings } from './described.ts';

/** A completion script for zsh. */
export function zshCompletion(program: string, commands: readonly Described[]): string {
  const name = `_${program.replaceAll('-', '_')}`;
  return `#compdef ${program}
# Completion of ${program} for zsh: a file _${program} in a folder of $fpath, or source <(${program} completion zsh)
${name}() {
  local -a commands
  commands=(
${commands.map((one) => `    ${quoted(`${one.name}:${one.summary.replaceAll(':', '\\:')}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=\${words[2]}
  shift words
  (( CURRENT-- ))
  case $command in
${commands.map(commandCase).join('\n')}
  esac
}
if [ "$funcstack[1]" = ${name} ]; then ${name} "$@"; else compdef ${name} ${program}; fi
`;
}

function commandCase(command: Described): string {
  const lines = [
    ...command.flags.flatMap(flagLines),
    quoted('--help[what the command does]'),
    quoted(`*:word:${action(expectedWord(command))}`),
  ];
  return `    ${command.name})\n      _arguments -s \\\n${lines.map((line) => `        ${line}`).join(' \\\n')}\n      ;;`;
}

function flagLines(flag: Flag): readonly string[] {
  const what = `[${escaped(flag.description)}]`;
  const takes = flag.argument === undefined ? '' : `:${escaped(flag.argument)}:${action(expectedBy(flag))}`;
  return spellings(flag).map((spelling) => quoted(`*${spelling}${what}${takes}`));
}

function action(expected: Expected): string {
  switch (expected.kind) {
    case 'choices':
      return `(${expected.choices.join(' ')})`;
    case 'file':
      return '_files';
    case 'anything':
      return ' ';
  }
}

function escaped(text: string): string {
  return text.replace(/[\\[\]:]/g, '\\$&');
}
