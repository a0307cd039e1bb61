import type { Identity } from '../credentials/credentials.ts';
import { dial, type TransportTimes, targetOf } from './dial.ts';
import { http1Line } from './http1-line.ts';
import { http2Line } from './http2-line.ts';
import { type Line, NotSent, type Transport } from './transport.ts';

const TIMES: TransportTimes = { connectMs: 10_000, pingMs: 15_000 };

/**
 * One line to a server over TLS, HTTP/2 where it is spoken; a new one when that has gone. Redirects are answers like any
 * other. A request is sent once: it is sent again only when nothing of it can have been done.
 */
export function nodeTransport(server: string, identity: Identity, times = TIMES): Transport {
  const target = targetOf(server, identity);
  const lines = new Set<Line>();
  let current: Promise<Line> | undefined;
  let isClosed = false;

  const open = async (): Promise<Line> => {
    const socket = await dial(target, times);
    if (isClosed) {
      socket.destroy();
      throw new NotSent();
    }
    const isNew = socket.alpnProtocol === 'h2';
    if (!isNew) socket.destroy();
    const line = isNew ? http2Line(server, socket, times) : http1Line(target);
    for (const old of [...lines].filter((each) => !each.isOpen())) lines.delete(old);
    lines.add(line);
    return line;
  };
  /** Requests that begin together share the line that the first one opens. */
  const lineNow = async (): Promise<Line> => {
    const held = current;
    const line = await held?.catch(() => undefined);
    if (line?.isOpen() === true) return line;
    if (current === held) current = open();
    return await (current ?? open());
  };

  return {
    send: async (request) => {
      const line = await lineNow();
      if (request.signal.aborted) throw new NotSent();
      try {
        return await line.send(request);
      } catch (error) {
        if (!(error instanceof NotSent)) throw error;
        return await (await lineNow()).send(request);
      }
    },
    close: async () => {
      isClosed = true;
      for (const line of lines) line.close();
      lines.clear();
    },
  };
}
