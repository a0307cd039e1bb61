import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { followRoutes, type Routes } from '../../../src/controller/routes/routes.ts';
import { emitDocument } from '../../../src/index.ts';
import { connect, type Failure, systemClock } from '../../../src/kube/index.ts';
import type { Change } from '../../../src/planner/world/index.ts';
import type { KubeObject as Observed } from '../../../src/planner/world/world.ts';
import { type NodeItem, reportToPlans } from '../../../src/route-agent/agent/reports.ts';
import { dig } from '../../support/rules/dig.ts';
import { chartFolder } from '../chart/chart-folder.ts';
import { createNamespace } from '../chart/dry-run.ts';
import { serverOf, through } from '../kube/support.ts';
import type { ApiClient, KubeObject } from '../support/api-client.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { type HelmVersion, helm, helmVersions } from '../support/helm.ts';
import { runProgram } from '../support/program.ts';
import { applyStatus, as, item, kubeconfigFor, routePlan, tokenOf } from './agents.ts';

const NAMESPACE = 'kubebyon-system';
const AGENT = 'kubebyon-kubebyon-route-agent';
const PATIENCE = { timeout: 60_000, interval: 200 };
const MAIN = join(import.meta.dirname, '../../../src/cli/main.ts');
const VALUES = emitDocument({
  publicAccess: { provider: 'gatewayapi' },
  gatewayAPI: { workload: { enabled: true, podCIDRRoute: { enabled: true } } },
  routeAgent: { admissionPolicy: { enabled: true } },
});

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster({ gatewayApiBundle: '1.6.3' });
  await createNamespace(cluster, NAMESPACE);
  await install(helmVersions[0]);
  await applied(routePlan('c-1', NAMESPACE));
}, 120_000);
afterAll(() => cluster?.stop());

async function runHelm(version: HelmVersion, args: readonly string[], input = ''): Promise<void> {
  const named = ['--namespace', NAMESPACE];
  const { code, stderr } = await helm(version, [...args, ...named], {
    kubeconfig: cluster.kubeconfig,
    input,
  });
  expect(code, stderr).toBe(0);
}

function install(version: HelmVersion): Promise<void> {
  return runHelm(version, ['install', 'kubebyon', chartFolder('single-node'), '-f', '-'], VALUES);
}

/** A kind that is new is served a moment after its definition is stored. */
async function applied(object: KubeObject): Promise<KubeObject> {
  return vi.waitFor(async () => {
    const answer = await cluster.api.apply(object, { fieldManager: 'kubebyon-edge-sync' });
    if (!answer.ok) throw new Error(answer.message);
    return answer.object;
  }, PATIENCE);
}

async function live(object: KubeObject): Promise<KubeObject | undefined> {
  const answer = await cluster.api.get(object);
  return answer.ok ? answer.object : undefined;
}

/** An agent's connection, with the token of a Pod on a Node. */
async function agentOn(nodeName: string): Promise<ApiClient> {
  const spec = {
    serviceAccountName: AGENT,
    nodeName,
    containers: [{ name: 'route-agent', image: 'kubebyon-route-agent' }],
  };
  const metadata = { name: `route-agent-${nodeName}`, namespace: NAMESPACE };
  const pod = await applied({ apiVersion: 'v1', kind: 'Pod', metadata, spec });
  const { name, uid } = Object(pod.metadata);
  return as(cluster, await tokenOf(cluster, NAMESPACE, AGENT, { name, uid }));
}

function lease(name: string): KubeObject {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: NAMESPACE },
    spec: { holderIdentity: 'a' },
  };
}

const podOf = async (nodeName: string): Promise<KubeObject | undefined> =>
  live({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `route-agent-${nodeName}`, namespace: NAMESPACE },
  });

const onServer = () => {
  const { port, ca } = serverOf(cluster);
  return { url: `https://127.0.0.1:${port}`, ca };
};

const post = (api: ApiClient, name: string, query = '') =>
  api.request({
    method: 'POST',
    path: `/apis/coordination.k8s.io/v1/namespaces/${NAMESPACE}/leases${query}`,
    body: lease(name),
  });

