import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RUNTIME_FIELD_MANAGER } from '../../../src/contract/labels.ts';
import type { StoredObject } from '../../../src/kube/index.ts';
import type { EdgeClusterInput } from '../../../src/planner/index.ts';
import { dig, digList, digText } from '../../support/rules/dig.ts';
import { BASE, cluster, SYSTEM, targetOf } from '../../support/worlds.ts';
import { describeTraffic } from '../../traffic/network.ts';
import { until } from '../kube/support.ts';
import type { AuditedWrite } from '../support/audit.ts';
import { ownObjects } from './platform.ts';
import { type RealPlatform, type Run, startRealPlatform, zoneOf } from './real-platform.ts';

/** How long nothing may be written; `KUBEBYON_IDLE_SECONDS=600` for the ten minutes of a release. */
const IDLE_MS = Number(process.env.KUBEBYON_IDLE_SECONDS ?? 20) * 1_000;

/** How long a cluster may take from nothing to HTTPS, on a machine ten times slower than it needs. */
const LONGEST_MS = 180_000;

/** A run ends when it has nothing to do, also while others have. */
const MOST_RUNS = 60;

const COUNT = 10;
const indices = Array.from({ length: COUNT }, (_, index) => index + 1);
const ofPlatform = (index: number): string => `app${index}.${BASE}`;
const ofCustomer = (index: number): string => `www.customer${index}.test`;

function clusterAt(index: number, port = 443): EdgeClusterInput {
  const made = cluster(index, { hostnames: [ofPlatform(index), ofCustomer(index)] });
  const controlPlane = { hostname: `c${index}.cp.example.com`, nodeAccess: 'L4' } as const;
  return { ...made, controlPlane: { ...controlPlane, service: { name: 'vc', port } } };
}

let platform: RealPlatform;
let running: Run | undefined;

beforeAll(async () => {
  platform = await startRealPlatform(COUNT, zoneOf(indices.map((index) => clusterAt(index))), clusterAt);
}, LONGEST_MS);
afterAll(async () => {
  running?.child.kill('SIGKILL');
  await platform?.stop();
});

async function edgeClusters(): Promise<readonly unknown[]> {
  const path = '/apis/kubebyon.app/v1alpha1/edgeclusters';
  const answer = await platform.host.api.request({ method: 'GET', path });
  if (!answer.ok) throw new Error(answer.message);
  return digList(answer.object, 'items');
}

/**
 * What is not as it should be in the end, as the statuses say it: empty when everything works.
 *
 * @param isLong whether the process had the time to ask control planes twice. No Envoy runs, so nobody answers: that it
 *   was asked is enough.
 */
async function unfinished(isLong = true): Promise<readonly string[]> {
  return (await edgeClusters()).flatMap((object) => {
    const id = digText(object, 'spec', 'id');
    const hostnames = digList(object, 'status', 'hostnames');
    const hasAsked = JSON.stringify(dig(object, 'status', 'conditions') ?? []).includes(
      'ControlPlaneReachable',
    );
    const isWhole = hostnames.length === 3 && digText(object, 'status', 'hostnamesReady') === '2/2';
    return [
      ...(isWhole ? [] : [`${id}: ${hostnames.length} hostnames`]),
      ...(hasAsked || !isLong ? [] : [`${id}: ControlPlaneReachable is not said`]),
      ...untrue(id, object, ['ControlPlaneRouteAccepted', 'BackendReady', 'TenantAPIReachable', 'Ready']),
      ...hostnames.flatMap((one) =>
        untrue(digText(one, 'hostname'), { status: one }, [
          ...['Claimed', 'DNSReady', 'CertificateReady', 'Programmed'],
        ]),
      ),
    ];
  });
}

function untrue(what: string, object: unknown, types: readonly string[]): readonly string[] {
  const conditions = digList(object, 'status', 'conditions');
  return types
    .filter((type) => !conditions.some((one) => dig(one, 'type') === type && dig(one, 'status') === 'True'))
    .map((type) => {
      const found = conditions.find((one) => dig(one, 'type') === type);
      return `${what}: ${type} ${digText(found, 'reason')} ${digText(found, 'message')}`;
    });
}

