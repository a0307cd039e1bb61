import type { ControllerState } from '../../controller/index.ts';
import { progressText } from './progress.ts';

/** The lines of the log, and on a terminal one line below them that says how far it is. */
export interface Screen {
  /** Whether there is a terminal. */
  readonly isShown: boolean;
  write(text: string): void;
  show(state: ControllerState, writes: number): void;
  end(): void;
}

const CLEAR = '\r\u001b[K';

export function startScreen(stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>): Screen {
  if (!stream.isTTY) {
    return {
      isShown: false,
      write: (text) => void (text !== '' && stream.write(text)),
      show: () => undefined,
      end: () => undefined,
    };
  }
  let line = '';
  const draw = (): void => {
    stream.write(`${CLEAR}${line.slice(0, Math.max(0, stream.columns - 1))}`);
  };
  return {
    isShown: true,
    write: (text) => {
      if (text === '') return;
      stream.write(`${CLEAR}${text}`);
      draw();
    },
    show: (state, writes) => {
      line = progressText(state, writes);
      draw();
    },
    end: () => {
      draw();
      if (line !== '') stream.write('\n');
    },
  };
}
