import type { Clock } from '../../../src/kube/clock.ts';
import type { Transport, WireAnswer, WireRequest } from '../../../src/kube/requests/transport.ts';
import { type Channel, channel } from './channel.ts';
import { type FakeEvent, type FakeStore, fakeStore } from './fake-store.ts';

/** What goes wrong: with the next request that it fits, or with the next event of every open watch. */
export type Fault =
  | { readonly on: 'request'; readonly kind: 'status'; readonly code: number; readonly retryAfter?: number }
  | { readonly on: 'request'; readonly kind: 'refuse' | 'hang' }
  | {
      readonly on: 'event';
      readonly kind: 'cutAndEnd' | 'cutAndReset' | 'garble' | 'twice' | 'stale' | 'lose';
    };

/** An API server that lives in this process. */
export interface FakeServer {
  readonly store: FakeStore;
  readonly transport: Transport;
  /** What was asked, such as `listStream`, `watch@107`, `page`, `page+`, `newest`. */
  readonly asked: string[];
  fail(...faults: readonly Fault[]): void;
  /** Resets every open answer, as when it is killed. */
  restart(): void;
  /** Ends every open answer as it should end. */
  endWatches(): void;
  /** Nothing is sent any more on what is open, and nobody says so. */
  freeze(): void;
  open(): number;
}

export function fakeServer(clock: Clock, { streamsLists }: { readonly streamsLists: boolean }): FakeServer {
  const store = fakeStore();
  const asked: string[] = [];
  const faults: Fault[] = [];
  const watches = new Set<{ readonly to: Channel; isFrozen: boolean }>();
  let open = 0;
  let stale: FakeEvent | undefined;

  store.onEvent((event) => {
    const at = faults.findIndex(({ on }) => on === 'event');
    const [fault] = at < 0 || watches.size === 0 ? [] : faults.splice(at, 1);
    for (const { to, isFrozen } of watches) {
      if (!isFrozen) send(to, event, fault?.on === 'event' ? fault.kind : undefined, stale);
    }
    stale = event;
  });

  const answer = (
    signal: AbortSignal,
    status = 200,
    headers = {},
  ): { readonly to: Channel; readonly wire: WireAnswer } => {
    open += 1;
    const to = channel(signal, () => {
      open -= 1;
    });
    return { to, wire: { status, headers, body: to.body } };
  };
  const refuse = (signal: AbortSignal, code: number, reason: string, headers = {}): WireAnswer => {
    const { to, wire } = answer(signal, code, headers);
    to.write(JSON.stringify({ kind: 'Status', code, reason, message: `fake ${reason}` }));
    to.end();
    return wire;
  };

  const watch = (query: URLSearchParams, signal: AbortSignal): WireAnswer => {
    const isList = query.get('sendInitialEvents') === 'true';
    if (isList && !streamsLists) return refuse(signal, 422, 'Invalid');
    const { to, wire } = answer(signal);
    const from = Number(query.get('resourceVersion') ?? store.version());
    const missed = isList
      ? store.objects().map((object) => ({ type: 'ADDED', object }) as const)
      : store.since(from);
    if (missed === undefined) {
      to.write(
        `${JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } })}\n`,
      );
      to.end();
      return wire;
    }
    for (const event of missed) send(to, event, undefined, undefined);
    if (isList) to.write(`${JSON.stringify(endOfList(store.version()))}\n`);
    // As the API server: events up to the version asked for are not sent, even when that is in the future.
    const hearer = { to, isFrozen: !isList && from > store.version() };
    watches.add(hearer);
    const cancel = clock.after(Number(query.get('timeoutSeconds')) * 1000, () => to.end());
    signal.addEventListener('abort', () => {
      cancel();
      watches.delete(hearer);
    });
    return wire;
  };

  const list = (query: URLSearchParams, signal: AbortSignal): WireAnswer => {
    const [version = String(store.version()), after = ''] = query.get('continue')?.split(':') ?? [];
    if (store.since(Number(version)) === undefined) return refuse(signal, 410, 'Expired');
    // A page is of the version of the first; this fake lists what is there now, which is allowed only while that is the same.
    if (query.has('continue') && Number(version) !== store.version()) return refuse(signal, 410, 'Expired');
    const rest = store.objects().filter(({ metadata }) => metadata.name > after);
    const items = rest.slice(0, Math.min(Number(query.get('limit')), 3));
    const token = items.length < rest.length ? { continue: `${version}:${items.at(-1)?.metadata.name}` } : {};
    const { to, wire } = answer(signal);
    to.write(
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'ConfigMapList',
        metadata: { resourceVersion: version, ...token },
        items,
      }),
    );
    to.end();
    return wire;
  };

  return {
    store,
    asked,
    fail: (...more) => faults.push(...more),
    restart: () => {
      for (const { to } of watches) to.fail(new Error('read ECONNRESET'));
      watches.clear();
    },
    endWatches: () => {
      for (const { to } of watches) to.end();
      watches.clear();
    },
    freeze: () => {
      for (const each of watches) each.isFrozen = true;
    },
    open: () => open,
    transport: {
      close: async () => undefined,
      send: async ({ path, signal }: WireRequest) => {
        const query = new URL(path, 'https://fake').searchParams;
        asked.push(describe(query));
        const at = faults.findIndex(({ on }) => on === 'request');
        const [fault] = at < 0 ? [] : faults.splice(at, 1);
        if (fault?.kind === 'refuse') throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
        if (fault?.kind === 'hang') return await new Promise<never>(() => undefined);
        if (fault?.kind === 'status') {
          const told = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
          return refuse(signal, fault.code, 'Fault', told);
        }
        return query.get('watch') === 'true' ? watch(query, signal) : list(query, signal);
      },
    },
  };
}

function describe(query: URLSearchParams): string {
  if (query.get('sendInitialEvents') === 'true') return 'listStream';
  if (query.get('watch') === 'true') return `watch@${query.get('resourceVersion')}`;
  if (query.get('limit') === '1') return 'newest';
  return query.has('continue') ? 'page+' : 'page';
}

function endOfList(version: number) {
  const annotations = { 'k8s.io/initial-events-end': 'true' };
  return { type: 'BOOKMARK', object: { metadata: { resourceVersion: String(version), annotations } } };
}

type EventFault = Extract<Fault, { readonly on: 'event' }>['kind'];

/** How each fault lets an event through; `cut` is the first half of its line. */
const SENDERS: Readonly<
  Record<EventFault, (to: Channel, line: string, cut: string, before: string) => void>
> = {
  cutAndEnd: (to, _, cut) => {
    to.write(cut);
    to.end();
  },
  cutAndReset: (to, _, cut) => {
    to.write(cut);
    to.fail(new Error('read ECONNRESET'));
  },
  garble: (to, _, cut) => to.write(`${cut}\n`),
  twice: (to, line) => to.write(line + line),
  stale: (to, line, _, before) => to.write(line + before),
  lose: () => undefined,
};

function send(
  to: Channel,
  event: FakeEvent,
  fault: EventFault | undefined,
  before: FakeEvent | undefined,
): void {
  const lineOf = (each: FakeEvent | undefined): string =>
    each === undefined ? '' : `${JSON.stringify(each)}\n`;
  const line = lineOf(event);
  if (fault === undefined) to.write(line);
  else SENDERS[fault](to, line, line.slice(0, line.length / 2), lineOf(before));
}
