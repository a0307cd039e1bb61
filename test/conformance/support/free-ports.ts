import { createServer, type Server } from 'node:net';

/**
 * Below what the kernel gives to connections that go out: such a port is not taken by somebody else's connection while the
 * server that has it is being started again.
 */
const LOWEST = 10_000;
const HIGHEST = 32_000;

/** Three ports that nobody listens on; held together, so that they differ. */
export async function freePorts(): Promise<readonly [number, number, number]> {
  const held = [await holdPort(), await holdPort(), await holdPort()] as const;
  await Promise.all(held.map(({ server }) => new Promise((resolve) => server.close(resolve))));
  return [held[0].port, held[1].port, held[2].port];
}

async function holdPort(): Promise<{ readonly port: number; readonly server: Server }> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    const server = createServer();
    const isHeld = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (isHeld) return { port, server };
  }
}
