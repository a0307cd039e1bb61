import { connect, createServer, type Socket } from 'node:net';

/** A TCP gate in front of a port: everything passes it, unless told otherwise. */
export interface Gate {
  readonly port: number;
  /** Connections that are open. */
  open(): number;
  /** Connections ever made. */
  made(): number;
  /** Resets everything that is open. */
  reset(): void;
  /** Nothing passes any more in either direction, new connections included, and nobody says so; until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Nothing passes over what is open now, for ever, and nobody says so; new connections are as they should be. */
  deaden(): void;
  /** Refuses new connections, and resets those that are open; until `accept`. */
  refuse(): void;
  accept(): void;
  stop(): Promise<void>;
}

export async function startGate(target: number): Promise<Gate> {
  const dead = new WeakSet<Socket>();
  const pairs = new Set<readonly [Socket, Socket]>();
  let made = 0;
  let isFrozen = false;
  let isRefusing = false;
  const server = createServer((from) => {
    if (isRefusing) {
      from.on('error', () => undefined);
      from.resetAndDestroy();
      return;
    }
    made += 1;
    const to = connect(target, '127.0.0.1');
    const pair = [from, to] as const;
    pairs.add(pair);
    for (const [one, other] of [pair, [to, from] as const]) {
      one.on('error', () => undefined);
      one.on('close', () => {
        pairs.delete(pair);
        other.destroy();
      });
      one.on('data', (chunk) => {
        if (!other.write(chunk)) one.pause();
      });
      other.on('drain', () => {
        if (!isFrozen && !dead.has(one)) one.resume();
      });
      one.on('end', () => {
        if (!isFrozen && !dead.has(one)) other.end();
      });
      if (isFrozen) one.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const each = (act: (socket: Socket) => void): void => {
    for (const pair of [...pairs]) for (const socket of pair) act(socket);
  };
  const reset = (): void => each((socket) => socket.resetAndDestroy());
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    open: () => pairs.size,
    made: () => made,
    reset,
    freeze: () => {
      isFrozen = true;
      each((socket) => socket.pause());
    },
    thaw: () => {
      isFrozen = false;
      each((socket) => {
        if (!dead.has(socket)) socket.resume();
      });
    },
    deaden: () =>
      each((socket) => {
        dead.add(socket);
        socket.pause();
      }),
    refuse: () => {
      isRefusing = true;
      reset();
    },
    accept: () => {
      isRefusing = false;
    },
    stop: async () => {
      each((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
