import type { Identity } from '../credentials/credentials.ts';
import type { Transport, WireAnswer, WireRequest } from './transport.ts';

/** Makes the connections to a server for who we are. */
export type MakeTransport = (server: string, identity: Identity) => Transport;

/** The connections to one server. They are made again when what TLS shows or trusts changes; a token is no part of that. */
export interface Transports {
  send(identity: Identity, request: WireRequest): Promise<WireAnswer>;
  close(): Promise<void>;
}

interface Held {
  readonly identity: Identity;
  readonly transport: Transport;
}

/** Old connections stay as long as a watch may go on over them: their answers are not broken off. */
export function createTransports(server: string, make: MakeTransport): Transports {
  let current: Held | undefined;
  const old = new Set<Transport>();
  const inFlight = new Map<Transport, number>();
  const count = (transport: Transport, by: 1 | -1): void => {
    const left = (inFlight.get(transport) ?? 0) + by;
    if (left > 0) inFlight.set(transport, left);
    else inFlight.delete(transport);
    if (left === 0 && old.delete(transport)) void transport.close().catch(() => undefined);
  };
  const transportOf = (identity: Identity): Transport => {
    if (current !== undefined && isSameToTls(current.identity, identity)) return current.transport;
    const before = current?.transport;
    current = { identity, transport: make(server, identity) };
    if (before !== undefined) {
      old.add(before);
      count(before, 1);
      count(before, -1);
    }
    return current.transport;
  };
  return {
    send: async (identity, request) => {
      const transport = transportOf(identity);
      count(transport, 1);
      request.signal.addEventListener('abort', () => count(transport, -1), { once: true });
      return await transport.send(request);
    },
    close: async () => {
      const all = [...old, ...(current === undefined ? [] : [current.transport])];
      old.clear();
      current = undefined;
      await Promise.all(all.map((transport) => transport.close().catch(() => undefined)));
    },
  };
}

/** Compared part by part: a text of all of them would hold another copy of each certificate, for each of thousands of servers. */
function isSameToTls(one: Identity, other: Identity): boolean {
  return TLS_PARTS.every((part) => one[part] === other[part]);
}

const TLS_PARTS = [
  'ca',
  'cert',
  'key',
  'serverName',
  'insecure',
] as const satisfies readonly (keyof Identity)[];
