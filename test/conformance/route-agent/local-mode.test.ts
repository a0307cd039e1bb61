import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { listAt } from '../../../src/kube/json.ts';
import { type FakeTenants, healthyTenant, startFakeTenants } from '../../support/fake-tenants.ts';
import { containerOf, objectOf, objectsOf } from '../../support/objects.ts';
import { digList, digText } from '../../support/rules/dig.ts';
import { cluster, SYSTEM } from '../../support/worlds.ts';
import { inventoryOf, type Platform, readAgain, startPlatform } from '../controller/platform.ts';
import { tableOf } from './in-namespace.ts';
import type { LocalOrder, LocalWord } from './local-process.ts';
import { connectNetworks, describeNetworks, type Lab, type Namespace, startLab } from './namespaces.ts';

const PROGRAM = join(import.meta.dirname, 'local-process.ts');
const TRAFFIC = join(import.meta.dirname, 'traffic.ts');
const NODE = 'host-a';
const PODS = ['10.1.1.5', '10.1.2.5'];
const OURS = ['10.1.1.0/24 192.168.1.11 eth0 157 4242', '10.1.2.0/24 192.168.1.12 eth0 157 4242'];

/** What the chart tells the API with mode local, and what the kubelet adds. */
const environment: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    digList(
      containerOf(
        objectOf(
          objectsOf(
            'single-node',
            {
              publicAccess: { provider: 'gatewayapi' },
              gatewayAPI: {
                name: 'kubebyon-control-plane-gateway',
                workload: {
                  enabled: true,
                  name: 'kubebyon-workload-gateway',
                  podCIDRRoute: {
                    enabled: true,
                    mode: 'local',
                    staleAfterSeconds: 30,
                    syncIntervalSeconds: 2,
                    commandTimeoutSeconds: 30,
                  },
                },
              },
              api: { hostNetwork: true },
            },
            { name: 'kubebyon', namespace: SYSTEM },
          ),
          'Deployment',
          'kubebyon-kubebyon-api',
        ),
        'api',
      ),
      'env',
    ).map((one) => [digText(one, 'name'), digText(one, 'value')]),
  ),
  NODE_NAME: NODE,
  NODE_IP: '192.168.1.2',
};

const eventually = <T>(check: () => T | Promise<T>, timeout = 120_000): Promise<T> =>
  vi.waitFor(check, { timeout, interval: 100 });

