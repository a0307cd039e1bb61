import type { Readable } from 'node:stream';

/**
 * The chunks of a stream of HTTP/2, as long as it has any; an error when it breaks. Node's own iterator takes one that the
 * server has closed for broken, although all of its answer is there and only waits to be read (seen in 24.21): an answer that
 * comes in one piece would be a failure now and then.
 */
export async function* streamBody(stream: Readable): AsyncGenerator<Uint8Array, void, undefined> {
  const state = watchEnd(stream);
  for (;;) {
    const chunk: unknown = stream.destroyed ? null : stream.read();
    if (chunk instanceof Uint8Array) yield chunk;
    else if (state.error() !== undefined) throw state.error();
    else if (state.hasEnded()) return;
    else await state.next();
  }
}

interface EndWatch {
  hasEnded(): boolean;
  error(): Error | undefined;
  /** Resolves when there is something to be read, or nothing more ever. */
  next(): Promise<void>;
}

function watchEnd(stream: Readable): EndWatch {
  let hasEnded = stream.readableEnded;
  let broken: Error | undefined;
  let wake = (): void => undefined;
  const breaks = (error: Error): void => {
    if (!hasEnded) broken ??= error;
    wake();
  };
  const closed = (): Error => Object.assign(new Error('closed'), { code: 'ECONNRESET' });
  stream.on('readable', () => wake());
  stream.on('end', () => {
    hasEnded = true;
    wake();
  });
  stream.on('error', breaks);
  stream.on('close', () => breaks(closed()));
  if (stream.destroyed) breaks(stream.errored ?? closed());
  return {
    hasEnded: () => hasEnded,
    error: () => broken,
    next: () =>
      new Promise((resolve) => {
        wake = resolve;
      }),
  };
}
