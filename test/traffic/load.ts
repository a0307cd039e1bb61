import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { LoadOrder, LoadReport } from './load-process.ts';

/** A load that goes on until it is ended. */
export interface Load {
  end(): Promise<LoadReport>;
}

/** A name that is asked for by HTTPS at an address, and the cluster that alone may answer. */
export function securely(address: string, host: string, index: number): LoadOrder['targets'][number] {
  return { scheme: 'https', address, host, name: host, who: [`c-${index}`] };
}

/** Starts a load in a process of its own, so that what the test does slows no request. */
export async function startLoad(order: LoadOrder): Promise<Load> {
  const program = join(import.meta.dirname, 'load-process.ts');
  const child = spawn(process.execPath, [program, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const ended = once(child, 'close');
  await once(child.stdout, 'data');
  return {
    end: async () => {
      child.kill('SIGTERM');
      await ended;
      process.removeListener('exit', kill);
      return JSON.parse(text.trim().split('\n').at(-1) ?? '');
    },
  };
}
