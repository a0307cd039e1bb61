import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type ChartName, emitDocument, loadValues, render } from '../../../src/index.ts';
import { definitionOf } from '../../support/definition.ts';
import type { KubeObject } from '../support/api-client.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { type HelmVersion, helm, helmVersions } from '../support/helm.ts';
import type { ProgramResult } from '../support/program.ts';
import { chartFolder, chartNames } from './chart-folder.ts';
import { kubeObject } from './dry-run.ts';
import { file } from './helm-jobs.ts';

/** Both ways of writing objects: Helm 3 patches what changed, Helm 4 applies on the server. */
const helms: readonly HelmVersion[] = ['3.22', '4.3'];

const DEFINITIONS = ['edgeclusters', 'routeplans'].map((plural) => kubeObject(definitionOf(plural)));

async function deleteDefinitions(): Promise<void> {
  for (const definition of DEFINITIONS) await cluster.api.delete(definition);
}

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster({ gatewayApiBundle: '1.6.3', certManager: true });
});
afterAll(() => cluster?.stop());

interface Install {
  readonly version: HelmVersion;
  readonly chart: ChartName;
  readonly name: string;
  readonly namespace?: string;
}

/** The namespace of an installation; every test has its own. */
function namespaceOf({ version, chart, name, namespace }: Install): string {
  return namespace ?? `${name}-${chart}-helm-${version.replace('.', '-')}`;
}

function tryHelm(install: Install, args: readonly string[], values?: object): Promise<ProgramResult> {
  const flags = values === undefined ? [] : ['-f', '-'];
  return helm(install.version, [...args, '--namespace', namespaceOf(install), ...flags], {
    kubeconfig: cluster.kubeconfig,
    ...(values === undefined ? {} : { input: emitDocument(values) }),
  });
}

/** Runs helm and gives what it says; it must succeed. */
async function runHelm(install: Install, args: readonly string[], values?: object): Promise<string> {
  const { code, stdout, stderr } = await tryHelm(install, args, values);
  expect(code, stderr).toBe(0);
  return stdout;
}

const installed: Install[] = [];

function installChart(install: Install, values: object): Promise<string> {
  installed.push(install);
  return runHelm(
    install,
    ['install', install.name, chartFolder(install.chart), '--create-namespace'],
    values,
  );
}

/** Without --reset-values Helm takes empty values for "as before". */
function upgradeChart(install: Install, values: object): Promise<string> {
  return runHelm(install, ['upgrade', install.name, chartFolder(install.chart), '--reset-values'], values);
}

/** Helm keeps the definitions, which would be in the way of the next test. */
afterEach(async () => {
  for (const install of installed.splice(0))
    await tryHelm(install, ['uninstall', install.name, '--no-hooks']);
  await deleteDefinitions();
});

function objectsOf(install: Install, values: object): readonly KubeObject[] {
  const loaded = loadValues(install.chart, [file(emitDocument(values))]);
  const { manifests, problems } = render(loaded, { name: install.name, namespace: namespaceOf(install) });
  expect(problems).toEqual([]);
  return manifests.map(({ manifest }) => kubeObject(manifest));
}

async function live(object: KubeObject): Promise<KubeObject | undefined> {
  const answer = await cluster.api.get(object);
  return answer.ok ? answer.object : undefined;
}

/** Everything that the library renders of some values is there as rendered. */
async function expectLive(install: Install, values: object): Promise<void> {
  for (const object of objectsOf(install, values)) {
    expect(await live(object), `${object.kind} ${object.metadata.name}`).toMatchObject(expected(object));
  }
}

/** Names and uids of the Gateways in the namespace of an installation. */
async function gateways(install: Install): Promise<Readonly<Record<string, unknown>>> {
  const path = `/apis/gateway.networking.k8s.io/v1/namespaces/${namespaceOf(install)}/gateways`;
  const answer = await cluster.api.request({ method: 'GET', path });
  if (!answer.ok) throw new Error(answer.message);
  const { items } = answer.object as unknown as { readonly items: readonly KubeObject[] }; // a GatewayList
  return Object.fromEntries(items.map(({ metadata }) => [metadata.name, metadata.uid]));
}

const platform = { enabled: true, hostname: 'kubebyon.example.com', tlsSecretName: 'platform-tls' };

/** All three Gateways, the console and the route agent. */
function everything(gatewayAPI: object = {}, workload: object = {}, rest: object = {}): object {
  return {
    publicAccess: { provider: 'gatewayapi' },
    gatewayAPI: {
      platform,
      workload: { enabled: true, podCIDRRoute: { enabled: true }, ...workload },
      ...gatewayAPI,
    },
    web: { enabled: true },
    ...rest,
  };
}

