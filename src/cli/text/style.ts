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

/** The style of a stream: colours on a terminal only, and not where NO_COLOR is set (https://no-color.org). */
export function styleOf(descriptor: 1 | 2): Style {
  const { NO_COLOR = '', TERM } = process.env;
  return NO_COLOR === '' && TERM !== 'dumb' && isTerminal(descriptor) ? colourStyle : plainStyle;
}

/** Loading node:tty takes longer than most commands, so what cannot be a terminal is told apart before. */
function isTerminal(descriptor: 1 | 2): boolean {
  if (!fstatSync(descriptor).isCharacterDevice()) return false;
  return process.getBuiltinModule('node:tty').isatty(descriptor);
}
