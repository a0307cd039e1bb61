import { connect } from 'node:net';
import type { Clock } from '../kube/index.ts';

/** What came of an attempt to reach a port. */
export type ProbeResult = 'ok' | 'refused' | 'timeout';

/** One attempt; never throws. Nothing is sent, and the connection ends at once. */
export type TryConnect = (address: string, port: number, milliseconds: number) => Promise<ProbeResult>;

export const tryConnect: TryConnect = (address, port, milliseconds) =>
  new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const end = (result: ProbeResult): void => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(milliseconds, () => end('timeout'));
    socket.once('connect', () => end('ok'));
    socket.once('error', (error) => {
      // Whoever refuses is reached; anything else is no way there.
      end('code' in error && error.code === 'ECONNREFUSED' ? 'refused' : 'timeout');
    });
  });

const ATTEMPTS = 3;
const ATTEMPT_MS = 1_000;
const PAUSE_MS = 200;

/** Three attempts at most, until one succeeds; otherwise what the last one met. */
export async function probe(
  address: string,
  port: number,
  { clock, attempt }: { readonly clock: Clock; readonly attempt: TryConnect },
): Promise<ProbeResult> {
  let result: ProbeResult = 'timeout';
  for (let number = 0; number < ATTEMPTS && result !== 'ok'; number += 1) {
    if (number > 0) await new Promise<void>((resolve) => clock.after(PAUSE_MS, resolve));
    result = await attempt(address, port, ATTEMPT_MS);
  }
  return result;
}
