import { pino } from 'pino';
import type { Entry } from './entries.ts';

/** Takes the lines of the log, one at a time. */
export type Log = (entry: Entry) => void;

/** A log as a program reads it: one line of JSON for each entry, written at once. */
export function jsonLog(write: (line: string) => void): Log {
  const logger = pino(
    {
      // Of the process nothing is said that its Pod does not say.
      base: null,
      messageKey: 'message',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    { write },
  );
  return ({ level, message, fields }) => logger[level](fields, message);
}
