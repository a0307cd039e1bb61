import { UsageError } from '../usage.ts';

/** Flags of commands that keep running. */

/** Where metrics and health are answered. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** @throws UsageError naming `--metrics-address`. */
export function listenAddressOf(text: string | undefined): ListenAddress | undefined {
  if (text === undefined) return undefined;
  const [, host = '', port = ''] = /^(\[[0-9a-fA-F:.]+\]|[^:[\]]*):(\d{1,5})$/.exec(text) ?? [];
  if (port !== '' && Number(port) <= 65_535) {
    return { host: host === '' ? '::' : host.replace(/^\[|\]$/g, ''), port: Number(port) };
  }
  throw new UsageError(
    `--metrics-address: expected HOST:PORT, found ${JSON.stringify(text)}`,
    'write --metrics-address 127.0.0.1:8080',
  );
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/**
 * Milliseconds.
 *
 * @throws UsageError naming `--timeout`.
 */
export function durationOf(text: string): number {
  const [, number, unit = ''] = /^(\d{1,9})(ms|s|m|h)$/.exec(text) ?? [];
  const factor = UNITS[unit];
  if (number !== undefined && factor !== undefined) return Number(number) * factor;
  throw new UsageError(
    `--timeout: expected a duration such as 60s, found ${JSON.stringify(text)}`,
    'write a number with ms, s, m or h',
  );
}

/** The format that is given, or that which fits whoever reads. */
export function logFormatOf(given: string | undefined): 'json' | 'text' {
  if (given === 'json' || given === 'text') return given;
  return process.stderr.isTTY ? 'text' : 'json';
}