await describeNetworks('an API process with mode local', () => {
  let lab: Lab;
  let host: Namespace;
  let elsewhere: Namespace;
  let platform: Platform;
  let tenants: FakeTenants;
  let order: LocalOrder;
  const doors: Server[] = [];
  const running: ChildProcess[] = [];

  const start = (where: Namespace, before: readonly string[] = []) => {
    const [program = '', ...enter] = [...where.enter, ...before];
    const { PATH = '' } = process.env;
    const child = spawn(program, [...enter, process.execPath, PROGRAM, JSON.stringify(order)], {
      env: { ...environment, PATH },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.push(child);
    let text = '';
    let failed = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.stderr.on('data', (chunk) => {
      failed += chunk;
    });
    const word = (): LocalWord => {
      const line = text.trimEnd().split('\n').at(-1) ?? '';
      if (line === '') throw new Error(failed || 'it has said nothing yet');
      return JSON.parse(line);
    };
    return { child, word };
  };
  const end = (child: ChildProcess, signal: NodeJS.Signals): Promise<void> =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.kill(signal);
    });
  /** Leads from a socket of the file system, which every network sees, to a port of this one. */
  const door = (port: number) =>
    new Promise<{ readonly port: number; readonly path: string }>((resolve) => {
      const path = join(lab.folder, `${port}.sock`);
      const server = createServer((socket) => {
        const other = connect(port, '127.0.0.1');
        socket.on('error', () => other.destroy());
        other.on('error', () => socket.destroy());
        socket.pipe(other).pipe(socket);
      });
      doors.push(server);
      server.listen(path, () => resolve({ port, path }));
    });
  const endpoints = async (): Promise<readonly string[]> => {
    const list = await readAgain(platform.kube, '/apis/discovery.k8s.io/v1/namespaces/vc-1/endpointslices');
    return listAt(list, 'items')
      .flatMap((slice) => digList(slice, 'endpoints'))
      .flatMap((each) => digList(each, 'addresses'))
      .map(String)
      .sort();
  };

  beforeAll(async () => {
    lab = startLab();
    host = await lab.namespace('host');
    elsewhere = await lab.namespace('elsewhere');
    const nodes = await lab.namespace('nodes');
    await connectNetworks(
      [host, 'eth0', '192.168.1.2/24'],
      [nodes, 'eth0', '192.168.1.11/24', '192.168.1.12/24'],
    );
    await host.ip('route add default via 192.168.1.1');
    for (const pod of PODS) {
      await nodes.ip(`addr add ${pod}/32 dev lo`);
      nodes.start([process.execPath, TRAFFIC, 'serve', pod, '80']);
    }
    tenants = await startFakeTenants();
    tenants.hold('tenant-1', healthyTenant(1));
    platform = await startPlatform([cluster(1)]);
    await platform.apply({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'vc-vc', namespace: 'vc-1' },
      data: { config: Buffer.from(tenants.kubeconfigOf('tenant-1')).toString('base64') },
    });
    await platform.cluster.api.apply(
      {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name: NODE },
        spec: { podCIDR: '10.244.3.0/24', podCIDRs: ['10.244.3.0/24'] },
      },
      { fieldManager: 'kubelet' },
    );
    const inventory = join(lab.folder, 'inventory.json');
    writeFileSync(inventory, JSON.stringify(inventoryOf([cluster(1)])));
    const { port, ca, token } = platform.server;
    order = {
      host: { url: `https://127.0.0.1:${port}`, ca, token },
      inventory,
      tenants: tenants.url,
      relays: [await door(port), await door(Number(new URL(tenants.url).port))],
    };
  });
  afterEach(async () => {
    for (const child of running.splice(0)) await end(child, 'SIGKILL');
  });
  afterAll(async () => {
    for (const server of doors) server.close();
    await platform?.stop();
    await tenants?.stop();
    await lab?.stop();
  });

  test('in another network than that of its Node touches no route, and a finding says why', async () => {
    const { word } = start(elsewhere);
    await eventually(() =>
      expect(word().findings.filter((text) => text.startsWith('LocalRoutesNotKept'))).toMatchObject([
        expect.stringContaining('this is not the network of the Node; run the Pod with hostNetwork: true'),
      ]),
    );
    await eventually(() => expect(word().mode).toBe('nodeport'));
    expect(await tableOf(elsewhere, 'own')).toEqual([]);
  });

  test('without NET_ADMIN touches no route, and a finding says why', async () => {
    const { word } = start(host, ['setpriv', '--bounding-set=-net_admin', '--inh-caps=-net_admin']);
    await eventually(() =>
      expect(word().findings.filter((text) => text.startsWith('LocalRoutesNotKept'))).toMatchObject([
        expect.stringContaining('expected the capability NET_ADMIN'),
      ]),
    );
    expect(await tableOf(host, 'own')).toEqual([]);
  });

  test('installs the routes, sends requests to the Pods once they answer, and leaves the routes when it is killed', async () => {
    const foreign = await tableOf(host, 'foreign');
    const { child, word } = start(host);
    await eventually(async () => expect(await tableOf(host, 'own')).toEqual(OURS));
    // Three good rounds of probes, a minute in one mode and a hold of 30 s come first.
    await eventually(
      () => expect(word()).toMatchObject({ mode: 'podip', reason: 'Reachable', troubles: [] }),
      300_000,
    );
    await eventually(async () => expect(await endpoints()).toEqual(PODS));
    expect(word().findings.filter((text) => text.startsWith('LocalRoute'))).toEqual([]);

    await host.ip('route flush proto 157');
    await eventually(async () => expect(await tableOf(host, 'own')).toEqual(OURS));
    await eventually(() =>
      expect(word().metrics).toEqual(
        expect.arrayContaining([
          'kubebyon_route_agent_routes{state="effective"} 2',
          'kubebyon_route_agent_reinstalled_total 2',
          'kubebyon_route_agent_changes_total{verb="guard",result="done"} 2',
        ]),
      ),
    );

    await end(child, 'SIGKILL');
    expect(await tableOf(host, 'own')).toEqual(OURS);
    expect(await tableOf(host, 'foreign')).toEqual(foreign);
  });

  test('finds a route of another program in its way, says which, and goes back to NodePorts', async () => {
    await host.ip('route add 10.1.1.0/24 via 192.168.1.12 proto static metric 100');
    const foreign = await tableOf(host, 'foreign');
    const { word } = start(host);
    await eventually(() =>
      expect(word().findings).toContainEqual(
        expect.stringMatching(/^LocalRouteNotInstalled: 10\.1\.1\.0\/24: ForeignRoute/),
      ),
    );
    await eventually(() => expect(word().mode).toBe('nodeport'), 300_000);
    expect(word().reason).toBe(`NoRoute to 10.1.1.5 on ${NODE}`);
    expect(await tableOf(host, 'foreign')).toEqual(foreign);
    expect(await tableOf(host, 'own')).toEqual(OURS);
  });
});
