import { type ConnectOptions, connect, type WatchOptions } from '../../../src/kube/connection.ts';
import { success } from '../../../src/kube/failure.ts';
import type { Watch } from '../../../src/kube/watch/watch.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import { type FakeServer, fakeServer } from './fake-server.ts';
import { type Mirror, mirror } from './mirror.ts';

/** A server, a watch of its ConfigMaps, and who hears it. */
export interface Watching {
  readonly clock: FakeClock;
  readonly server: FakeServer;
  readonly seen: Mirror;
  /** Not before it is asked for, so that a test may prepare the server. */
  start(handler?: Partial<Mirror>): Watch;
}

export interface WatchingOptions {
  readonly streamsLists?: boolean;
  readonly watch?: Partial<WatchOptions>;
  readonly limits?: ConnectOptions['limits'];
  readonly random?: () => number;
}

export function watching({
  streamsLists = true,
  watch = {},
  limits,
  random = () => 0.5,
}: WatchingOptions = {}): Watching {
  const clock = fakeClock();
  const server = fakeServer(clock, { streamsLists });
  const seen = mirror(server.store);
  const kube = connect(
    { server: 'https://fake', identity: async () => success({}) },
    { clock, random, makeTransport: () => server.transport, ...(limits === undefined ? {} : { limits }) },
  );
  const resource = { group: '', version: 'v1', plural: 'configmaps' };
  return {
    clock,
    server,
    seen,
    start: (handler = {}) => kube.watch({ resource, ...watch }, { ...seen, ...handler }),
  };
}
