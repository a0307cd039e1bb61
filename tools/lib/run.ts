import { spawn } from 'node:child_process';

/** A command that failed; the message has its last lines, ready to be shown. */
export class CommandError extends Error {}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Ends the command when aborted. */
  readonly signal?: AbortSignal;
}

/** Runs a command to its end and gives its standard output; throws CommandError when it fails. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text) => {
      stdout += text;
    });
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(stdout);
      else {
        const last = (stderr || stdout).trim().split('\n').slice(-15).join('\n');
        reject(new CommandError(`${command} ${args[0] ?? ''} failed (exit code ${code}):\n${last}`));
      }
    });
  });
}
