import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Kube } from '../../../src/kube/index.ts';
import { nodeTransport } from '../../../src/kube/requests/node-transport.ts';
import type { ProxyFault } from '../../support/fault-proxy/faults.ts';
import { type FaultProxy, type ProxiedRequest, startFaultProxy } from '../../support/fault-proxy/proxy.ts';
import { naiveWatch } from './naive-watch.ts';
import {
  CONFIG_MAPS,
  connectThrough,
  type Heard,
  hearer,
  isListStream,
  isPage,
  isWatch,
  makeNamespace,
  type OwnServer,
  put,
  remove,
  type Server,
  sameWithin,
  startServer,
  until,
  untilSame,
} from './support.ts';

let own: OwnServer | undefined;
let server: Server;
let direct: Kube;

beforeAll(async () => {
  own = await startServer();
  ({ server, direct } = own);
});

afterAll(() => own?.stop());

/** A watch through a proxy of a namespace of its own, in which a and b are. */
interface Setting {
  readonly proxy: FaultProxy;
  readonly heard: Heard;
  readonly namespace: string;
}

interface Preparation {
  readonly prepare?: (proxy: FaultProxy) => void;
  readonly pages?: boolean;
  readonly relistMs?: number;
  /** After how long without an answer a connection is taken for dead; as in production unless given. */
  readonly pingMs?: number;
  /** Watch as many programs do. */
  readonly naive?: boolean;
}

let number = 0;

/** Runs with a watch, and checks that every fault was met, nothing impossible was told and nothing is left open. */
async function watched(
  run: (setting: Setting) => Promise<void>,
  preparation: Preparation = {},
): Promise<void> {
  const { prepare, pages = false, relistMs = 3_600_000, naive = false, pingMs } = preparation;
  number += 1;
  const namespace = `faults-${number}`;
  await makeNamespace(direct, namespace);
  await put(direct, namespace, 'a', '1');
  await put(direct, namespace, 'b', '1');
  const proxy = await startFaultProxy(server);
  prepare?.(proxy);
  const kube = connectThrough(proxy, server, {
    random: () => 0,
    ...(pingMs === undefined
      ? {}
      : { makeTransport: (...words) => nodeTransport(...words, { pingMs, connectMs: 5_000 }) }),
  });
  const heard = hearer();
  const stop = start(kube, heard, { namespace, relistMs, naive });
  try {
    if (pages) await until('the list', () => heard.healths.at(-1)?.complete === true);
    await run({ proxy, heard, namespace });
    if (!naive) expect([heard.wrong, proxy.waiting()]).toEqual([[], 0]);
    await stop();
    await until('nothing to be open', () => proxy.unanswered() === 0);
  } finally {
    await stop();
    await kube.close();
    await proxy.stop();
  }
}

function start(
  kube: Kube,
  heard: Heard,
  {
    namespace,
    relistMs,
    naive,
  }: { readonly namespace: string; readonly relistMs: number; readonly naive: boolean },
): () => Promise<void> {
  if (!naive) {
    const watch = kube.watch({ resource: CONFIG_MAPS, namespace, relistMs, silenceMs: 2_000 }, heard);
    return watch.stop;
  }
  const controller = new AbortController();
  const path = `/api/v1/namespaces/${namespace}/configmaps`;
  const done = naiveWatch(kube, path, controller.signal, heard);
  return () => {
    controller.abort();
    return done;
  };
}

const listsIn = ({ proxy }: Setting): number =>
  proxy.asked.filter((each) => isListStream({ path: each }) || isPage({ path: each })).length;

/** Makes the watch connect again, so that the next fault of a watch is met. */
async function connectAgain({ proxy, heard }: Setting): Promise<void> {
  await until('the list', () => heard.healths.at(-1)?.complete === true);
  const before = proxy.asked.filter((path) => isWatch({ path })).length;
  proxy.gate.reset();
  await until('the watch', () => proxy.asked.filter((path) => isWatch({ path })).length > before);
}

const refusals: readonly (readonly [string, ProxyFault])[] = [
  ['a 500', { kind: 'answer', status: 500 }],
  ['a 429 with Retry-After', { kind: 'answer', status: 429, headers: { 'retry-after': '1' } }],
  ['a request that is reset', { kind: 'drop' }],
];

describe.each([
  ['streamed', isListStream, () => undefined],
  [
    'paged',
    isPage,
    (proxy: FaultProxy) => proxy.fail(isListStream, { kind: 'answer', status: 422, body: '{}' }),
  ],
] as const)('a watch of a real API server with %s lists', (_, isList, prepare) => {
  test.concurrent.each(refusals)('starts in spite of %s to its first list', async (_name, fault) => {
    await watched(
      async ({ heard, namespace }) => {
        await untilSame(heard, direct, namespace);
        expect(heard.log).toEqual(['added a', 'added b']);
        expect(heard.healths.map(({ complete }) => complete)).toEqual([false, true]);
      },
      {
        prepare: (proxy) => {
          prepare(proxy);
          proxy.fail(isList, fault);
        },
      },
    );
  });

  test.concurrent.each(refusals)('goes on in spite of %s when it connects again', async (_name, fault) => {
    await watched(
      async (setting) => {
        const { proxy, heard, namespace } = setting;
        await untilSame(heard, direct, namespace);
        const lists = listsIn(setting);
        proxy.fail(isWatch, fault);
        proxy.gate.reset();
        await put(direct, namespace, 'c', '1');
        await remove(direct, namespace, 'a');
        await untilSame(heard, direct, namespace);
        expect(heard.log).toEqual(['added a', 'added b', 'added c', 'removed a']);
        // Its place was kept: nothing was listed again.
        expect(listsIn(setting)).toBe(lists);
      },
      { prepare },
    );
  });
});

