/** A pattern that texts are held against. */
export interface Pattern {
  readonly test: (text: string) => boolean;
}

/** A pattern that is compiled when it is first asked: most runs ask few of those that there are. */
export function lazyPattern(source: string): Pattern {
  let compiled: RegExp | undefined;
  return {
    test: (text) => {
      compiled ??= new RegExp(source, 'u');
      return compiled.test(text);
    },
  };
}
