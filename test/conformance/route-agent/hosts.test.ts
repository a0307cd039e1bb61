import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { systemClock } from '../../../src/kube/index.ts';
import { ipRunner, type RunIp } from '../../../src/route-agent/index.ts';
import type { IssueReason, PlanReport, RoutePlan } from '../../../src/route-agent/types.ts';
import { plan, route } from '../../route-agent/model.ts';
import { type Flow, PORT, packetsInto, startFlow, TRAFFIC } from './flow.ts';
import { ipIn, tableOf } from './in-namespace.ts';
import { connectNetworks, describeNetworks, type Lab, type Namespace, startLab } from './namespaces.ts';
import { type Running, startOwnAgent } from './own-agent.ts';

const POD = '10.64.1.5';
const OTHER_POD = '10.65.1.5';

const PLANS: readonly RoutePlan[] = [
  plan({ routes: [route('10.64.1.0/24', '192.0.2.11')] }),
  plan({
    key: 'plans/c-2',
    uid: 'uid-2',
    podCIDRs: ['10.65.0.0/16'],
    routes: [route('10.65.1.0/24', '192.0.2.21')],
  }),
];
const OURS = ['10.64.1.0/24 192.0.2.11 eth0 157 4242', '10.65.1.0/24 192.0.2.21 eth0 157 4242'];

const start = (run: RunIp, planned = PLANS): Running => startOwnAgent(run, planned);
const reportsOf = ({ agent }: Running): readonly PlanReport[] => agent.state().round?.reports ?? [];
const reasonsOf = (running: Running): readonly IssueReason[] =>
  reportsOf(running).flatMap(({ issues }) => issues.map(({ reason }) => reason));
const effectiveOf = (running: Running): number =>
  reportsOf(running).reduce((sum, { effective }) => sum + effective.length, 0);
/** However slow the machine is. */
const eventually = (check: () => void | Promise<void>): Promise<void> =>
  vi.waitFor(check, { timeout: 60_000, interval: 50 });