describe.each(helmVersions)('Helm %s', (version) => {
  test.each(chartNames)(
    'installs, upgrades, rolls back and uninstalls the %s chart',
    async (chart) => {
      const install = { version, chart, name: 'cycle' };
      const before = await clusterObjects(install);
      const first = everything();
      const second = {
        ...everything({ listenerName: 'sni' }),
        commonLabels: { team: 'edge' },
        api: { replicas: 2 },
      };
      await installChart(install, first);
      await expectLive(install, first);
      const uids = await gateways(install);
      expect(Object.keys(uids)).toHaveLength(3);

      await upgradeChart(install, second);
      await expectLive(install, second);
      await runHelm(install, ['rollback', install.name, '1']);
      await expectLive(install, first);
      await upgradeChart(install, {}); // haproxy: the Gateways, routes, console and agent go, the sidecar comes
      await expectLive(install, {});
      expect(await gateways(install)).toEqual({});
      await upgradeChart(install, first);
      await expectLive(install, first);
      expect(JSON.parse(await runHelm(install, ['history', install.name, '-o', 'json']))).toHaveLength(5);

      await runHelm(install, ['uninstall', install.name, '--no-hooks']);
      const left = (await clusterObjects(install)).filter((object) => !before.includes(object));
      expect(left.filter((object) => !object.startsWith('namespace/')).toSorted()).toEqual(
        DEFINITIONS.map(({ metadata }) => `customresourcedefinition.apiextensions.k8s.io/${metadata.name}`),
      );
      await deleteDefinitions();
    },
    120_000,
  );
});

describe.each(helms)('Helm %s', (version) => {
  test('never makes a Gateway again unless its name, its namespace or whether it is there changes', async () => {
    const install: Install = { version, chart: 'single-node', name: 'uid' };
    await installChart(install, everything());
    const uids = await gateways(install);
    const changes = [
      everything({ gatewayClassName: 'other' }),
      everything({ listenerName: 'sni', syncIntervalSeconds: 30 }),
      everything({ labels: { team: 'edge' }, annotations: { a: 'b' } }),
      everything({
        infrastructure: { labels: { a: 'b' } },
        addresses: [{ type: 'IPAddress', value: '192.0.2.1' }],
      }),
      everything({}, { listenerName: 'http', listenerSets: true }),
      everything(
        {},
        { allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels: { a: 'b' } } } } },
      ),
      everything({}, { tls: { enabled: true } }),
      everything({ platform: { ...platform, hostname: 'other.example.com', httpToHttpsRedirect: false } }),
      everything({ addressMode: 'single' }, {}, { api: { hostNetwork: true }, commonLabels: { a: 'b' } }),
      everything({}, {}, { nameOverride: 'shown', rbac: { create: false } }),
      everything(),
    ];
    for (const values of changes) {
      await upgradeChart(install, values);
      expect(await gateways(install), emitDocument(values)).toEqual(uids);
    }
    const [controlPlane = '', platformName = '', workload = ''] = Object.keys(uids).toSorted();
    await upgradeChart(install, everything({}, { name: 'renamed' }));
    expect(Object.keys(await gateways(install)).toSorted()).toEqual(['renamed', controlPlane, platformName]);
    await upgradeChart(install, everything());
    const after = await gateways(install);
    expect(after[controlPlane]).toBe(uids[controlPlane]);
    expect(after[workload], 'a Gateway that went and came back is another one').not.toBe(uids[workload]);
  }, 120_000);

  test('switches the API to the network of its Node and back', async () => {
    const install: Install = { version, chart: 'single-node', name: 'network' };
    const strategy = async () => {
      const deployment = objectsOf(install, {}).find(({ kind }) => kind === 'Deployment');
      return deployment && (await live(deployment))?.spec;
    };
    const onNode = { api: { hostNetwork: true } };
    await installChart(install, {});
    expect(await strategy()).toMatchObject({ strategy: { type: 'RollingUpdate' } });
    for (let round = 0; round < 2; round += 1) {
      await upgradeChart(install, onNode);
      expect(await strategy()).toMatchObject({
        strategy: { type: 'Recreate' },
        template: { spec: { hostNetwork: true } },
      });
      await upgradeChart(install, {});
      expect(await strategy()).toMatchObject({ strategy: { type: 'RollingUpdate' } });
    }
    await runHelm(install, ['rollback', install.name, '2']);
    expect(await strategy()).toMatchObject({ strategy: { type: 'Recreate' } });
  }, 120_000);

  test('rolls back to a revision with the route agent, whose definition no revision has been without', async () => {
    const install: Install = { version, chart: 'single-node', name: 'back' };
    await installChart(install, everything());
    await upgradeChart(install, {});
    await runHelm(install, ['rollback', install.name, '1']);
    await expectLive(install, everything());
  }, 120_000);

  test('hands the entries over to the edge controller, and back by a rollback', async () => {
    const install: Install = { version, chart: 'multi-node', name: 'handover' };
    const withController = everything({}, {}, { edgeController: { enabled: true } });
    await installChart(install, everything());
    const before = await gateways(install);
    await upgradeChart(install, withController);
    await expectLive(install, withController);
    expect(await gateways(install), 'the Gateways are the same').toEqual(before);
    await runHelm(install, ['rollback', install.name, '1']);
    await expectLive(install, everything());
    const left = await cluster.kubectl([
      ...[
        'get',
        'deployments,services,networkpolicies,poddisruptionbudgets,roles,clusterroles',
        '-A',
        '-o',
        'name',
      ],
      ...['-l', 'app.kubernetes.io/component=edge-controller'],
    ]);
    expect(left.stdout.trim()).toBe('');
  }, 120_000);

  test('goes on by an upgrade where a rollback finds the definition that was kept', async () => {
    const install: Install = { version, chart: 'single-node', name: 'kept' };
    await installChart(install, everything());
    await upgradeChart(install, { crds: { install: false } }); // as a chart of before, without the route agent
    await tryHelm(install, ['rollback', install.name, '1']); // refused or not, by the version of Helm
    await upgradeChart(install, everything());
    await expectLive(install, everything());
    await upgradeChart(install, {});
    await runHelm(install, ['rollback', install.name, '4']);
    await expectLive(install, everything());
  }, 120_000);

  test('refuses the definition of another release, unless told not to install it', async () => {
    const first: Install = { version, chart: 'single-node', name: 'first' };
    const second: Install = { version, chart: 'multi-node', name: 'second' };
    await installChart(first, everything());
    const args = ['install', second.name, chartFolder(second.chart), '--create-namespace'];
    const { code, stderr } = await tryHelm(second, args, everything());
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/CustomResourceDefinition "[a-z]+\.kubebyon\.app"/);
    expect(stderr).toContain('invalid ownership metadata');
    await tryHelm(second, ['uninstall', second.name, '--no-hooks']);
    await installChart(second, everything({}, {}, { crds: { install: false } }));
    await runHelm(second, ['uninstall', second.name, '--no-hooks']);

    await runHelm(first, ['uninstall', first.name, '--no-hooks']);
    await installChart(first, everything()); // the same release finds its definition again
  }, 120_000);
});

