import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Kube, TENANT_LIMITS } from '../../../src/kube/index.ts';
import { nodeTransport } from '../../../src/kube/requests/node-transport.ts';
import { startFaultProxy } from '../../support/fault-proxy/proxy.ts';
import {
  HOSTILE_AUTHORITY,
  type HostileTenant,
  LIST_ENDS,
  MIB_OF_TEXT,
  manyPods,
  podsAdded,
  tenantThatHangs,
  tenantThatSends,
} from './hostile-tenants.ts';
import {
  CONFIG_MAPS,
  type Heard,
  hearer,
  makeNamespace,
  type OwnServer,
  put,
  type Server,
  startServer,
  through,
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

const hostile: readonly (readonly [string, () => Promise<HostileTenant>, RegExp])[] = [
  [
    'sends a line of 1 GiB',
    () => tenantThatSends('{"a":"', MIB_OF_TEXT, 1024),
    /1048576 bytes in an event, found more/,
  ],
  [
    'sends a list of 1 GiB',
    () => tenantThatSends('', MIB_OF_TEXT, 1024, {}, 422),
    /expected success, found 422|expected at most/,
  ],
  [
    'has 100,000 Pods',
    () => tenantThatSends('', podsAdded(100_000), 1),
    /expected at most 50000 objects, found more/,
  ],
  ['sends events without end', () => tenantThatSends(LIST_ENDS, manyPods, 1_000_000), /^$/],
  ['never ends its TLS handshake', tenantThatHangs, /expected a connection, found ETIMEDOUT/],
];

async function whileNeighbour(tenant: HostileTenant, run: (heard: Heard) => Promise<void>): Promise<void> {
  const kube = connect(through({ url: tenant.url, ca: HOSTILE_AUTHORITY }, 'token'), {
    limits: TENANT_LIMITS,
    makeTransport: (...words) => nodeTransport(...words, { connectMs: 1_000, pingMs: 1_000 }),
  });
  const heard = hearer();
  const watch = kube.watch({ resource: { ...CONFIG_MAPS, plural: 'pods' } }, heard);
  try {
    await run(heard);
  } finally {
    await watch.stop();
    await kube.close();
    await tenant.stop();
  }
}

let number = 0;

describe('a tenant', () => {
  test.each(hostile)(
    'that %s costs another nothing: its change is heard within a second',
    async (_, start, said) => {
      number += 1;
      const namespace = `neighbour-${number}`;
      await makeNamespace(direct, namespace);
      const neighbour = hearer();
      const watch = direct.watch({ resource: CONFIG_MAPS, namespace }, neighbour);
      await until('the neighbour’s list', () => neighbour.healths.at(-1)?.complete === true);
      const heardIn = async (name: string): Promise<number> => {
        const begun = performance.now();
        await put(direct, namespace, name, '1');
        await untilSame(neighbour, direct, namespace);
        return performance.now() - begun;
      };
      // A machine on which everything takes long is no fault of the tenant.
      const alone = Math.max(await heardIn('x'), await heardIn('y'), await heardIn('z'));
      const before = process.memoryUsage().rss;
      await whileNeighbour(await start(), async (heard) => {
        for (const name of ['a', 'b', 'c', 'd']) {
          await new Promise((resolve) => setTimeout(resolve, 400));
          expect(await heardIn(name)).toBeLessThan(Math.max(1_000, 10 * alone));
        }
        if (said.source === '^$') await until('an event', () => heard.log.length > 0);
        else
          await until('what is wrong with it', () => said.test(heard.healths.at(-1)?.failing?.message ?? ''));
        expect(heard.healths.some(({ complete }) => complete)).toBe(said.source === '^$');
      });
      expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
      await watch.stop();
    },
  );

  test('that redirects to the host’s API server gets nobody there', async () => {
    const proxy = await startFaultProxy(server);
    const location = `${proxy.url}/api/v1/secrets`;
    const tenant = await tenantThatSends('', '', 0, { location }, 307);
    await whileNeighbour(tenant, async (heard) => {
      await until('the failure', () => heard.healths.at(-1)?.failing !== undefined);
      expect(heard.healths.at(-1)?.failing).toMatchObject({ kind: 'redirected' });
      expect(heard.healths.at(-1)?.failing?.message).toContain(location);
    });
    expect([proxy.asked, proxy.gate.made()]).toEqual([[], 0]);
    await proxy.stop();
  });

  test('whose server shows another certificate is not told who we are', async () => {
    const proxy = await startFaultProxy(server);
    const kube = connect(through({ url: proxy.url, ca: HOSTILE_AUTHORITY }, 'token'), {
      limits: TENANT_LIMITS,
    });
    const heard = hearer();
    const watch = kube.watch({ resource: CONFIG_MAPS }, heard);
    await until('the failure', () => heard.healths.at(-1)?.failing !== undefined);
    expect(heard.healths.at(-1)?.failing?.message).toContain(
      'expected a certificate that the authority given has signed',
    );
    expect(proxy.asked).toEqual([]);
    await watch.stop();
    await kube.close();
    await proxy.stop();
  });
});
