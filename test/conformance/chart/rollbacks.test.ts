import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ChartName, emitDocument, loadValues, render } from '../../../src/index.ts';
import { definitionOf } from '../../support/definition.ts';
import type { KubeObject } from '../support/api-client.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { type HelmVersion, helm, helmVersions } from '../support/helm.ts';
import { chartFolder } from './chart-folder.ts';
import { kubeObject } from './dry-run.ts';
import { file } from './helm-jobs.ts';

const CHART: ChartName = 'single-node';

const platform = { enabled: true, hostname: 'kubebyon.example.com', tlsSecretName: 'platform-tls' };
const gatewayapi = { publicAccess: { provider: 'gatewayapi' } };

function entry(workload: object): object {
  return { ...gatewayapi, gatewayAPI: { workload: { enabled: true, ...workload } } };
}

/** Eight ways of running the platform, with pieces that change their handler, their source or their strategy. */
const CONFIGURATIONS: Readonly<Record<string, object>> = {
  haproxy: { api: { hostNetwork: true } },
  gatewayapi: { ...gatewayapi, api: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } } },
  platform: {
    ...gatewayapi,
    gatewayAPI: { platform },
    api: { strategy: { type: 'Recreate' }, livenessProbe: { httpGet: null, tcpSocket: { port: 8080 } } },
  },
  web: {
    ...gatewayapi,
    gatewayAPI: { platform },
    web: { enabled: true, replicas: 2, podDisruptionBudget: { enabled: true, minAvailable: '50%' } },
  },
  workload: { ...entry({}), api: { extraEnv: [{ name: 'A', value: 'b' }] } },
  tls: {
    ...entry({ tls: { enabled: true } }),
    api: { extraEnv: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] },
  },
  certificates: entry({
    tls: { enabled: true },
    certManager: { enabled: true, issuerRef: { name: 'letsencrypt' } },
  }),
  'route agent': entry({ podCIDRRoute: { enabled: true } }),
};

const names = Object.keys(CONFIGURATIONS);

/**
 * A walk through the names that takes every ordered pair of different ones once: an Eulerian circuit of the complete
 * directed graph.
 */
function everyPair(nodes: readonly string[]): readonly string[] {
  const left = new Map(nodes.map((node) => [node, nodes.filter((other) => other !== node)]));
  const stack = [nodes[0] ?? ''];
  const walk: string[] = [];
  while (stack.length > 0) {
    const next = left.get(stack.at(-1) ?? '')?.pop();
    if (next === undefined) walk.unshift(stack.pop() ?? '');
    else stack.push(next);
  }
  return walk;
}

const KEEP_ALL = ['--history-max', '0'];

/** Steps in a lap. Every operation of Helm reads all revisions that are kept, so a walk in one piece takes far longer. */
const LAP = 8;

/** The walk in laps, each beginning where the one before ended. */
function lapsOf(walk: readonly string[]): readonly (readonly string[])[] {
  const starts = Array.from({ length: Math.ceil((walk.length - 1) / LAP) }, (_, index) => index * LAP);
  return starts.map((start) => walk.slice(start, start + LAP + 1));
}

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster({ gatewayApiBundle: '1.6.3' });
});
afterAll(() => cluster?.stop());

const RELEASE = 'walk';

interface Step {
  readonly version: HelmVersion;
  readonly namespace: string;
}

async function runHelm(
  { version, namespace }: Step,
  args: readonly string[],
  values?: object,
): Promise<void> {
  const flags = values === undefined ? [] : ['-f', '-'];
  const { code, stderr } = await helm(version, [...args, '--namespace', namespace, ...flags], {
    kubeconfig: cluster.kubeconfig,
    ...(values === undefined ? {} : { input: emitDocument(values) }),
  });
  expect(code, `${args.join(' ')}: ${stderr}`).toBe(0);
}

