import { type Described, type Expected, expectedBy, expectedWord, quoted, spellings } from './described.ts';

/** A completion script for bash 3.2 and newer. */
export function bashCompletion(program: string, commands: readonly Described[]): string {
  const name = `_${program.replaceAll('-', '_')}`;
  return `# Completion of ${program} for bash: source <(${program} completion bash)
${name}() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" flags='' IFS=$' \\t\\n'
  COMPREPLY=()
  if [ "$cur" = '=' ]; then cur=''; elif [ "$prev" = '=' ]; then prev="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W ${quoted([...commands.map((one) => one.name), '--help', '--version'].join(' '))} -- "$cur"))
    return
  fi
  case "\${COMP_WORDS[1]} $prev" in
${commands.flatMap(argumentCases).join('\n')}
  esac
  case "\${COMP_WORDS[1]}" in
${commands.map(flagCase).join('\n')}
  esac
  case "$cur" in
    -*) COMPREPLY=($(compgen -W "$flags" -- "$cur")) ;;
    *)
      case "\${COMP_WORDS[1]}" in
${commands.map(wordCase).join('\n')}
      esac
      ;;
  esac
}
${name}_files() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -f -- "$1"))
  compopt -o filenames 2>/dev/null
}
complete -F ${name} ${program}
`.replaceAll('FILES "$cur"', `${name}_files "$cur"`);
}

function argumentCases({ name, flags }: Described): readonly string[] {
  return flags
    .filter(({ argument }) => argument !== undefined)
    .map((flag) => {
      const words = spellings(flag).map((spelling) => `'${name} ${spelling}'`);
      return `    ${words.join(' | ')}) ${replies(expectedBy(flag))}return ;;`;
    });
}

/** What is offered; the name of the function for files is put in when all is written. */
function replies(expected: Expected): string {
  switch (expected.kind) {
    case 'choices':
      return `COMPREPLY=($(compgen -W ${quoted(expected.choices.join(' '))} -- "$cur")); `;
    case 'file':
      return 'FILES "$cur"; ';
    case 'anything':
      return '';
  }
}

function flagCase({ name, flags }: Described): string {
  return `    ${name}) flags=${quoted([...flags.flatMap(spellings), '--help'].join(' '))} ;;`;
}

function wordCase(command: Described): string {
  return `        ${command.name}) ${replies(expectedWord(command))}: ;;`;
}