/** Waits until everything works; says what does not. */
async function untilFinished(milliseconds = LONGEST_MS): Promise<void> {
  let left: readonly string[] = [];
  const isDone = async () => {
    left = await unfinished();
    return left.length === 0;
  };
  await until('every cluster to be served', isDone, milliseconds).catch((error: unknown) => {
    throw new Error(`${error}\n${left.join('\n')}`);
  });
}

/** Everything that the controller has written so far, but for its Lease. */
function written(): readonly AuditedWrite[] {
  return platform.host
    .audited()
    .filter(({ user, resource }) => user === platform.user && resource !== 'leases');
}

const QUIET_MS = 5_000;

/** Waits until nothing was written for a while. */
async function untilQuiet(): Promise<void> {
  const last = () => Math.max(0, ...written().map(({ at }) => at));
  await until('rest', () => Date.now() - last() > QUIET_MS, 60_000);
}

async function workloadListeners(): Promise<readonly unknown[]> {
  const answer = await platform.host.api.get({ ...WORKLOAD_GATEWAY });
  if (!answer.ok) throw new Error(answer.message);
  return digList(answer.object, 'spec', 'listeners');
}

const WORKLOAD_GATEWAY = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'kubebyon-kubebyon-workload-gateway', namespace: SYSTEM },
};

const nameOf = ({ kind, metadata }: StoredObject): string => `${kind} ${metadata.namespace}/${metadata.name}`;

/** What was written, without what time and the server add. */
async function state(): Promise<Readonly<Record<string, unknown>>> {
  const own = (await ownObjects(platform.kube)).map(
    (one) =>
      [nameOf(one), { spec: withoutAddress(one), endpoints: one.endpoints, ports: one.ports }] as const,
  );
  return {
    ...Object.fromEntries([...own].sort(([a], [b]) => (a < b ? -1 : 1))),
    listeners: await workloadListeners(),
  };
}

/** The address of a Service is another one each time. */
function withoutAddress({ kind, spec }: StoredObject): unknown {
  const { clusterIP: _, clusterIPs: __, ...rest } = Object(spec);
  return kind === 'Service' ? rest : spec;
}

describeTraffic('ten clusters on an empty host, with Helm, Envoy Gateway and cert-manager', () => {
  let reached: Readonly<Record<string, unknown>>;

  test(
    'are served by HTTP and HTTPS, every hostname with a certificate and a redirect',
    async () => {
      running = platform.sync([]);
      await untilFinished();
      await untilQuiet();
      const own = await ownObjects(platform.kube);
      const inNamespace = (index: number, kind: string) =>
        own.filter((one) => one.kind === kind && one.metadata.namespace === `vc-${index}`);
      for (const index of indices) {
        expect(inNamespace(index, 'TLSRoute').map(({ spec }) => dig(spec, 'hostnames'))).toEqual([
          [`c${index}.cp.example.com`],
        ]);
        expect(inNamespace(index, 'Service')).toHaveLength(1);
        const [slice, ...more] = inNamespace(index, 'EndpointSlice');
        expect(more).toEqual([]);
        expect(digList(slice, 'endpoints').flatMap((one) => digList(one, 'addresses'))).toEqual([
          `192.168.${index}.11`,
          `192.168.${index}.12`,
        ]);
        expect(digList(slice, 'ports').map((one) => dig(one, 'port'))).toEqual([30_080]);
        const routes = inNamespace(index, 'HTTPRoute').map(routeText).sort();
        const [below, target, custom] = [ofPlatform(index), targetOf(index), ofCustomer(index)];
        const dedicated = (await dedicatedListeners()).get(custom);
        expect(routes).toEqual(
          [
            `${[below, target].sort().join()} at workload-https to the cluster`,
            `${custom} at ${dedicated} to the cluster`,
            `${[below, target, custom].sort().join()} at workload-http redirects`,
          ].sort(),
        );
      }
      const certificates = own.filter(({ kind }) => kind === 'Certificate');
      expect(certificates.map(({ spec }) => digList(spec, 'dnsNames').join()).sort()).toEqual(
        [`*.${BASE}`, ...indices.map(ofCustomer)].sort(),
      );
      const listeners = await workloadListeners();
      expect(listeners.map((one) => dig(one, 'hostname') ?? digText(one, 'name')).sort()).toEqual(
        ['workload-http', `*.${BASE}`, ...indices.map(ofCustomer)].sort(),
      );
      const plans = own.filter(({ kind }) => kind === 'RoutePlan');
      expect(
        plans.flatMap(({ spec }) => digList(spec, 'routes').map((one) => dig(one, 'destination'))).sort(),
      ).toEqual(indices.flatMap((index) => [`10.${index}.1.0/24`, `10.${index}.2.0/24`]).sort());
      reached = await state();
    },
    2 * LONGEST_MS,
  );

  test(
    `and then nothing is written for ${IDLE_MS / 1_000} s`,
    async () => {
      const before = written().length;
      await sleep(IDLE_MS);
      expect(written().slice(before)).toEqual([]);
      const bad = running?.log().filter(({ event, result }) => event === 'fault' || result === 'refused');
      expect(bad).toEqual([]);
      running?.child.kill('SIGTERM');
      expect(await running?.ended).toBe(0);
    },
    IDLE_MS + 60_000,
  );

  test(
    '--once, run until it writes nothing, comes to the same from nothing',
    async () => {
      await removeEverything();
      for (let run = 1; ; run += 1) {
        const before = written().length;
        const once = platform.sync(['--once', '--timeout', '120s']);
        expect(await once.ended, JSON.stringify(once.log().slice(-5))).toBe(0);
        const left = await unfinished(false);
        if (written().length === before && left.length === 0) break;
        expect(run, left.join('\n')).toBeLessThan(MOST_RUNS);
      }
      expect(await state()).toEqual(reached);
    },
    3 * LONGEST_MS,
  );
});