/** Each with what is true of it for a watch that does not care; its line 1 is the change of c. */
const lineFaults: readonly (readonly [string, ProxyFault])[] = [
  ['is reset in the middle of a line', { kind: 'reset', line: 1 }],
  ['is cut in the middle of a line', { kind: 'truncate', line: 1 }],
  ['has garbled JSON', { kind: 'garble', line: 1 }],
  ['has a line twice', { kind: 'duplicate', line: 1 }],
  ['has two lines in the wrong order', { kind: 'reorder', line: 0 }],
  ['falls silent and does not say so', { kind: 'halfOpen', line: 1 }],
  ['loses a beginning', { kind: 'lose', line: 0 }],
];

async function changeC(namespace: string): Promise<void> {
  await put(direct, namespace, 'c', '1');
  await put(direct, namespace, 'c', '2');
  await put(direct, namespace, 'd', '1');
}

test.concurrent.each(lineFaults)(
  'a watch that %s loses nothing and tells nothing twice',
  async (_name, fault) => {
    await watched(async (setting) => {
      const { proxy, heard, namespace } = setting;
      await untilSame(heard, direct, namespace);
      proxy.fail(isWatch, fault);
      await connectAgain(setting);
      await changeC(namespace);
      await untilSame(heard, direct, namespace);
      expect(heard.log.filter((each) => each === 'changed c').length).toBeLessThanOrEqual(1);
    });
  },
);

test.concurrent.each(lineFaults)('a watch that does not care fails when it %s', async (_name, fault) => {
  await watched(
    async ({ heard, namespace }) => {
      await until('the list', () => heard.healths.length > 0);
      await changeC(namespace);
      const isSame = await sameWithin(heard, direct, namespace, 1_500);
      const changes = heard.log.filter((each) => each === 'changed c').length;
      expect(isSame && changes === 1).toBe(false);
    },
    { naive: true, prepare: (proxy) => proxy.fail(isWatch, fault) },
  );
});

test.concurrent('a change that was lost without a trace is made good by the next whole list', async () => {
  await watched(
    async (setting) => {
      const { proxy, heard, namespace } = setting;
      await untilSame(heard, direct, namespace);
      proxy.fail(isWatch, { kind: 'lose', line: 0 });
      await connectAgain(setting);
      await put(direct, namespace, 'a', '2');
      await put(direct, namespace, 'b', '2');
      // A watch that ends by itself after its time lists anew.
      await untilSame(heard, direct, namespace);
    },
    { relistMs: 1_000 },
  );
});

test.concurrent('an expired version is listed anew, and what was made again under one name is two', async () => {
  await watched(async (setting) => {
    const { proxy, heard, namespace } = setting;
    await untilSame(heard, direct, namespace);
    const expired = {
      type: 'ERROR',
      object: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' },
    };
    proxy.fail(isWatch, { kind: 'answer', status: 200, body: `${JSON.stringify(expired)}\n` });
    proxy.gate.refuse();
    await remove(direct, namespace, 'a');
    await put(direct, namespace, 'a', '2');
    proxy.gate.accept();
    await untilSame(heard, direct, namespace);
    expect(heard.log).toEqual(['added a', 'added b', 'removed a', 'added a']);
  });
});

test.concurrent('a server that says it is at an older version is listed anew', async () => {
  await watched(async (setting) => {
    const { proxy, heard, namespace } = setting;
    await untilSame(heard, direct, namespace);
    const lists = listsIn(setting);
    const isCheck = ({ path }: Pick<ProxiedRequest, 'path'>): boolean => path.endsWith('limit=1');
    proxy.fail(isCheck, { kind: 'oldVersion', version: '1' });
    proxy.gate.reset();
    await until('a list', () => listsIn(setting) > lists);
    await untilSame(heard, direct, namespace);
    expect(heard.log).toEqual(['added a', 'added b']);
  });
});

test.concurrent('a connection on which nothing passes any more is noticed and replaced', async () => {
  await watched(
    async (setting) => {
      const { proxy, heard, namespace } = setting;
      await untilSame(heard, direct, namespace);
      proxy.gate.freeze();
      await put(direct, namespace, 'c', '1');
      await until('the failure', () => heard.healths.at(-1)?.failing !== undefined);
      proxy.gate.thaw();
      await untilSame(heard, direct, namespace);
    },
    { pingMs: 1_000 },
  );
});

test.concurrent('stop while it waits to connect again opens nothing', async () => {
  await watched(async (setting) => {
    const { proxy, heard, namespace } = setting;
    await untilSame(heard, direct, namespace);
    proxy.gate.refuse();
    await until('a failure', () => heard.healths.at(-1)?.failing !== undefined);
  });
  const proxy = await startFaultProxy(server);
  const kube = connectThrough(proxy, server);
  proxy.gate.refuse();
  const heard = hearer();
  const watch = kube.watch({ resource: CONFIG_MAPS }, heard);
  await until('a failure', () => heard.healths.length > 0);
  await watch.stop();
  proxy.gate.accept();
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect([proxy.asked, proxy.gate.open()]).toEqual([[], 0]);
  await kube.close();
  await proxy.stop();
});
