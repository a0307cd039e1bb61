import { nearest } from '../text/nearest.ts';

/** The command line cannot be understood. Caught where commands are run; ends with exit code 2. */
export class UsageError extends Error {
  /** What to do. */
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/** "did you mean ...?" when a known word is near, else the list of known words. */
export function suggestion(word: string, known: readonly string[], what: string): string {
  const near = nearest(word, known);
  return near === undefined ? `${what}: ${known.join(', ')}` : `did you mean ${near}?`;
}