function objectsOf(namespace: string, values: object): readonly KubeObject[] {
  const loaded = loadValues(CHART, [file(emitDocument(values))]);
  return render(loaded, { name: RELEASE, namespace }).manifests.map(({ manifest }) => kubeObject(manifest));
}

/** Kinds of the release, by the path of their group. Those without a namespace are named after it. */
const KINDS = [
  ...[
    '/apis/apps/v1/DEPLOYMENTS:deployments',
    '/apis/apps/v1:daemonsets',
    '/api/v1:services',
    '/api/v1:configmaps',
  ],
  ...[
    '/api/v1:serviceaccounts',
    '/apis/policy/v1:poddisruptionbudgets',
    '/apis/rbac.authorization.k8s.io/v1:roles',
  ],
  ...['/apis/rbac.authorization.k8s.io/v1:rolebindings', '/apis/gateway.networking.k8s.io/v1:gateways'],
  '/apis/gateway.networking.k8s.io/v1:httproutes',
].map((entryText) => entryText.replace('/DEPLOYMENTS', '').split(':') as [string, string]);

/** Every object of the release in its namespace, as the API server has it. */
async function liveObjects(namespace: string): Promise<readonly KubeObject[]> {
  const lists = await Promise.all(
    KINDS.map(async ([group, resource]) => {
      const query = `labelSelector=${encodeURIComponent(`app.kubernetes.io/instance=${RELEASE}`)}`;
      const path = `${group}/namespaces/${namespace}/${resource}?${query}`;
      const answer = await cluster.api.request({ method: 'GET', path });
      if (!answer.ok) throw new Error(answer.message);
      const { items, kind } = answer.object as unknown as {
        readonly items: KubeObject[];
        readonly kind: string;
      };
      return items.map((item) => ({ ...item, kind: kind.replace(/List$/, '') }));
    }),
  );
  return lists.flat();
}

/** The objects in the namespace are those of some values: all of them, nothing else, and as rendered. */
async function expectObjects(namespace: string, values: object, step: string): Promise<void> {
  const expected = objectsOf(namespace, values).filter(({ metadata }) => metadata.namespace === namespace);
  const live = await liveObjects(namespace);
  const keyOf = ({ kind, metadata }: KubeObject) => `${kind}/${metadata.name}`;
  expect(live.map(keyOf).toSorted(), step).toEqual(expected.map(keyOf).toSorted());
  const byKey = new Map(live.map((object) => [keyOf(object), object]));
  for (const object of expected) {
    const found = byKey.get(keyOf(object));
    expect(differing(object.spec, found?.spec), `${step} ${keyOf(object)}`).toEqual([]);
  }
}

/**
 * Where a live object says something else than what was rendered, and where it has more than the server fills in: an
 * entry of a list, another handler of a probe, another source of a volume or variable, a strategy of another type.
 */
function differing(rendered: unknown, live: unknown, path = 'spec'): readonly string[] {
  if (rendered === null || rendered === '') return [];
  if (Array.isArray(rendered)) {
    if (!Array.isArray(live) || live.length !== rendered.length) return [`${path}: ${JSON.stringify(live)}`];
    return rendered.flatMap((item, index) => differing(item, live[index], `${path}[${index}]`));
  }
  if (typeof rendered !== 'object' || rendered === undefined) {
    return rendered === live ? [] : [`${path}: ${JSON.stringify(live)}`];
  }
  const found = new Map(Object.entries(live ?? {}));
  const left = LEFT_OVER.filter((key) => found.has(key) && !(key in rendered)).map(
    (key) => `${path}.${key} is left`,
  );
  const inside = Object.entries(rendered).flatMap(([key, value]) =>
    differing(value, found.get(key), `${path}.${key}`),
  );
  return [...left, ...inside];
}

const LEFT_OVER = [
  'rollingUpdate',
  'httpGet',
  'tcpSocket',
  'exec',
  'grpc',
  'value',
  'valueFrom',
  'hostPort',
  'hostNetwork',
];

