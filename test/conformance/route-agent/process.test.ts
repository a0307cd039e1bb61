import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { agentFieldManager } from '../../../src/route-agent/agent/reports.ts';
import { dig, digList, digText } from '../../support/rules/dig.ts';
import { createNamespace, kubeObject } from '../chart/dry-run.ts';
import { serverOf } from '../kube/support.ts';
import type { KubeObject } from '../support/api-client.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { kubeconfigText } from '../support/control-plane.ts';
import { inParallel } from '../support/parallel.ts';
import { ACCOUNT, agentEnvironment, agentObjects, RELEASE } from './agent-chart.ts';
import { type AgentProcess, ipFolder, ipOfVersion, startAgentProcess } from './agent-process.ts';
import { tableOf } from './in-namespace.ts';
import { connectNetworks, describeNetworks, type Lab, type Namespace, startLab } from './namespaces.ts';

const NODE = 'host-a';
/** As many as the issue asks for: 20 plans of 250. */
const MANY = { plans: 20, each: 250 };

const environment = { ...agentEnvironment, NODE_NAME: NODE, NODE_IP: '192.0.2.2' };

interface Route {
  readonly destination: string;
  readonly nextHop: string;
  readonly nodeName: string;
}

const route = (destination: string, nextHop = '192.0.2.11'): Route => ({
  destination,
  nextHop,
  nodeName: 'worker',
});

function planOf(name: string, routes: readonly Route[], spec: object = {}): KubeObject {
  return {
    apiVersion: 'kubebyon.app/v1alpha1',
    kind: 'RoutePlan',
    metadata: { name, namespace: RELEASE.namespace },
    spec: {
      clusterID: name,
      tenantPodCIDRs: ['10.64.0.0/16'],
      tenantNodeCIDRs: ['192.0.2.0/24'],
      nodeSelector: {},
      // Nobody is the planner here; that agents say so is another test.
      staleAfterSeconds: 3600,
      routes,
      ...spec,
    },
  };
}

const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 90_000, interval: 100 });

