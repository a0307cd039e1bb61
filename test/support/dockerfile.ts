/** One instruction of a Dockerfile, as far as ours uses them. */
export interface Instruction {
  readonly keyword: string;
  /** Flags, as `--from=build`. */
  readonly flags: readonly string[];
  /** The rest of the line as it is written. */
  readonly text: string;
}

export interface Stage {
  readonly image: string;
  readonly name: string | undefined;
  readonly steps: readonly Instruction[];
}

/** The stages of a Dockerfile. Comments and broken lines are read as the reference of Dockerfiles says. */
export function readDockerfile(text: string): readonly Stage[] {
  const lines = text
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const stages: { image: string; name: string | undefined; steps: Instruction[] }[] = [];
  for (const instruction of lines.map(readInstruction)) {
    if (instruction.keyword === 'FROM') {
      const [image = '', , name] = instruction.text.split(/\s+/);
      stages.push({ image, name, steps: [] });
    } else {
      const stage = stages.at(-1);
      if (stage === undefined) throw new Error(`${instruction.keyword} before the first FROM`);
      stage.steps.push(instruction);
    }
  }
  return stages;
}

function readInstruction(line: string): Instruction {
  const [keyword = '', ...words] = line.trim().split(/\s+/);
  const flags = words.slice(
    0,
    words.findIndex((word) => !word.startsWith('--')),
  );
  return { keyword, flags, text: words.slice(flags.length).join(' ') };
}

/** The value of a flag of an instruction. */
export function flagOf({ flags }: Instruction, name: string): string | undefined {
  return flags.find((flag) => flag.startsWith(`--${name}=`))?.slice(name.length + 3);
}
