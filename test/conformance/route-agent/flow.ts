import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import type { Lab, Namespace } from './namespaces.ts';

/** The program that serves and connects; see there. */
export const TRAFFIC = join(import.meta.dirname, 'traffic.ts');
export const PORT = '8080';

/** Connections that are tried one after another. */
export interface Flow {
  /** Waits for so many more attempts. */
  more(count: number): Promise<void>;
  /** Ends it, and says what came of the attempts. */
  end(): Promise<{ readonly ok: number; readonly failed: readonly string[] }>;
}

/** IPv4 packets that a network got so far; of the router of the default route, what has leaked. */
export async function packetsInto(namespace: Namespace): Promise<number> {
  const { stdout } = await namespace.run(['cat', '/proc/net/snmp']);
  const [names = '', values = ''] = stdout.split('\n').filter((line) => line.startsWith('Ip:'));
  return Number(values.split(' ')[names.split(' ').indexOf('InReceives')]);
}

/** Connects from a network to a Pod all the time, until told to end. */
export async function startFlow(lab: Lab, from: Namespace, pod: string): Promise<Flow> {
  const log = join(lab.folder, `flow-${Math.random()}.log`);
  const words = [process.execPath, TRAFFIC, 'again', pod, PORT, '30000'];
  const program = from.start(['sh', '-c', `exec ${words.join(' ')} >${log}`]);
  const linesOf = (): readonly string[] => readFileSync(log, 'utf8').split('\n').filter(Boolean);
  const until = (count: number): Promise<void> =>
    // However slow the machine is.
    vi.waitFor(() => expect(linesOf().length).toBeGreaterThanOrEqual(count), {
      timeout: 120_000,
      interval: 50,
    });
  await until(1);
  return {
    more: (count) => until(linesOf().length + count),
    end: async () => {
      await program.stop();
      const lines = linesOf();
      return {
        ok: lines.filter((line) => line === 'ok').length,
        failed: lines.filter((line) => line !== 'ok'),
      };
    },
  };
}
