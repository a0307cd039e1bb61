import { spawn } from 'node:child_process';
import type { Clock } from '../../kube/index.ts';

export interface MonitorOptions {
  readonly program: string;
  readonly clock: Clock;
  /** Something of routes, links or addresses has changed. */
  readonly onHint: () => void;
}

/** `ip monitor` as a hint that a round is worth while: a round reads everything itself, and comes without any hint too. */
export interface Monitor {
  stop(): void;
}

const AGAIN_MS = 30_000;

export function startMonitor({ program, clock, onHint }: MonitorOptions): Monitor {
  let isStopped = false;
  let end: () => void = () => undefined;
  const start = (): void => {
    const { PATH = '' } = process.env;
    const child = spawn(program, ['monitor', 'link', 'address', 'route'], {
      env: { PATH, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    child.stdout.on('data', () => {
      if (!isStopped) onHint();
    });
    // Whatever ends it: rounds go on without it, and it is tried again.
    child.on('error', () => undefined);
    child.on('close', () => {
      if (isStopped) return;
      const cancel = clock.after(AGAIN_MS, start);
      end = cancel;
    });
    end = () => {
      child.kill('SIGKILL');
      child.stdout.destroy();
    };
  };
  start();
  return {
    stop: () => {
      isStopped = true;
      end();
    },
  };
}