describe('with routeAgent.admissionPolicy', () => {
  let onA: ApiClient;
  let onB: ApiClient;
  beforeAll(async () => {
    [onA, onB] = [await agentOn('host-a'), await agentOn('host-b')];
    // A policy counts a moment after it is stored.
    await vi.waitFor(async () => {
      const status = await applyStatus(onA, routePlan('c-1', NAMESPACE), { desired: 9 }, 'a', {
        dryRun: true,
      });
      expect(status).toMatchObject({ ok: false });
      expect(await post(onA, 'probing', '?dryRun=All')).toMatchObject({ ok: false });
    }, PATIENCE);
  });
  afterAll(() => {
    for (const one of [onA, onB]) one?.close();
  });

  const plan = routePlan('c-1', NAMESPACE);

  test('agents report on their own Nodes, one beside the other, again and again', async () => {
    for (const applied of [1, 2]) {
      for (const [api, node] of [
        [onA, 'host-a'],
        [onB, 'host-b'],
      ] as const) {
        const answer = await applyStatus(api, plan, { nodes: [item(node, applied, 1)] }, `agent-${node}`);
        expect(answer).toMatchObject({ ok: true });
      }
    }
    expect(Object((await live(plan))?.status).nodes).toMatchObject([
      { nodeName: 'host-a', applied: 2 },
      { nodeName: 'host-b', applied: 2 },
    ]);
  });

  test.each([
    ['adds an item of another Node', { nodes: [item('host-c', 1, 1)] }, 'its own Node only'],
    ['changes the item of another Node', { nodes: [item('host-b', 0, 1)] }, 'its own Node only'],
    ['says how many routes there are', { desired: 7 }, 'items of Nodes only'],
    ['says which generation was seen', { observedGeneration: 7 }, 'items of Nodes only'],
    [
      'says what the planner says',
      {
        conditions: [
          {
            type: 'Applied',
            status: 'True',
            reason: 'A',
            message: '',
            lastTransitionTime: '2026-01-01T00:00:00Z',
          },
        ],
      },
      'items of Nodes only',
    ],
  ])('an agent that %s is refused', async (_, status, reason) => {
    const own = { nodes: [item('host-a', 2, 1), ...('nodes' in status ? status.nodes : [])] };
    const answer = await applyStatus(onA, plan, { ...status, ...own }, 'agent-host-a');
    expect(!answer.ok && answer.message).toContain(reason);
  });

  test('an agent takes its own item away, and nobody else’s', async () => {
    await applyStatus(cluster.api, plan, { desired: 2 }, 'kubebyon-edge-sync');
    expect(await applyStatus(onB, plan, {}, 'agent-host-b')).toMatchObject({ ok: true });
    expect(Object((await live(plan))?.status).nodes).toMatchObject([{ nodeName: 'host-a' }]);
    const stolen = await applyStatus(onB, plan, { nodes: [] }, 'agent-host-a');
    expect(!stolen.ok && stolen.message).toContain('its own Node only');
  });

  test('the last item goes out of a status that holds nothing else, and comes again', async () => {
    const alone = routePlan('c-alone', NAMESPACE);
    await applied(alone);
    const pod = { name: 'route-agent-host-a', uid: String(dig(await podOf('host-a'), 'metadata', 'uid')) };
    const kube = connect(through(onServer(), await tokenOf(cluster, NAMESPACE, AGENT, pod)));
    const troubles: Failure[] = [];
    const agent = reportToPlans({
      kube,
      nodeName: 'host-a',
      onWritten: () => undefined,
      onTrouble: (failure) => troubles.push(failure),
      onFault: (error) => {
        throw error;
      },
    });
    const tell = async (said: NodeItem): Promise<unknown> => {
      const object = await live(alone);
      agent.tell(JSON.parse(JSON.stringify(object)), said);
      await vi.waitFor(() => expect(agent.isSettled()).toBe(true), PATIENCE);
      return Object((await live(alone))?.status).nodes ?? [];
    };
    const own = { ...item('host-a', 2, 1) };
    expect(await tell(own)).toEqual([own]);
    expect(await tell(undefined)).toEqual([]);
    expect(await tell(own)).toEqual([own]);
    expect(troubles).toEqual([]);
    await agent.stop();
    await kube.close();
  });

  test('a token that names no Node writes nothing', async () => {
    const api = as(cluster, await tokenOf(cluster, NAMESPACE, AGENT));
    const answer = await applyStatus(api, plan, { nodes: [item('host-a', 1, 1)] }, 'agent-host-a');
    expect(!answer.ok && answer.message).toContain('must name its Node');
    const sign = await post(api, 'kubebyon-route-agent-host-a');
    expect(!sign.ok && sign.message).toContain('its own Node only');
    api.close();
  });

  test('an agent gives the sign of life of its own Node, and no other', async () => {
    expect(await post(onA, 'kubebyon-route-agent-host-a')).toMatchObject({ ok: true });
    for (const name of ['kubebyon-route-agent-host-b', 'kubebyon-route-planner', 'kubebyon-edge-sync']) {
      const answer = await post(onA, name);
      expect(!answer.ok && answer.message, name).toContain('its own Node only');
    }
  });

  test('whoever is no agent writes as before', async () => {
    const answer = await applyStatus(cluster.api, plan, { desired: 2 }, 'kubebyon-edge-sync');
    expect(answer).toMatchObject({ ok: true });
  });
});

