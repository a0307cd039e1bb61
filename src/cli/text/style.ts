import { fstatSync } from 'node:fs';

/** How parts of a message look; the plain style changes nothing. */
export interface Style {
  readonly strong: Paint;
  readonly faint: Paint;
  readonly error: Paint;
  readonly warning: Paint;
  readonly good: Paint;
}

type Paint = (text: string) => string;

const same: Paint = (text) => text;

/** Without colours: for files, pipes and tests. */
export const plainStyle: Style = { strong: same, faint: same, error: same, warning: same, good: same };

/** With colours: for terminals. */
export const colourStyle: Style = {
  strong: paint(1, 22),
  faint: paint(2, 22),
  error: paint(31, 39),
  warning: paint(33, 39),
  good: paint(32, 39),
};

function paint(on: number, off: number): Paint {
  return (text) => (text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`);
}

/**
 * The style of a stream. NO_COLOR comes before the variables that force colours; where nothing is said there are colours on
 * a terminal only.
 *
 * Source: https://no-color.org, https://force-color.org, https://bixense.com/clicolors
 */
export function styleOf(descriptor: 1 | 2): Style {
  const { NO_COLOR = '', FORCE_COLOR = '', CLICOLOR, CLICOLOR_FORCE = '', TERM } = process.env;
  if (NO_COLOR !== '' || FORCE_COLOR === '0') return plainStyle;
  if (FORCE_COLOR !== '' || !['', '0'].includes(CLICOLOR_FORCE)) return colourStyle;
  return CLICOLOR !== '0' && TERM !== 'dumb' && isTerminal(descriptor) ? colourStyle : plainStyle;
}

/** What `--color` takes. */
export const COLOUR_CHOICES = ['auto', 'always', 'never'] as const;

/** Says for this process what `--color` says: a flag comes before the variables. */
export function useColours(choice: string): void {
  for (const name of ['NO_COLOR', 'FORCE_COLOR', 'CLICOLOR', 'CLICOLOR_FORCE']) delete process.env[name];
  if (choice === 'always') process.env.FORCE_COLOR = '1';
  if (choice === 'never') process.env.NO_COLOR = '1';
}

/** Loading node:tty takes longer than most commands, so what cannot be a terminal is told apart before. */
function isTerminal(descriptor: 1 | 2): boolean {
  if (!fstatSync(descriptor).isCharacterDevice()) return false;
  return process.getBuiltinModule('node:tty').isatty(descriptor);
}
