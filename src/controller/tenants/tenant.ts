import type {
  Cancel,
  Clock,
  Credentials,
  Failure,
  Kube,
  Random,
  Watch,
  WatchOptions,
} from '../../kube/index.ts';
import type { Tenant } from '../../planner/world/world.ts';
import { readTenantCredentials, type TenantAccess } from './access.ts';
import { createTenantContent, type TenantPart } from './content.ts';
import { tenantTrim } from './trims.ts';

export interface TenantOptions {
  /** The host cluster, where the kubeconfig Secret is. */
  readonly host: Pick<Kube, 'get'>;
  readonly access: TenantAccess;
  readonly clock: Clock;
  readonly random: Random;
  readonly connectTenant: (credentials: Credentials) => Pick<Kube, 'watch' | 'close'>;
  readonly onTenant: (tenant: Tenant) => void;
  /** {@link TenantFacts.failure} is another one. */
  readonly onState: () => void;
  readonly onFault: (error: unknown) => void;
}

/** What is known of one tenant. */
export interface TenantFacts {
  /** Resolves when it was read, or is known to fail. */
  readonly settled: Promise<void>;
  isSettled(): boolean;
  /** Why it cannot be read at present. */
  failure(): Failure | undefined;
  /** What the certificate of its API is checked against, PEM; undefined before its kubeconfig was read. */
  authority(): string | undefined;
  stop(): Promise<void>;
}

/** A burst is told once, and a tenant that never stops changing a few times in a second. */
const SOON_MS = 20;
const PAUSE_MS = 200;

/** The kubeconfig is read again as long as something fails: it may be another one. */
const RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 5 * 60_000;

export function watchTenant(options: TenantOptions): TenantFacts {
  const { host, access, clock, random, connectTenant, onTenant, onState, onFault } = options;
  const ended = new AbortController();
  const settled = Promise.withResolvers<void>();
  let isSettled = false;
  let connection: Connection | undefined;
  let failure: Failure | undefined;
  let authority: string | undefined;
  let retries = 0;
  let cancelRetry: Cancel | undefined;
  let cancelTell: Cancel | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;
  let work: Promise<void> = Promise.resolve();

  const tell = (): void => {
    cancelTell = undefined;
    toldAt = clock.now();
    if (connection?.isComplete() === true) onTenant(connection.content.tenant(failure === undefined));
    else if (failure !== undefined) onTenant({ readable: false });
  };
  const tellSoon = (): void => {
    if (ended.signal.aborted) return;
    cancelTell ??= clock.after(Math.max(SOON_MS, toldAt + PAUSE_MS - clock.now()), tell);
  };
  const note = (next: Failure | undefined): void => {
    const isNew = failure?.message !== next?.message;
    failure = next;
    if (next === undefined) retries = 0;
    else retryLater();
    if (next !== undefined || connection?.isComplete() === true) settle();
    if (isNew) {
      tellSoon();
      onState();
    }
  };
  const settle = (): void => {
    if (isSettled) return;
    isSettled = true;
    tellSoon();
    settled.resolve();
    onState();
  };
  const retryLater = (): void => {
    if (cancelRetry !== undefined || ended.signal.aborted) return;
    const wait = Math.min(RETRY_MS * 2 ** Math.min(retries, 16), LONGEST_RETRY_MS) * (1 + random() / 2);
    retries += 1;
    cancelRetry = clock.after(wait, () => {
      cancelRetry = undefined;
      if (failure !== undefined) work = open();
    });
  };
  const open = async (): Promise<void> => {
    const read = await readTenantCredentials(host, access, ended.signal);
    if (ended.signal.aborted) return;
    if (!read.ok) return connection === undefined ? note(read.failure) : retryLater();
    // What fails goes on by itself; only another kubeconfig asks for another connection.
    if (connection?.mark === read.value.mark) return retryLater();
    const identity = await read.value.credentials.identity(false);
    authority = identity.ok ? identity.value.ca : undefined;
    await connection?.stop();
    if (ended.signal.aborted) return;
    connection = startConnection(read.value.mark, connectTenant(read.value.credentials), access, {
      onContent: tellSoon,
      onHealth: () => note(connection?.failure()),
      onFault,
    });
  };
  work = open();
  return {
    settled: settled.promise,
    isSettled: () => isSettled,
    failure: () => failure,
    authority: () => authority,
    stop: async () => {
      ended.abort();
      cancelRetry?.();
      cancelTell?.();
      settled.resolve();
      await work;
      await connection?.stop();
    },
  };
}

interface Connection {
  readonly mark: string;
  readonly content: ReturnType<typeof createTenantContent>;
  isComplete(): boolean;
  failure(): Failure | undefined;
  stop(): Promise<void>;
}

interface ConnectionHandler {
  readonly onContent: () => void;
  readonly onHealth: () => void;
  readonly onFault: (error: unknown) => void;
}

/** The watches of a tenant over one connection. */
function startConnection(
  mark: string,
  kube: Pick<Kube, 'watch' | 'close'>,
  access: TenantAccess,
  { onContent, onHealth, onFault }: ConnectionHandler,
): Connection {
  const content = createTenantContent(access);
  const watches: Watch[] = partsOf(access).map(([part, selection]) =>
    kube.watch(
      { ...selection, trim: tenantTrim(part) },
      {
        onChanges: (changes) => {
          content.take(part, changes);
          onContent();
        },
        onHealth,
        onFault,
      },
    ),
  );
  return {
    mark,
    content,
    isComplete: () => watches.every((watch) => watch.health().complete),
    failure: () => watches.map((watch) => watch.health().failing).find((failing) => failing !== undefined),
    stop: async () => {
      await Promise.all(watches.map((watch) => watch.stop()));
      await kube.close();
    },
  };
}

function partsOf({ ingress, hasNodes }: TenantAccess): readonly (readonly [TenantPart, WatchOptions])[] {
  const core = (plural: string) => ({ group: '', version: 'v1', plural });
  const { namespace, serviceName, podSelector } = ingress;
  const labelSelector = Object.entries(podSelector)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  return [
    ...(hasNodes ? ([['nodes', { resource: core('nodes') }]] as const) : []),
    ['services', { resource: core('services'), namespace, fieldSelector: `metadata.name=${serviceName}` }],
    ['pods', { resource: core('pods'), namespace, labelSelector }],
  ];
}