describe('the controller', () => {
  test('says in a RoutePlan what agents say, drops a Node that is gone, and then writes nothing more', async () => {
    const plan = await applied(routePlan('c-2', NAMESPACE));
    const nodes = ['host-a', 'host-b'];
    for (const node of [...nodes, 'host-gone'])
      await applyStatus(cluster.api, plan, { nodes: [item(node, 2, 1)] }, `agent-${node}`);
    const { port, ca, token } = serverOf(cluster);
    const kube = connect(through({ url: `https://127.0.0.1:${port}`, ca }, token));
    const troubles: Failure[] = [];
    const changes: Change[] = [];
    const routes = followRoutes({
      kube,
      writer: kube,
      clock: systemClock,
      identity: 'planner-1',
      namespace: NAMESPACE,
      staleAfterSeconds: 120,
      syncIntervalSeconds: 1,
      tell: (change) => changes.push(change),
      isListed: () => true,
      onTrouble: (failure) => troubles.push(failure),
      onFault: (error) => {
        throw error;
      },
    });
    routes.lead();
    routes.takeHost({ complete: true, nodes: nodes.map((name) => ({ name, ready: true })) });
    const watch = planWatch(kube, routes);
    const beat = async (time: string) => {
      for (const node of nodes) {
        const spec = { holderIdentity: node, renewTime: time };
        await cluster.api.apply(
          { ...lease(`kubebyon-route-agent-${node}`), spec },
          { fieldManager: 'agent', force: true },
        );
      }
    };
    await beat('2026-01-01T00:00:00.000000Z');
    await vi.waitFor(() => expect(changes.some(({ of }) => of === 'routes')).toBe(true), PATIENCE);
    await beat('2026-01-01T00:00:40.000000Z');
    const status = await vi.waitFor(async () => {
      const { conditions, nodes: items } = Object((await live(plan))?.status);
      expect(items).toHaveLength(2);
      expect(conditions).toMatchObject([
        { type: 'Accepted', status: 'True' },
        { type: 'Applied', status: 'True', message: '2 routes on host-a and 1 more' },
        { type: 'Stale', status: 'False' },
      ]);
      return items;
    }, PATIENCE);
    expect(status).toMatchObject([{ nodeName: 'host-a' }, { nodeName: 'host-b' }]);
    const written = (await live(plan))?.metadata.resourceVersion;
    expect(changes.filter(({ of }) => of === 'routes').at(-1)).toMatchObject({
      routes: {
        agents: { 'host-a': { effective: expect.arrayContaining(['10.64.1.0/24', '10.64.2.0/24']) } },
      },
    });
    expect(await live(lease('kubebyon-route-planner'))).toMatchObject({
      spec: { holderIdentity: 'planner-1' },
    });
    // Rounds go on; each would have written by its end what it had to say.
    await beat('2026-01-01T00:01:20.000000Z');
    await beat('2026-01-01T00:02:00.000000Z');
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect((await live(plan))?.metadata.resourceVersion).toBe(written);
    // The agent of a Node still owns its item, so it may take it away.
    await applyStatus(cluster.api, plan, {}, 'agent-host-b');
    expect(Object((await live(plan))?.status).nodes).toMatchObject([{ nodeName: 'host-a' }]);
    await watch.stop();
    await routes.stop();
    await kube.close();
    expect(troubles).toEqual([]);
  }, 120_000);
});

/** RoutePlans as the controller's own watch tells of them. */
function planWatch(kube: ReturnType<typeof connect>, routes: Routes) {
  const resource = { group: 'kubebyon.app', version: 'v1alpha1', plural: 'routeplans' };
  return kube.watch(
    { resource },
    {
      onChanges: (changes) => {
        for (const change of changes) {
          if (change.kind === 'removed') continue;
          const { apiVersion, kind, metadata } = change.object;
          const reference = { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name };
          // What the API server stores has the shape of the planner's objects.
          routes.takePlan(reference, change.object as unknown as Observed);
        }
      },
      onHealth: () => undefined,
      onFault: (error) => {
        throw error;
      },
    },
  );
}