await describeNetworks('the command, as the chart runs it', () => {
  let cluster: Cluster;
  let lab: Lab;
  let host: Namespace;
  let kubeconfig: string;
  let usual: string;
  const running: AgentProcess[] = [];

  const start = (
    words: readonly string[],
    fields: { path?: string; env?: Readonly<Record<string, string>> } = {},
  ) => {
    const started = startAgentProcess(
      ['--kubeconfig', kubeconfig, ...words],
      { ...environment, ...fields.env },
      fields.path ?? usual,
    );
    running.push(started);
    return started;
  };
  const serving = (path?: string) =>
    start(['--metrics-address', '127.0.0.1:0'], path === undefined ? {} : { path });
  const apply = async (...plans: readonly KubeObject[]): Promise<void> => {
    const answers = await inParallel(plans, (each) => cluster.api.apply(each, { fieldManager: 'api' }), 4);
    for (const answer of answers) if (!answer.ok) throw new Error(answer.message);
  };
  const remove = async (...plans: readonly KubeObject[]): Promise<void> => {
    for (const { metadata } of plans) {
      const path = `/apis/kubebyon.app/v1alpha1/namespaces/${RELEASE.namespace}/routeplans/${metadata.name}`;
      const answer = await cluster.api.request({ method: 'DELETE', path });
      if (!answer.ok) throw new Error(answer.message);
    }
  };
  const stored = async (object: KubeObject): Promise<KubeObject> => {
    const answer = await cluster.api.get(object);
    if (!answer.ok) throw new Error(answer.message);
    return answer.object;
  };
  /** The item of the Node in the status of a plan. */
  const itemOf = async (object: KubeObject): Promise<unknown> =>
    digList((await stored(object)).status, 'nodes').find((item) => dig(item, 'nodeName') === NODE);
  const ownRoutes = () => tableOf(host, 'own');

  beforeAll(async () => {
    lab = startLab();
    host = await lab.namespace('host');
    const other = await lab.namespace('other');
    await connectNetworks([host, 'eth0', '192.0.2.2/24'], [other, 'eth0', '192.0.2.11/24']);
    await host.ip('route add default via 192.0.2.1');
    usual = `${ipFolder(lab, 'bin', host)}:/usr/bin:/bin`;
    cluster = await startCluster();
    await createNamespace(cluster, RELEASE.namespace);
    const isOfAgent = ({ kind, metadata }: (typeof agentObjects)[number]): boolean =>
      kind === 'CustomResourceDefinition' ||
      (kind !== 'DaemonSet' && JSON.stringify(metadata).includes(ACCOUNT));
    for (const object of agentObjects.filter(isOfAgent).map(kubeObject)) {
      const answer = await cluster.api.apply(object, { fieldManager: 'helm' });
      if (!answer.ok) throw new Error(`${object.kind} ${object.metadata.name}: ${answer.message}`);
    }
    const node = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: NODE, labels: { zone: 'a' } },
      spec: { podCIDR: '10.244.3.0/24', podCIDRs: ['10.244.3.0/24'] },
    };
    const made = await cluster.api.apply(node, { fieldManager: 'kubelet' });
    if (!made.ok) throw new Error(made.message);
    const { stdout } = await cluster.kubectl(['create', 'token', ACCOUNT, '-n', RELEASE.namespace]);
    const { port, ca } = serverOf(cluster);
    kubeconfig = join(lab.folder, 'kubeconfig');
    writeFileSync(kubeconfig, kubeconfigText(port, stdout.trim(), ca));
    await eventually(() => apply(planOf('first', [])));
    await remove(planOf('first', []));
  });
  afterAll(async () => {
    for (const each of running) await each.end('SIGKILL');
    await cluster?.stop();
    await lab?.stop();
  });

  describe('refuses at once, and touches nothing', () => {
    test('where NODE_IP is no address of this host: it is in a network of its own', async () => {
      const { ended, said } = start(['--once'], { env: { NODE_IP: '192.0.2.77' } });
      expect(await ended).toBe(1);
      expect(said.stderr).toContain('this is not the network of the Node');
      expect(said.stderr).toContain('hostNetwork: true');
      expect(await ownRoutes()).toEqual([]);
    });

    test('without ip, with one that is too old, and with another program of that name', async () => {
      const old = ipOfVersion(lab, 'old', 'ip utility, iproute2-ss180813');
      const other = ipOfVersion(lab, 'busybox', 'BusyBox v1.36.1 multi-call binary.');
      const [none, tooOld, another] = [
        start(['--once'], { path: join(lab.folder, 'nowhere') }),
        start(['--once'], { path: `${old}:/bin` }),
        start(['--once'], { path: `${other}:/bin` }),
      ];
      expect(await Promise.all([none.ended, tooOld.ended, another.ended])).toEqual([1, 1, 1]);
      expect(none.said.stderr).toContain('expected the program ip of iproute2, found ENOENT');
      expect(tooOld.said.stderr).toContain('expected iproute2 5.0 or newer');
      expect(another.said.stderr).toContain('expected iproute2 5.0 or newer');
    });

    test('variables that are wrong, each by its name', async () => {
      const { ended, said } = start(['--once'], {
        env: {
          KUBEBYON_EDGE_ROUTE_PROTOCOL: '186',
          KUBEBYON_GATEWAY_API_WORKLOAD_ROUTE_SYNC_INTERVAL_SECONDS: '20',
        },
      });
      expect(await ended).toBe(1);
      expect(said.stderr).toContain('KUBEBYON_EDGE_ROUTE_PROTOCOL is "186"');
      expect(said.stderr).toContain(
        'KUBEBYON_GATEWAY_API_WORKLOAD_ROUTE_STALE_AFTER_SECONDS is "30"; expected at least 60',
      );
    });
  });

  test('T3.9: while the API server cannot be reached, routes of an earlier agent stay as they are', async () => {
    await host.ip('route add 10.64.9.0/24 via 192.0.2.11 proto 157 metric 4242');
    const before = await ownRoutes();
    const nowhere = join(lab.folder, 'nowhere.kubeconfig');
    writeFileSync(nowhere, kubeconfigText(1, 'token', serverOf(cluster).ca));
    const { ended, said } = start(['--kubeconfig', nowhere, '--once', '--timeout', '3s']);
    expect(await ended).toBe(1);
    expect(said.stderr).toContain('the RoutePlans were not read');
    expect(await ownRoutes()).toEqual(before);
  });

  test('with an empty list they go (T3.9), after a dry run has said so', async () => {
    const shown = start(['--dry-run']);
    expect(await shown.ended).toBe(0);
    expect(shown.said.stdout).toBe('ip -4 route del 10.64.9.0/24 proto 157 metric 4242\n');
    expect(await ownRoutes()).toHaveLength(1);
    const done = start(['--once']);
    expect(await done.ended, done.said.stderr).toBe(0);
    expect(await ownRoutes()).toEqual([]);
  });

  test('with the account, the Roles and the variables of the chart it installs routes, reports and gives signs of life', async () => {
    const plan = planOf('c-1', [route('10.64.1.0/24'), route('10.64.2.0/24', '192.0.2.12')]);
    await apply(plan);
    const agent = serving();
    await eventually(async () =>
      expect(await itemOf(plan)).toEqual({
        ...{ nodeName: NODE, observedGeneration: 1, applied: 2, effective: 2, failed: 0, foreign: 0 },
      }),
    );
    expect(await ownRoutes()).toHaveLength(2);
    const lease = {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: `kubebyon-route-agent-${NODE}`, namespace: RELEASE.namespace },
    };
    const { spec } = await eventually(() => stored(lease));
    expect(spec).toMatchObject({ holderIdentity: NODE, leaseDurationSeconds: 30 });
    expect(await agent.get('/readyz')).toEqual({ status: 200, text: 'ok\n' });
    expect(await agent.get('/healthz')).toEqual({ status: 200, text: 'ok\n' });

    // Idle: rounds go on and the Lease is renewed, and nothing else is written.
    const version = (await stored(plan)).metadata.resourceVersion;
    const writes = await agent.metric('kubebyon_route_agent_status_writes_total');
    const renewals = (await agent.metric('kubebyon_route_agent_lease_renewals_total')) ?? 0;
    await eventually(async () =>
      expect(await agent.metric('kubebyon_route_agent_lease_renewals_total')).toBeGreaterThan(renewals),
    );
    expect(await agent.metric('kubebyon_route_agent_status_writes_total')).toBe(writes);
    expect((await stored(plan)).metadata.resourceVersion).toBe(version);

    // SIGTERM leaves the routes, and what is reported.
    expect(await agent.end('SIGTERM'), agent.said.stderr).toBe(0);
    expect(await ownRoutes()).toHaveLength(2);
    expect(agent.said.stderr).not.toContain('internal error');
    await remove(plan);
  });

  test('a plan that somebody wrote by hand to do harm is told of in its status, and changes nothing', async () => {
    const hostile = planOf(
      'hostile',
      [
        route('10.244.0.0/16'),
        route('192.0.2.0/24', '192.0.2.11'),
        route('10.64.1.0/24', '192.0.2.2'),
        route('10.64.2.0/24', '192.0.2.1'),
        route('10.64.3.0/24', '203.0.113.7'),
        route('10.64.4.4/32'),
        route('169.254.0.0/16'),
      ],
      {
        tenantPodCIDRs: ['10.0.0.0/8', '192.0.2.0/24', '169.254.0.0/16'],
        tenantNodeCIDRs: ['0.0.0.0/0'],
      },
    );
    await apply(hostile);
    const done = start(['--once']);
    expect(await done.ended, done.said.stderr).toBe(0);
    expect(await ownRoutes()).toEqual([]);
    const item = await itemOf(hostile);
    expect(item).toMatchObject({ applied: 0, effective: 0, failed: 7, foreign: 0 });
    expect(digList(item, 'issues').map((issue) => [dig(issue, 'destination'), dig(issue, 'reason')])).toEqual(
      [
        ['10.244.0.0/16', 'DestinationProtected'],
        ['192.0.2.0/24', 'DestinationProtected'],
        ['10.64.1.0/24', 'NextHopLocal'],
        ['10.64.2.0/24', 'NextHopIsGateway'],
      ],
    );
    await remove(hostile);
  });

  /** Reports as the agent of another Node does. */
  const reportOf = async (plan: KubeObject, item: { readonly nodeName: string }): Promise<void> => {
    const { name, namespace } = plan.metadata;
    const path = `/apis/kubebyon.app/v1alpha1/namespaces/${namespace}/routeplans/${name}/status`;
    const answer = await cluster.api.request({
      method: 'PATCH',
      path: `${path}?fieldManager=${agentFieldManager(item.nodeName)}&fieldValidation=Strict`,
      body: { ...plan, spec: undefined, status: { nodes: [item] } },
      contentType: 'application/apply-patch+yaml',
    });
    if (!answer.ok) throw new Error(answer.message);
  };
  const nodesIn = async (plan: KubeObject): Promise<readonly string[]> =>
    digList((await stored(plan)).status, 'nodes').map((item) => digText(item, 'nodeName'));

  test('T3.10: a plan that does not select the Node any more loses its routes and its item, and no other item', async () => {
    const plan = planOf('moving', [route('10.64.1.0/24')], { nodeSelector: { zone: 'a' } });
    const away = planOf('moving', [route('10.64.1.0/24')], { nodeSelector: { zone: 'b' } });
    const once = async (): Promise<void> => {
      const { ended, said } = start(['--once']);
      expect(await ended, said.stderr).toBe(0);
    };
    await apply(plan);
    await once();
    expect(await itemOf(plan)).toMatchObject({ applied: 1 });
    await apply(away);
    await once();
    expect(await nodesIn(plan)).toEqual([]);
    expect(await ownRoutes()).toEqual([]);

    await reportOf(plan, { nodeName: 'host-b' });
    await apply(plan);
    await once();
    expect(await nodesIn(plan)).toEqual(['host-b', NODE]);
    await apply(away);
    await once();
    expect(await nodesIn(plan)).toEqual(['host-b']);
    await remove(plan);
  });

  test('T3.13: agents report beside each other, and a hundred of the longest reports fit into one object', async () => {
    const plan = planOf(
      'crowded',
      Array.from({ length: 256 }, (_, i) => route(`10.64.${i}.0/24`)),
    );
    await apply(plan);
    const issue = { destination: '10.64.100.0/24', reason: 'R'.repeat(64), message: 'm'.repeat(128) };
    const probe = { address: '10.64.100.100', port: 65_535, ok: false, refused: true };
    const counts = {
      observedGeneration: 1,
      applied: 256,
      effective: 256,
      failed: 256,
      foreign: 256,
      stale: true,
    };
    const report = (place: number): Promise<void> =>
      reportOf(plan, {
        nodeName: `${'n'.repeat(250)}${String(place).padStart(3, '0')}`,
        ...{ ...counts, probes: Array(3).fill(probe), issues: Array(4).fill(issue) },
      });
    const sizeWith = async (from: number, to: number): Promise<number> => {
      const places = Array.from({ length: to - from }, (_, i) => from + i);
      // Two at once: neither takes a field of the other, so none is refused.
      await inParallel(places, report, 2);
      const whole = await stored(plan);
      expect(digList(whole.status, 'nodes')).toHaveLength(to);
      return JSON.stringify(whole).length;
    };
    // An item and what the API server notes of its manager are as long for each Node.
    const ten = await sizeWith(0, 10);
    const twenty = await sizeWith(10, 20);
    const hundred = twenty + 8 * (twenty - ten);
    expect(hundred).toBeLessThan(1024 * 1024);
    await remove(plan);
  });

  test('5,000 routes: killed in the middle, gone on with, and then at rest', async () => {
    const slow = join(lab.folder, 'slow');
    writeFileSync(slow, '');
    // Each change takes its time as long as that file is there, so that the kill meets the middle.
    const path = `${ipFolder(lab, 'bin-slow', host, `case "$2" in -batch) [ -e ${slow} ] && sleep 1;; esac`)}:/usr/bin:/bin`;
    const plans = Array.from({ length: MANY.plans }, (_, i) => {
      const cidr = `10.${128 + i}.0.0/16`;
      const routes = Array.from({ length: MANY.each }, (__, j) => route(`10.${128 + i}.${j}.0/24`));
      return planOf(`many-${i}`, routes, { tenantPodCIDRs: [cidr] });
    });
    await apply(...plans);
    const all = MANY.plans * MANY.each;
    const killed = serving(path);
    await eventually(async () => expect((await ownRoutes()).length).toBeGreaterThan(0));
    await killed.end('SIGKILL');
    const middle = (await ownRoutes()).length;
    expect(middle).toBeLessThan(all);
    rmSync(slow);
    expect(existsSync(slow)).toBe(false);

    const agent = serving(path);
    await eventually(async () => expect(await ownRoutes()).toHaveLength(all));
    const first = cpuOf(agent);
    // In time of the processor, which says the same on a busy machine; its start is in it.
    expect(first).toBeLessThan(20_000);
    for (const plan of plans)
      await eventually(async () =>
        expect(await itemOf(plan)).toMatchObject({ applied: MANY.each, effective: MANY.each }),
      );

    // At rest: time of the processor for each round, of the process and of every ip that it has waited for.
    await eventually(async () =>
      expect(await agent.metric('kubebyon_route_agent_lease_renewals_total')).toBeGreaterThan(0),
    );
    const rounds = (): Promise<number | undefined> =>
      agent.metric('kubebyon_route_agent_sync_duration_seconds_count');
    const begun = {
      rounds: (await rounds()) ?? 0,
      cpu: cpuOf(agent),
      writes: await agent.metric('kubebyon_route_agent_status_writes_total'),
    };
    // Whoever asks for metrics makes it work too.
    const seldom = { timeout: 120_000, interval: 2_000 };
    await vi.waitFor(async () => expect(await rounds()).toBeGreaterThanOrEqual(begun.rounds + 5), seldom);
    const done = ((await rounds()) ?? 0) - begun.rounds;
    const perRound = (cpuOf(agent) - begun.cpu) / done;
    const memory = readFileSync(`/proc/${agent.child.pid}/status`, 'utf8');
    const mib = (name: string): number =>
      Math.round(Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(memory)?.[1]) / 1024);
    // Of the rest of what is resident, 50 MiB are the program of Node, which every process of a machine shares.
    process.stdout.write(
      `5,000 routes: killed at ${middle}; the others after ${first} ms CPU; at rest ${perRound.toFixed(0)} ms CPU a round and ${mib('RssAnon')} MiB of its own, peak of all ${mib('VmHWM')} MiB\n`,
    );
    expect(mib('RssAnon')).toBeLessThan(80);
    expect(perRound).toBeLessThan(200);
    expect(await agent.metric('kubebyon_route_agent_status_writes_total')).toBe(begun.writes);
    expect(await agent.end('SIGTERM'), agent.said.stderr).toBe(0);
    expect(await ownRoutes()).toHaveLength(all);
  }, 400_000);
});

/** Milliseconds of a process and of its children that have ended. */
function cpuOf({ child }: AgentProcess): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  // utime, stime, cutime, cstime, in hundredths of a second.
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field) * 10, 0);
}