describe.each(helmVersions)('Helm %s', (version) => {
  const step: Step = { version, namespace: `walk-${version.replace('.', '-')}` };

  test('upgrades and rolls back between every ordered pair of eight configurations', async () => {
    const walk = everyPair(names);
    expect(walk).toHaveLength(names.length * (names.length - 1) + 1);
    const valuesOf = (name: string) => CONFIGURATIONS[name] ?? {};
    const folder = chartFolder(CHART);
    await runHelm(step, ['install', RELEASE, folder, '--create-namespace'], valuesOf(walk[0] ?? ''));
    await expectObjects(step.namespace, valuesOf(walk[0] ?? ''), 'install');
    let revision = 1;
    const walkTo = async (how: string, name: string, args: readonly string[], values?: object) => {
      await runHelm(step, args, values);
      revision += 1;
      await expectObjects(step.namespace, valuesOf(name), how);
    };
    for (const lap of lapsOf(walk)) {
      const first = revision;
      for (const [index, name] of lap.entries()) {
        if (index === 0) continue;
        const args = ['upgrade', RELEASE, folder, '--reset-values', ...KEEP_ALL];
        await walkTo(`upgrade ${lap[index - 1]} -> ${name}`, name, args, valuesOf(name));
      }
      // Rolling back along the lap takes every pair the other way round.
      for (let index = lap.length - 2; index >= 0; index -= 1) {
        const name = lap[index] ?? '';
        const args = ['rollback', RELEASE, String(first + index), ...KEEP_ALL];
        await walkTo(`rollback ${lap[index + 1]} -> ${name}`, name, args);
      }
      const last = lap.at(-1) ?? '';
      const args = ['rollback', RELEASE, String(first + lap.length - 1), '--history-max', '2'];
      await walkTo(`rollback to ${last}, where the next lap begins`, last, args);
    }
    await expectGone(step);
  }, 360_000);
});

test('a change of the version of Helm between any two revisions changes nothing', async () => {
  const namespace = 'walk-of-versions';
  const stepOf = (index: number): Step => ({
    version: helmVersions[index % helmVersions.length] ?? '3.22',
    namespace,
  });
  const valuesOf = (name: string) => CONFIGURATIONS[name] ?? {};
  const folder = chartFolder(CHART);
  await runHelm(stepOf(0), ['install', RELEASE, folder, '--create-namespace'], valuesOf(names[0] ?? ''));
  for (const [index, name] of names.entries()) {
    if (index > 0)
      await runHelm(stepOf(index), ['upgrade', RELEASE, folder, '--reset-values'], valuesOf(name));
    await expectObjects(namespace, valuesOf(name), `upgrade to ${name} by Helm ${stepOf(index).version}`);
  }
  for (let revision = names.length - 1; revision >= 1; revision -= 1) {
    const name = names[revision - 1] ?? '';
    const step = stepOf(revision + 1);
    await runHelm(step, ['rollback', RELEASE, String(revision), '--history-max', '0']);
    await expectObjects(namespace, valuesOf(name), `rollback to ${name} by Helm ${step.version}`);
  }
  await expectGone(stepOf(0));
}, 200_000);

/** Uninstalls, and nothing is left but the definitions, which are kept; they go as well, for the next test. */
async function expectGone(step: Step): Promise<void> {
  await runHelm(step, ['uninstall', RELEASE, '--no-hooks']);
  expect(await liveObjects(step.namespace)).toEqual([]);
  const roles = await cluster.kubectl([
    'get',
    'clusterroles,clusterrolebindings',
    '-l',
    `app.kubernetes.io/instance=${RELEASE}`,
    '-o',
    'name',
  ]);
  expect(roles.stdout.trim()).toBe('');
  for (const plural of ['edgeclusters', 'routeplans']) {
    const definition = kubeObject(definitionOf(plural));
    expect(await cluster.api.get(definition)).toMatchObject({ ok: true });
    await cluster.api.delete(definition);
  }
}
