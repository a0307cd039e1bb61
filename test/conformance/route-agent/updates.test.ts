import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { findProgram } from '../../../tools/lib/find-program.ts';
import { createNamespace, kubeObject } from '../chart/dry-run.ts';
import type { KubeObject } from '../support/api-client.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { agentEnvironment, agentObjects, RELEASE } from './agent-chart.ts';
import { type AgentProcess, ipFolder, startAgentProcess } from './agent-process.ts';
import { type Flow, PORT, packetsInto, startFlow, TRAFFIC } from './flow.ts';
import { tableOf } from './in-namespace.ts';
import { connectNetworks, describeNetworks, type Lab, type Namespace, startLab } from './namespaces.ts';

const POD = '10.64.1.5';
const HOSTS = ['host-a', 'host-b', 'host-c'];

/** Destinations in order; the Pod is in the last one, which a change comes to last. */
const RANGES = [...Array.from({ length: 39 }, (_, index) => `10.64.${index + 100}.0/24`), '10.64.1.0/24'];

function plan(nextHop: string): KubeObject {
  return {
    apiVersion: 'kubebyon.app/v1alpha1',
    kind: 'RoutePlan',
    metadata: { name: 'c-1', namespace: RELEASE.namespace },
    spec: {
      clusterID: 'c-1',
      tenantPodCIDRs: ['10.64.0.0/16'],
      tenantNodeCIDRs: ['192.0.2.0/24'],
      nodeSelector: {},
      staleAfterSeconds: 3600,
      routes: RANGES.map((destination) => ({ destination, nextHop, nodeName: 'worker' })),
    },
  };
}
const tableBy = (nextHop: string): readonly string[] =>
  RANGES.map((destination) => `${destination} ${nextHop} eth0 157 4242`).sort();

const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 120_000, interval: 100 });

