import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { RouteAgent } from '../../../src/route-agent/index.ts';
import type { Policy } from '../../../src/route-agent/types.ts';
import { GUARDING, POLICY, plan, route } from '../../route-agent/model.ts';
import { PORT, packetsInto, TRAFFIC } from './flow.ts';
import { ipIn, tableOf } from './in-namespace.ts';
import { connectNetworks, describeNetworks, type Lab, type Namespace, startLab } from './namespaces.ts';
import { INTERVAL_MS, startOwnAgent } from './own-agent.ts';

const PODS = ['10.64.1.5', 'fd00:64:0:1::5'];
const PLANS = [plan({ routes: [route('10.64.1.0/24'), route('fd00:64:0:1::/64', '2001:db8::11')] })];
const OURS = [
  '10.64.1.0/24 192.0.2.11 eth0 157 4242',
  'fd00:64:0:1:0:0:0:0/64 2001:db8:0:0:0:0:0:11 eth0 157 4242',
];

const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 60_000, interval: 50 });

await describeNetworks('a host whose default route is on another link than the Nodes of the tenant', () => {
  let lab: Lab;
  let host: Namespace;
  let router: Namespace;
  const agents: RouteAgent[] = [];

  const start = (policy: Policy = GUARDING, planned = PLANS): RouteAgent => {
    const { agent } = startOwnAgent(ipIn(host), planned, policy);
    agents.push(agent);
    return agent;
  };
  const standing = (): Promise<void> =>
    eventually(async () => expect(await tableOf(host, 'own')).toEqual(OURS));
  /** Packets for Pods that reached the router of the default route so far, of both families. */
  const leaked = async (): Promise<readonly [number, number]> => {
    const { stdout } = await router.run(['cat', '/proc/net/snmp6']);
    return [await packetsInto(router), Number(/^Ip6InNoRoutes\s+(\d+)$/m.exec(stdout)?.[1])];
  };
  /** Sends datagrams to the Pods all the time; says how many reached the router of the default route meanwhile. */
  const leakedWhile = async (work: () => Promise<void>): Promise<readonly [number, number]> => {
    const flood = host.start([process.execPath, TRAFFIC, 'flood', PODS.join(','), PORT]);
    const sent = async (): Promise<number> => {
      const { stdout } = await host.run(['cat', '/proc/net/snmp']);
      return Number(/^Udp: (?:\d+ ){3}(\d+)/m.exec(stdout)?.[1]);
    };
    const first = await sent();
    await eventually(async () => expect(await sent()).toBeGreaterThan(first + 10));
    const [four, six] = await leaked();
    await work();
    const [fourAfter, sixAfter] = await leaked();
    await flood.stop();
    return [fourAfter - four, sixAfter - six];
  };
  const flush = async (protocol: number): Promise<void> => {
    await host.ip(`route flush proto ${protocol}`);
    await host.ip(`-6 route flush proto ${protocol}`);
  };
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  beforeAll(async () => {
    lab = startLab();
    host = await lab.namespace('host');
    const tenant = await lab.namespace('tenant');
    router = await lab.namespace('router');
    await connectNetworks(
      [host, 'eth0', '192.0.2.2/24', '2001:db8::2/64'],
      [tenant, 'eth0', '192.0.2.11/24', '2001:db8::11/64'],
    );
    await connectNetworks(
      [host, 'eth1', '198.51.100.2/24', '2001:db8:1::2/64'],
      [router, 'eth0', '198.51.100.1/24', '2001:db8:1::1/64'],
    );
    await host.ip('route add default via 198.51.100.1');
    await host.ip('-6 route add default via 2001:db8:1::1');
    // What comes for a Pod is counted there as what has no route; neighbours talk all the time.
    await router.ip('-6 route add unreachable fd00:64::/48');
    for (const pod of PODS) await tenant.ip(`addr add ${pod} dev lo`);
  });
  afterEach(async () => {
    for (const agent of agents.splice(0)) await agent.stop();
    await flush(157);
    await flush(158);
  });
  afterAll(() => lab?.stop());

  test('without guards a flush sends packets for Pods by the default route: the count sees both families', async () => {
    start(POLICY);
    await standing();
    const [four, six] = await leakedWhile(async () => {
      await flush(157);
      await standing();
    });
    expect(four).toBeGreaterThan(0);
    expect(six).toBeGreaterThan(0);
  });

  test('a flush of the routes, again and again, sends none, and they are back within an interval', async () => {
    start();
    await standing();
    const counted = await leakedWhile(async () => {
      for (let time = 0; time < 3; time += 1) {
        await flush(157);
        await standing();
      }
    });
    expect(counted).toEqual([0, 0]);
  });

  test('a link that goes down and comes up sends none by the other', async () => {
    const agent = start();
    await standing();
    const counted = await leakedWhile(async () => {
      await host.ip('link set eth0 down');
      await eventually(() =>
        expect(agent.state().round?.reports.flatMap(({ issues }) => issues)).toHaveLength(2),
      );
      expect(await tableOf(host, 'own')).toEqual([]);
      expect(await tableOf(host, 'guards')).toHaveLength(2);
      await host.ip('link set eth0 up');
      // A link that goes down loses its addresses of IPv6.
      await host.ip('addr replace 2001:db8::2/64 dev eth0 nodad');
      await standing();
    });
    expect(counted).toEqual([0, 0]);
  });

  test('without any agent a flush sends none, until there is one again', async () => {
    const agent = start();
    await standing();
    await agent.stop();
    const counted = await leakedWhile(async () => {
      await flush(157);
      await pause(INTERVAL_MS);
      expect(await tableOf(host, 'own')).toEqual([]);
      start();
      await standing();
    });
    expect(counted).toEqual([0, 0]);
  });

  test('another program’s route of the range is taken in place of ours, and with ours gone too', async () => {
    start();
    await standing();
    await host.ip('route add 10.64.1.0/24 via 192.0.2.11 proto static metric 100');
    const counted = await leakedWhile(async () => {
      await flush(157);
      expect(await host.ip('route get 10.64.1.5')).toContain('via 192.0.2.11');
      await pause(INTERVAL_MS);
      await host.ip('route del 10.64.1.0/24 proto static');
      await standing();
    });
    expect(counted).toEqual([0, 0]);
  });

  test('who takes the guards too lets packets out until the next round, and no longer', async () => {
    start();
    await standing();
    const counted = await leakedWhile(async () => {
      await flush(158);
      await flush(157);
      await standing();
    });
    expect(counted[0]).toBeGreaterThan(0);
    expect(await leakedWhile(() => pause(500).then(() => undefined))).toEqual([0, 0]);
  });

  test('with the plan its guards go, and nothing of ours is left', async () => {
    const agent = start();
    await standing();
    expect(await tableOf(host, 'guards')).toHaveLength(2);
    await agent.stop();
    start(GUARDING, []);
    await eventually(async () => expect(await tableOf(host, 'own')).toEqual([]));
    await eventually(async () => expect(await tableOf(host, 'guards')).toEqual([]));
  });
});
