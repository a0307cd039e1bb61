import { type Clock, type Random, systemClock } from './clock.ts';
import type { Credentials } from './credentials/credentials.ts';
import { discoverGroup, type ServedKind } from './discovery.ts';
import { failed, type Result, success } from './failure.ts';
import { isStored, type Place, pathOf, type Resource, type StoredObject } from './object.ts';
import { nodeTransport } from './requests/node-transport.ts';
import { createRequester, type HintOfForbidden, type Requester } from './requests/requester.ts';
import { malformedFailure } from './requests/status.ts';
import type { MakeTransport } from './requests/transports.ts';
import { requestedSource, type Selection, type SourceLimits } from './watch/source.ts';
import { type Trim, withoutBookkeeping } from './watch/trim.ts';
import { startWatch, type Watch, type WatchHandler } from './watch/watch.ts';
import { type CallOptions, createWrites, type Fence, type Writes } from './write.ts';

export interface ConnectOptions {
  /** Time and chance; the machine's own unless given. */
  readonly clock?: Clock;
  readonly random?: Random;
  /** Sockets; real ones unless given. */
  readonly makeTransport?: MakeTransport;
  readonly userAgent?: string;
  /** Asked before each write. */
  readonly fence?: Fence;
  readonly limits?: Partial<Limits>;
  readonly hintOfForbidden?: HintOfForbidden;
}

/** What is taken from a server. The defaults are for one that is trusted; a tenant's gets smaller ones. */
export interface Limits extends SourceLimits {
  readonly pageSize: number;
  readonly maxObjects: number;
}

const MIB = 1024 * 1024;

/** Pages as client-go asks for them. An object has at most 3 MiB. */
const TRUSTED: Limits = {
  pageSize: 500,
  maxPageBytes: 64 * MIB,
  maxLineBytes: 8 * MIB,
  maxObjects: 1_000_000,
  bytesPerSecond: 64 * MIB,
};

/** For servers whose owner may be hostile. */
export const TENANT_LIMITS: Limits = {
  // Small enough to be parsed between two heartbeats of everybody else.
  pageSize: 100,
  maxPageBytes: 4 * MIB,
  maxLineBytes: MIB,
  maxObjects: 50_000,
  bytesPerSecond: MIB,
};

export interface WatchOptions extends Selection {
  /** {@link withoutBookkeeping} unless given. */
  readonly trim?: Trim;
  /** An hour unless given. */
  readonly relistMs?: number;
  /** Four minutes unless given. */
  readonly silenceMs?: number;
}

const RELIST_MS = 60 * 60_000;
const SILENCE_MS = 4 * 60_000;

/** One Kubernetes API server. Nothing of it throws for what the server or the network does. */
export interface Kube extends Writes {
  readonly server: string;
  /** The object, or undefined when it is not there. */
  get(
    resource: Resource,
    place: Place & { readonly name: string },
    options?: CallOptions,
  ): Promise<Result<StoredObject | undefined>>;
  watch(options: WatchOptions, handler: WatchHandler): Watch;
  /** The kinds of a group at all served versions. */
  discover(group: string, signal?: AbortSignal): Promise<Result<readonly ServedKind[]>>;
  /** For what is not here. */
  readonly requester: Requester;
  /** Ends everything that is open. Stop the watches first: they would try again. */
  close(): Promise<void>;
}

/** Connects to the API server of some credentials. No connection is made before it is needed. */
export function connect(credentials: Credentials, options: ConnectOptions = {}): Kube {
  const { clock = systemClock, random = Math.random, makeTransport = nodeTransport, fence } = options;
  const limits = { ...TRUSTED, ...options.limits };
  const requester = createRequester(credentials, {
    clock,
    makeTransport,
    userAgent: options.userAgent ?? 'kube',
    maxBytes: limits.maxPageBytes,
    ...(options.hintOfForbidden === undefined ? {} : { hintOfForbidden: options.hintOfForbidden }),
  });
  return {
    ...createWrites(requester, fence),
    server: credentials.server,
    requester,
    close: requester.close,
    get: async (resource, place, options) => {
      const request = { method: 'GET', path: pathOf(resource, place) } as const;
      const answer = await requester.call({ ...request, ...options });
      if (!answer.ok) return answer.failure.reason === 'NotFound' ? success(undefined) : answer;
      return isStored(answer.value)
        ? success(answer.value)
        : failed(malformedFailure(requester.describe(request), 'an object', ''));
    },
    watch: (selection, handler) => {
      const { trim = withoutBookkeeping, relistMs = RELIST_MS, silenceMs = SILENCE_MS } = selection;
      const { maxObjects, pageSize } = limits;
      const settings = { trim, maxObjects, pageSize, relistMs, silenceMs };
      return startWatch(
        requestedSource(requester, selection, limits, clock),
        handler,
        { clock, random },
        settings,
      );
    },
    discover: (group, signal) => discoverGroup(requester, group, signal),
  };
}