test('Helm 4 takes over a release of Helm 3, on the server or not, and goes on with it', async () => {
  for (const serverSide of ['auto', 'true']) {
    const shared = { chart: 'single-node', name: 'moved', namespace: `moved-${serverSide}` } as const;
    const old: Install = { ...shared, version: '3.22' };
    const now: Install = { ...shared, version: '4.3' };
    await installChart(old, everything());
    const uids = await gateways(old);
    const args = [
      'upgrade',
      now.name,
      chartFolder(now.chart),
      '--reset-values',
      `--server-side=${serverSide}`,
    ];
    await runHelm(now, args, everything());
    const onNode = everything({ listenerName: 'sni' }, {}, { api: { hostNetwork: true } });
    await upgradeChart(now, onNode);
    await expectLive(now, onNode);
    await upgradeChart(now, everything());
    await expectLive(now, everything());
    expect(await gateways(now)).toEqual(uids);
    await runHelm(now, ['uninstall', now.name, '--no-hooks']);
    await deleteDefinitions();
  }
}, 120_000);

/** What must be found in the live object; the API server drops properties that are null or an empty text. */
function expected({ kind, metadata, spec, data, rules }: KubeObject): object {
  const drop = function (this: unknown, _key: string, value: unknown) {
    return (value === null || value === '') && !Array.isArray(this) ? undefined : value;
  };
  return JSON.parse(JSON.stringify({ kind, metadata, spec, data, rules }, drop));
}

/** Everything in the namespace of an installation, and everything without a namespace, as `kind/name`. */
async function clusterObjects(install: Install): Promise<readonly string[]> {
  const list = async (namespaced: boolean) => {
    const resources = await cluster.kubectl([
      ...['api-resources', '--verbs=list', `--namespaced=${namespaced}`, '-o', 'name'],
    ]);
    const kinds = resources.stdout
      .trim()
      .split('\n')
      .filter((kind) => !/^(events|apiservices)/.test(kind))
      .join(',');
    const { stdout } = await cluster.kubectl(['get', kinds, '-n', namespaceOf(install), '-o', 'name']);
    return stdout.trim().split('\n').filter(Boolean);
  };
  return [...(await list(true)), ...(await list(false))];
}