test('the command that cleans up names the Nodes whose agents are silent, and ends as if they were not', async () => {
  const silent = await applied(routePlan('c-silent', NAMESPACE));
  await applyStatus(cluster.api, silent, { nodes: [item('host-b', 2, 1)] }, 'agent-host-b');
  const words = [
    'route-cleanup',
    '--namespace',
    NAMESPACE,
    '--timeout',
    '1s',
    '--kubeconfig',
    cluster.kubeconfig,
  ];
  const { code, stdout, stderr } = await runProgram(process.execPath, [MAIN, ...words], {
    env: { PATH: process.env.PATH ?? '' },
    timeout: 120_000,
  });
  expect(code, stderr).toBe(0);
  expect(stdout).toContain('RoutePlans are gone');
  expect(stderr).toContain('found none of host-a, host-b');
  expect(stderr).toContain('ip route flush proto 157');
  expect(await live(silent)).toBeUndefined();
}, 120_000);

describe.each(helmVersions)('helm uninstall of Helm %s', (version) => {
  const job: KubeObject = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'kubebyon-kubebyon-route-cleanup', namespace: NAMESPACE },
  };

  /** What a kubelet and the controller of Jobs do: run the container of the Job as its ServiceAccount, and say that it is done. */
  async function runJob(): Promise<string> {
    const found = await vi.waitFor(async () => {
      const object = await live(job);
      if (object === undefined) throw new Error('no Job yet');
      return object;
    }, PATIENCE);
    const pod = Object(found.spec).template.spec;
    const token = await tokenOf(cluster, NAMESPACE, pod.serviceAccountName);
    const kubeconfig = kubeconfigFor(cluster, `cleanup-${version}`, token);
    const [container] = pod.containers;
    const { code, stdout, stderr } = await runProgram(
      process.execPath,
      [MAIN, ...container.args, '--kubeconfig', kubeconfig],
      { env: { PATH: process.env.PATH ?? '' }, timeout: 120_000 },
    );
    expect(code, stderr).toBe(0);
    const time = new Date().toISOString();
    const done = (type: string) => ({ type, status: 'True', lastProbeTime: time, lastTransitionTime: time });
    const status = {
      startTime: time,
      completionTime: time,
      succeeded: 1,
      uncountedTerminatedPods: {},
      conditions: [done('SuccessCriteriaMet'), done('Complete')],
    };
    const path = `/apis/batch/v1/namespaces/${NAMESPACE}/jobs/${job.metadata.name}/status`;
    const contentType = 'application/merge-patch+json';
    const answer = await cluster.api.request({ method: 'PATCH', path, body: { status }, contentType });
    expect(answer).toMatchObject({ ok: true });
    return stdout + stderr;
  }

  /** An agent that takes its routes away as soon as its plan has none. */
  async function withdraw(plan: KubeObject): Promise<void> {
    const generation = await vi.waitFor(async () => {
      const object = await live(plan);
      if (object === undefined || Object(object.spec).routes.length > 0) throw new Error('there are routes');
      return Number(object.metadata.generation);
    }, PATIENCE);
    await applyStatus(cluster.api, plan, { nodes: [item('host-a', 0, generation)] }, 'agent-host-a');
  }

  test('empties the plans, waits for the agents, removes them, and leaves nothing of the Job', async () => {
    if (version !== helmVersions[0]) {
      await install(version);
      // The command before holds it still; to wait for its end once is enough.
      await cluster.api.delete(lease('kubebyon-edge-sync'));
    }
    const plan = await applied(routePlan(`c-${version}`, NAMESPACE));
    await applyStatus(cluster.api, plan, { nodes: [item('host-a', 2, 1)] }, 'agent-host-a');
    const [said] = await Promise.all([
      runJob(),
      withdraw(plan),
      runHelm(version, ['uninstall', 'kubebyon', '--timeout', '110s']),
    ]);
    expect(said).toContain('RoutePlans are gone');
    expect(await live(plan)).toBeUndefined();
    const kinds = 'jobs,roles,rolebindings,serviceaccounts';
    const left = await cluster.kubectl(['get', kinds, '-n', NAMESPACE, '-o', 'name']);
    expect(left.stdout).not.toContain('route-cleanup');
    const policies = await cluster.kubectl(['get', 'validatingadmissionpolicies', '-o', 'name']);
    expect(policies.stdout).not.toContain('route-agent');
  }, 180_000);
});
