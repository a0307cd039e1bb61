import { type ChildProcess, spawn } from 'node:child_process';
import type { Clock } from '../../kube/index.ts';

/** What `ip` said. */
export type IpAnswer =
  | { readonly kind: 'ended'; readonly code: number; readonly stdout: string; readonly stderr: string }
  /** It took longer than allowed, and was killed. */
  | { readonly kind: 'hung' }
  /** It said more than is taken, and was killed. */
  | { readonly kind: 'tooLong' }
  /** It could not be started. */
  | { readonly kind: 'missing'; readonly found: string };

export interface IpCall {
  readonly args: readonly string[];
  /** Text for its standard input. */
  readonly input?: string;
}

/** Runs `ip`, one at a time and in turn. Never throws. */
export type RunIp = (call: IpCall) => Promise<IpAnswer>;

export interface IpRunnerOptions {
  /** A path, or a name that is looked up in PATH. */
  readonly program: string;
  readonly timeoutMs: number;
  readonly clock: Clock;
}

const MAX_BYTES = 8 * 1024 * 1024;

/**
 * By arguments only, never through a shell. One that was killed and has not ended yet holds up the next: two of them at once
 * could write at once.
 */
export function ipRunner({ program, timeoutMs, clock }: IpRunnerOptions): RunIp {
  let turn: Promise<unknown> = Promise.resolve();
  let lingering: ChildProcess | undefined;

  const run = ({ args, input = '' }: IpCall): Promise<IpAnswer> =>
    new Promise((resolve) => {
      if (lingering !== undefined && !hasEnded(lingering)) return resolve({ kind: 'hung' });
      const { PATH = '' } = process.env;
      const child = spawn(program, args, { env: { PATH, LC_ALL: 'C' }, stdio: 'pipe' });
      const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
      let bytes = 0;
      const end = (answer: IpAnswer): void => {
        cancel();
        resolve(answer);
      };
      const kill = (kind: 'hung' | 'tooLong'): void => {
        lingering = child;
        child.kill('SIGKILL');
        // Whoever inherited its pipes may hold them for ever.
        for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
        end({ kind });
      };
      const cancel = clock.after(timeoutMs, () => kill('hung'));
      const read = (name: 'stdout' | 'stderr') => (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MAX_BYTES) kill('tooLong');
        else output[name].push(chunk);
      };
      child.stdout.on('data', read('stdout'));
      child.stderr.on('data', read('stderr'));
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
      child.on('error', (error) => {
        end({ kind: 'missing', found: 'code' in error ? String(error.code) : error.message });
      });
      child.on('close', (code) =>
        end({
          kind: 'ended',
          code: code ?? -1,
          stdout: Buffer.concat(output.stdout).toString(),
          stderr: Buffer.concat(output.stderr).toString(),
        }),
      );
    });
  return (call) => {
    const answer = turn.then(() => run(call));
    turn = answer;
    return answer;
  };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
