import { UsageError } from '../usage.ts';
import { type Arguments, type Flag, isOn, lastOf } from './arguments.ts';

/** Flags of commands that talk to the host cluster. */

export const KUBECONFIG = {
  name: 'kubeconfig',
  argument: 'FILE',
  description: 'kubeconfig of the host cluster; that of the Pod, $KUBECONFIG or ~/.kube/config unless given',
} as const satisfies Flag;

export const PERMISSIONS = {
  name: 'permissions',
  description: 'print the Roles that this command needs, and do nothing else',
} as const satisfies Flag;

export const ONCE_TIMEOUT = {
  name: 'timeout',
  argument: 'DURATION',
  description: 'how long --once tries: 60s unless given, or 500ms, 5m',
} as const satisfies Flag;

/** What every command that keeps running is told, checked. */
export interface ProcessFlags {
  readonly kubeconfig?: string;
  /** Where metrics and health are answered; nowhere unless given. */
  readonly metricsAddress?: ListenAddress;
  readonly once: boolean;
  readonly timeoutMs: number;
  readonly dryRun: boolean;
  readonly logFormat: 'json' | 'text';
}

type ProcessFlagName = 'kubeconfig' | 'metrics-address' | 'once' | 'timeout' | 'dry-run' | 'log-format';

/** @throws UsageError naming the flag. */
export function processFlagsOf(args: Arguments<ProcessFlagName>): ProcessFlags {
  const metricsAddress = listenAddressOf(lastOf(args, 'metrics-address'));
  const dryRun = isOn(args, 'dry-run');
  return {
    ...kubeconfigOf(args),
    ...(metricsAddress === undefined ? {} : { metricsAddress }),
    // What is only shown is shown once.
    once: isOn(args, 'once') || dryRun,
    timeoutMs: timeoutOf(args),
    dryRun,
    logFormat: logFormatOf(lastOf(args, 'log-format')),
  };
}

export function kubeconfigOf(args: Arguments<'kubeconfig'>): Pick<ProcessFlags, 'kubeconfig'> {
  const kubeconfig = lastOf(args, 'kubeconfig');
  return kubeconfig === undefined ? {} : { kubeconfig };
}

/** @throws UsageError naming `--timeout`. */
export function timeoutOf(args: Arguments<'timeout'>): number {
  return durationOf(lastOf(args, 'timeout') ?? '60s');
}

/** Where metrics and health are answered. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** @throws UsageError naming `--metrics-address`. */
function listenAddressOf(text: string | undefined): ListenAddress | undefined {
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
function durationOf(text: string): number {
  const [, number, unit = ''] = /^(\d{1,9})(ms|s|m|h)$/.exec(text) ?? [];
  const factor = UNITS[unit];
  if (number !== undefined && factor !== undefined) return Number(number) * factor;
  throw new UsageError(
    `--timeout: expected a duration such as 60s, found ${JSON.stringify(text)}`,
    'write a number with ms, s, m or h',
  );
}

/** The format that is given, or that which fits whoever reads. */
function logFormatOf(given: string | undefined): 'json' | 'text' {
  if (given === 'json' || given === 'text') return given;
  return process.stderr.isTTY ? 'text' : 'json';
}
