/** A function of the program: its name as far as it says what it gives, and its statements. */
interface Written {
  readonly name: string;
  readonly text: string;
}

/** The JavaScript that is being written: functions, and the tables that they look into. */
export interface Program {
  /** The number of a path of the values. */
  readonly pathOf: (path: readonly string[]) => number;
  /** The number of a pattern. */
  readonly patternOf: (pattern: string) => number;
  /**
   * The name of the function for a part of a definition, written when it is first asked for.
   *
   * @param make writes it; it gets the number of the place in the memory that is its own.
   */
  readonly once: (part: object, make: (slot: number) => Written) => string;
  /** Another name for a variable. */
  readonly variable: () => string;
  /** All that has been written. */
  readonly text: () => string;
}

/** A program without functions. */
export function emptyProgram(): Program {
  const paths = numbered();
  const patterns = numbered();
  const names = new Map<object, string>();
  const functions: string[] = [];
  let variables = 0;
  return {
    pathOf: (path) => paths.numberOf(JSON.stringify(path)),
    patternOf: (pattern) => patterns.numberOf(JSON.stringify(pattern)),
    once: (part, make) => {
      const known = names.get(part);
      if (known !== undefined) return known;
      const slot = names.size;
      // Before it is written, so that those it needs get other places.
      names.set(part, '');
      const { name, text } = make(slot);
      const full = `${name.replace(/\W/g, '_')}_${slot}`;
      names.set(part, full);
      functions.push(`function ${full}(c) {\n${text}\n}\n`);
      return full;
    },
    variable: () => `x${variables++}`,
    text: () =>
      `const PATHS = [${paths.all().join(', ')}];\nconst PATTERNS = [${patterns.all().join(', ')}];\n${functions.join('')}`,
  };
}

function numbered() {
  const numbers = new Map<string, number>();
  return {
    numberOf: (text: string): number => {
      const number = numbers.get(text) ?? numbers.size;
      numbers.set(text, number);
      return number;
    },
    all: () => [...numbers.keys()],
  };
}