await describeNetworks('agents by the command itself, on three hosts with traffic', () => {
  let lab: Lab;
  let cluster: Cluster;
  let router: Namespace;
  let hosts: readonly Namespace[] = [];
  const agents: AgentProcess[] = [];

  /** A host by its place. */
  const hostAt = (place: number): Namespace => {
    const host = hosts[place];
    if (host === undefined) throw new Error(`no host ${place}`);
    return host;
  };
  let folders = 0;
  /** @param before what the shell does before each `ip`. */
  const start = (place: number, before = ''): AgentProcess => {
    folders += 1;
    const folder = ipFolder(lab, `bin-${folders}`, hostAt(place), before);
    const agent = startAgentProcess(
      ['--kubeconfig', cluster.kubeconfig, '--metrics-address', '127.0.0.1:0'],
      { ...agentEnvironment, NODE_NAME: HOSTS[place] ?? '', NODE_IP: `192.0.2.${place + 2}` },
      `${folder}:/usr/bin:/bin`,
    );
    agents.push(agent);
    return agent;
  };
  const ready = (agent: AgentProcess): Promise<void> =>
    eventually(async () => expect((await agent.get('/readyz')).status).toBe(200));
  const apply = async (object: KubeObject): Promise<void> => {
    const answer = await cluster.api.apply(object, { fieldManager: 'api', force: true });
    if (!answer.ok) throw new Error(answer.message);
  };
  const standBy = (nextHop: string): Promise<void> =>
    eventually(async () => {
      for (const host of hosts) expect(await tableOf(host, 'own')).toEqual(tableBy(nextHop));
    });
  const leaked = (): Promise<number> => packetsInto(router);
  const traffic = (host: Namespace): Promise<Flow> => startFlow(lab, host, POD);

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
    hosts = await Promise.all(HOSTS.map((name, place) => attached(name, [`192.0.2.${place + 2}/24`])));
    for (const host of hosts) await host.ip('route add default via 192.0.2.1');
    const tenant = await attached('tenant', ['192.0.2.11/24', '192.0.2.12/24']);
    await tenant.ip(`addr add ${POD}/32 dev lo`);
    tenant.start([process.execPath, TRAFFIC, 'serve', POD, PORT]);
    cluster = await startCluster();
    await createNamespace(cluster, RELEASE.namespace);
    for (const object of agentObjects.filter(({ kind }) => kind === 'CustomResourceDefinition')) {
      const answer = await cluster.api.apply(kubeObject(object), { fieldManager: 'helm' });
      if (!answer.ok) throw new Error(answer.message);
    }
    for (const name of HOSTS)
      await apply({ apiVersion: 'v1', kind: 'Node', metadata: { name }, spec: { podCIDR: '10.244.3.0/24' } });
    // A kind is served a moment after its definition is stored.
    await eventually(() => apply(plan('192.0.2.11')));
  });
  afterEach(async () => {
    for (const agent of agents.splice(0)) await agent.end('SIGKILL');
  });
  afterAll(async () => {
    await cluster?.stop();
    await lab?.stop();
  });

  test('a rolling update of agents loses no connection, and no packet of a Pod leaves by the default route', async () => {
    const old = HOSTS.map((_, place) => start(place));
    await standBy('192.0.2.11');
    const flows = await Promise.all(hosts.map(traffic));
    const before = await leaked();
    for (const [place, agent] of old.entries()) {
      expect(await agent.end('SIGTERM')).toBe(0);
      await Promise.all(flows.map(({ more }) => more(3)));
      await ready(start(place));
      await Promise.all(flows.map(({ more }) => more(3)));
    }
    for (const { end } of flows) expect((await end()).failed).toEqual([]);
    expect(await leaked()).toBe(before);
    await standBy('192.0.2.11');
  });

  test('one that is killed in the middle of a change leaves every route, and the next one ends the change', async () => {
    const [flag, reached] = [join(lab.folder, 'cut'), join(lab.folder, 'reached')];
    const lines = join(lab.folder, 'lines');
    // By its path, because what is found in PATH is the wrapper.
    const ip = [...hostAt(0).enter, findProgram('ip')].join(' ');
    // The first ten lines of a batch are done, then it hangs.
    const cut = `if [ -e ${flag} ]; then case "$*" in *-batch*)
head -n 10 >${lines}; ${ip} "$@" <${lines}; touch ${reached}
while [ -e ${flag} ]; do sleep 0.1; done; exit 1;; esac; fi`;
    const agent = start(0, cut);
    const [one, two] = [start(1), start(2)];
    await Promise.all([agent, one, two].map(ready));
    await standBy('192.0.2.11');
    const flow = await traffic(hostAt(0));
    const before = await leaked();

    writeFileSync(flag, '');
    await apply(plan('192.0.2.12'));
    await eventually(() => expect(existsSync(reached)).toBe(true));
    await agent.end('SIGKILL');
    const torn = await tableOf(hostAt(0), 'own');
    expect(torn.map((line) => line.split(' ')[0])).toEqual([...RANGES].sort());
    expect(torn.filter((line) => line.includes(' 192.0.2.12 '))).toHaveLength(10);
    await flow.more(5);
    rmSync(flag);

    await ready(start(0));
    await standBy('192.0.2.12');
    await flow.more(5);
    expect((await flow.end()).failed).toEqual([]);
    expect(await leaked()).toBe(before);
  });

  test('a flush of the routes by another program sends no packet of a Pod by the default route, and the routes are back with a round', async () => {
    for (const agent of HOSTS.map((_, place) => start(place))) await ready(agent);
    await standBy('192.0.2.12');
    const flow = await traffic(hostAt(0));
    const before = await leaked();
    for (let flush = 0; flush < 3; flush += 1) {
      await hostAt(0).ip('route flush proto 157');
      await standBy('192.0.2.12');
    }
    await flow.more(20);
    expect((await flow.end()).ok).toBeGreaterThan(0);
    expect(await leaked()).toBe(before);
  });

  test('after its link went down and came up a host sends no packet of a Pod by the default route that stands on that link', async () => {
    for (const agent of HOSTS.map((_, place) => start(place))) await ready(agent);
    await standBy('192.0.2.12');
    const host = hostAt(0);
    const flow = await traffic(host);
    const before = await leaked();
    await host.ip('link set eth0 down');
    await flow.more(3);
    await host.ip('link set eth0 up');
    await standBy('192.0.2.12');
    await host.ip('route add default via 192.0.2.1');
    await flow.more(5);
    await flow.end();
    expect(await leaked()).toBe(before);
  });
});