await describeNetworks('three hosts, two tenants and a client', () => {
  let lab: Lab;
  let hosts: readonly Namespace[];
  let first: Namespace;
  let second: Namespace;
  let third: Namespace;
  let router: Namespace;
  let tenant: Namespace;
  let client: Namespace;
  let agents: Running[] = [];

  const startAll = (): void => {
    agents = hosts.map((host) => start(ipIn(host)));
  };
  /** The agent of a host, by its place. */
  const agentAt = (place: number): Running => {
    const found = agents[place];
    if (found === undefined) throw new Error(`no agent ${place}`);
    return found;
  };
  const leaked = (): Promise<number> => packetsInto(router);
  /** Whoever answers does so at once; a slow machine gets its time. */
  const reach = async (from: Namespace, pod: string, timeoutMs = 30_000): Promise<string> =>
    (await from.run([process.execPath, TRAFFIC, 'once', pod, PORT, String(timeoutMs)])).stdout.trim();
  const traffic = (pod: string): Promise<Flow> => startFlow(lab, client, pod);

  beforeAll(async () => {
    lab = startLab();
    const wire = await lab.namespace('switch');
    await wire.ip('link add br0 type bridge');
    await wire.ip('link set br0 up');
    const attached = async (name: string, addresses: readonly string[]): Promise<Namespace> => {
      const namespace = await lab.namespace(name);
      await connectNetworks([namespace, 'eth0', ...addresses], [wire, `to-${name}`]);
      await wire.ip(`link set to-${name} master br0`);
      return namespace;
    };
    router = await attached('router', ['192.0.2.1/24']);
    first = await attached('host-a', ['192.0.2.2/24']);
    second = await attached('host-b', ['192.0.2.3/24']);
    third = await attached('host-c', ['192.0.2.4/24']);
    hosts = [first, second, third];
    tenant = await attached('tenant-1', ['192.0.2.11/24', '192.0.2.12/24']);
    const other = await attached('tenant-2', ['192.0.2.21/24']);
    client = await lab.namespace('client');
    await connectNetworks([client, 'eth0', '198.51.100.2/24'], [first, 'eth1', '198.51.100.1/24']);
    await client.ip('route add default via 198.51.100.1');
    await first.run(['sh', '-c', 'echo 1 >/proc/sys/net/ipv4/ip_forward']);
    for (const host of hosts) await host.ip('route add default via 192.0.2.1');
    for (const [node, pod] of [
      [tenant, POD],
      [other, OTHER_POD],
    ] as const) {
      await node.ip(`addr add ${pod}/32 dev lo`);
      await node.ip('route add 198.51.100.0/24 via 192.0.2.2');
      node.start([process.execPath, TRAFFIC, 'serve', pod, PORT]);
    }
    // They answer as soon as the tenants themselves reach them.
    await eventually(async () => expect(await reach(tenant, POD)).toBe('ok'));
    await eventually(async () => expect(await reach(other, OTHER_POD)).toBe('ok'));
  });
  afterEach(async () => {
    for (const { agent } of agents) await agent.stop();
    agents = [];
  });
  afterAll(() => lab?.stop());

  test('without routes a packet for a Pod leaves by the default route: the count sees it', async () => {
    const before = await leaked();
    expect(await reach(client, POD, 2_000)).not.toBe('ok');
    expect(await leaked()).toBeGreaterThan(before);
  });

  test('once the routes are effective traffic flows from every host and from a Pod behind one, none of it elsewhere', async () => {
    startAll();
    await eventually(() => expect(agents.map(effectiveOf)).toEqual([2, 2, 2]));
    const before = await leaked();
    for (const from of [...hosts, client]) {
      expect(await reach(from, POD)).toBe('ok');
      expect(await reach(from, OTHER_POD)).toBe('ok');
    }
    expect(await leaked()).toBe(before);
    for (const host of hosts) expect(await tableOf(host, 'own')).toEqual(OURS);
  });

  test('agents that end leave the routes; a rolling update loses no connection and no packet', async () => {
    startAll();
    await eventually(() => expect(agents.map(effectiveOf)).toEqual([2, 2, 2]));
    const flow = await traffic(POD);
    const before = await leaked();
    for (const [place, host] of hosts.entries()) {
      await agentAt(place).agent.stop();
      expect(await tableOf(host, 'own')).toEqual(OURS);
      await flow.more(3);
      const next = start(ipIn(host));
      agents = agents.with(place, next);
      await eventually(() => expect(effectiveOf(next)).toBe(2));
      await flow.more(3);
    }
    expect((await flow.end()).failed).toEqual([]);
    expect(await leaked()).toBe(before);
  });

  test('another next hop is taken without a lost connection or packet', async () => {
    startAll();
    await eventually(() => expect(agents.map(effectiveOf)).toEqual([2, 2, 2]));
    const flow = await traffic(POD);
    const before = await leaked();
    const moved = PLANS.map((each, place) =>
      place === 0 ? { ...each, generation: 2, routes: [route('10.64.1.0/24', '192.0.2.12')] } : each,
    );
    for (const { plans, agent } of agents) {
      plans.set(moved);
      agent.hint();
    }
    await eventually(async () =>
      expect(await tableOf(first, 'own')).toContain('10.64.1.0/24 192.0.2.12 eth0 157 4242'),
    );
    await flow.more(5);
    expect((await flow.end()).failed).toEqual([]);
    expect(await leaked()).toBe(before);
  });

  test('T3.6: a foreign route that comes after ours is left alone, ours stays, and it is told', async () => {
    const running = start(ipIn(second));
    agents = [running];
    await eventually(() => expect(effectiveOf(running)).toBe(2));
    await second.ip('route add 10.64.1.0/24 via 192.0.2.21 proto static metric 100');
    const foreign = await tableOf(second, 'foreign');
    await eventually(() => expect(reasonsOf(running)).toEqual(['ForeignRoute']));
    expect(effectiveOf(running)).toBe(1);
    expect(await tableOf(second, 'own')).toEqual(OURS);
    expect(await tableOf(second, 'foreign')).toEqual(foreign);
    await second.ip('route del 10.64.1.0/24 proto static');
    await eventually(() => expect(effectiveOf(running)).toBe(2));
  });

  test('T3.8: what another program flushes is there again after the next round, and counted', async () => {
    const running = start(ipIn(second));
    agents = [running];
    await eventually(() => expect(effectiveOf(running)).toBe(2));
    const rounds = running.rounds();
    await second.ip('route flush proto 157');
    await eventually(() => expect(running.reinstalled()).toBe(2));
    // One round may have read the kernel just before.
    expect(running.rounds() - rounds).toBeLessThanOrEqual(2);
    expect(await tableOf(second, 'own')).toEqual(OURS);
  });

  test('T3.8: a link that goes down takes our routes with it; they are back with it', async () => {
    const running = start(ipIn(third));
    agents = [running];
    await eventually(() => expect(effectiveOf(running)).toBe(2));
    await third.ip('link set eth0 down');
    await eventually(() => expect(reasonsOf(running)).toEqual(['NextHopNotOnLink', 'NextHopNotOnLink']));
    expect(await tableOf(third, 'own')).toEqual([]);
    await third.ip('link set eth0 up');
    await eventually(() => expect(effectiveOf(running)).toBe(2));
    expect(running.reinstalled()).toBe(2);
    expect(await tableOf(third, 'own')).toEqual(OURS);
  });

  test('T3.11: an ip that hangs is killed, told, and does no harm to the round after', async () => {
    const flag = join(lab.folder, 'hang');
    const program = join(lab.folder, 'ip-that-hangs');
    writeFileSync(
      program,
      `#!/bin/sh\n[ -e ${flag} ] && exec sleep 1000\nexec ${second.enter.join(' ')} ip "$@"\n`,
      {
        mode: 0o755,
      },
    );
    await second.ip('route flush proto 157');
    writeFileSync(flag, '');
    const running = start(ipRunner({ program, timeoutMs: 300, clock: systemClock }));
    agents = [running];
    await eventually(() => expect(running.agent.state().failure).toMatchObject({ kind: 'timeout' }));
    expect(running.agent.state().failure?.message).toContain('found it still running, and killed it');
    expect(await tableOf(second, 'own')).toEqual([]);
    rmSync(flag);
    await running.agent.stop();
    // A slow machine must not let it hang for real.
    const next = start(ipRunner({ program, timeoutMs: 30_000, clock: systemClock }));
    agents = [next];
    await eventually(() => expect(effectiveOf(next)).toBe(2));
    expect(next.agent.state().failure).toBeUndefined();
  });
});