/** `a,b at listener redirects`, or `to the cluster`. */
function routeText({ spec }: StoredObject): string {
  const [parent] = digList(spec, 'parentRefs');
  const isRedirect = JSON.stringify(dig(spec, 'rules')).includes('RequestRedirect');
  const names = [...digList(spec, 'hostnames')].sort().join();
  return `${names} at ${digText(parent, 'sectionName')} ${isRedirect ? 'redirects' : 'to the cluster'}`;
}

/** By hostname: the listener that is for it alone. */
async function dedicatedListeners(): Promise<ReadonlyMap<string, string>> {
  return new Map((await workloadListeners()).map((one) => [digText(one, 'hostname'), digText(one, 'name')]));
}

/** All that the controller has written, the Secrets of its Certificates and its listeners. */
async function removeEverything(): Promise<void> {
  const own = await ownObjects(platform.kube);
  const secrets = own
    .filter(({ kind }) => kind === 'Certificate')
    .map(({ spec, metadata }) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: digText(spec, 'secretName'), namespace: metadata.namespace ?? SYSTEM },
    }));
  const kinds = [
    'tlsroutes',
    'httproutes',
    'services',
    'endpointslices',
    'certificates',
    'routeplans',
  ].join();
  const { code, stderr } = await platform.host.kubectl([
    ...['delete', kinds, '--all-namespaces', '--selector', 'app.kubernetes.io/managed-by=kubebyon'],
  ]);
  expect(code, stderr).toBe(0);
  // Nobody collects what belongs to objects that are gone, and cert-manager waits for requests of their names.
  const requests = ['delete', 'certificaterequests', '--all', '--namespace', SYSTEM];
  expect((await platform.host.kubectl(requests)).code).toBe(0);
  for (const secret of secrets) await platform.host.api.delete(secret);
  // A manager that applies nothing loses what it has applied before.
  const answer = await platform.host.api.apply(WORKLOAD_GATEWAY, { fieldManager: RUNTIME_FIELD_MANAGER });
  if (!answer.ok) throw new Error(answer.message);
  expect((await workloadListeners()).map((one) => digText(one, 'name'))).toEqual(['workload-http']);
  expect(await ownObjects(platform.kube)).toEqual([]);
}
