import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

import { findProgram } from '../../../tools/lib/find-program.ts';

/** What a program that has ended said. */
export interface ProgramResult {
  /** Exit code; -1 when it was ended by a signal, such as after its time limit. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  /** The whole environment of the program (nothing is inherited). */
  readonly env: Readonly<Record<string, string>>;
  /** Text for its standard input, which is empty otherwise. */
  readonly input?: string;
  readonly cwd?: string;
  /** Milliseconds after which it is ended; 60,000 unless given. */
  readonly timeout?: number;
}

/** Runs a program to its end; a failing program is a result, not an exception. */
export function runProgram(
  path: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, {
      cwd: options.cwd,
      env: { ...options.env },
      stdio: 'pipe',
      timeout: options.timeout ?? 60_000,
      killSignal: 'SIGKILL',
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.stdin.on('error', () => {}); // it may end without reading its input
    child.stdin.end(options.input ?? '');
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({
        code: code ?? -1,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      }),
    );
  });
}

/** A program that keeps running. */
export interface RunningProgram {
  readonly pid: number;
  /** Says how it ended, as soon as it has; undefined while it runs. */
  ended(): string | undefined;
  /** Ends it at once, by its id, and waits until it is gone. */
  stop(): Promise<void>;
}

/** Starts a program whose output goes to `logFile`. It ends with this process, however that ends. */
export function startProgram(path: string, args: readonly string[], logFile: string): RunningProgram {
  // setpriv (util-linux) lets the kernel end the program when its parent is killed; elsewhere `exit` below must do.
  const setpriv = process.platform === 'linux' ? findProgram('setpriv') : undefined;
  const command =
    setpriv === undefined ? [path, ...args] : [setpriv, '--pdeathsig', 'KILL', '--', path, ...args];
  const log = openSync(logFile, 'a');
  const child = spawn(command[0] ?? path, command.slice(1), { stdio: ['ignore', log, log] });
  closeSync(log);

  let end: string | undefined;
  const gone = new Promise<void>((resolve) => {
    child.on('error', (error) => {
      end = error.message;
      resolve();
    });
    child.on('exit', (code, signal) => {
      end = signal === null ? `exit code ${code}` : `signal ${signal}`;
      resolve();
    });
  });
  const kill = () => killAtOnce(child);
  process.once('exit', kill);
  return {
    pid: child.pid ?? -1,
    ended: () => end,
    stop: async () => {
      kill();
      await gone;
      process.removeListener('exit', kill);
    },
  };
}

function killAtOnce(child: ChildProcess): void {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
}
