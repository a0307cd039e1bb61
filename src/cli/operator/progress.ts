import { printable } from '../text/printable.ts';

/** A line on a terminal that says how far it is; nothing where there is none. */
export interface ProgressLine {
  show(text: string): void;
  end(): void;
}

const CLEAR = '\r\u001b[K';

export function progressLine(stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>): ProgressLine {
  if (!stream.isTTY) return { show: () => undefined, end: () => undefined };
  return {
    show: (text) => {
      stream.write(`${CLEAR}${printable(text).slice(0, Math.max(0, stream.columns - 1))}`);
    },
    end: () => {
      stream.write(CLEAR);
    },
  };
}
