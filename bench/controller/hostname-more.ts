import { connect, type Kube } from '../../src/kube/index.ts';
import { BASE } from '../../test/support/worlds.ts';
import { clusterAt } from '../planner-world.ts';
import type { Task } from './controller-worker.ts';
import { create, credentialsOf, done, EDGE_CLUSTERS } from './host.ts';
import { pause, type Running } from './running.ts';
import { quantile } from './watched-process.ts';

/** From one hostname more in an EdgeCluster to the write that serves it. Times are milliseconds. */
export interface ChangeFigures {
  /** Over the API server's own round trip. */
  readonly p50: number;
  readonly p99: number;
  /** The API server's own: a change until a watch shows it, and an apply. */
  readonly roundTrip: number;
  /** The most writes for one hostname, statuses included. */
  readonly mostWrites: number;
  readonly count: number;
}

/** Hears each object that is written, as a text. */
export interface Written {
  onWritten: (text: string) => void;
}

const ROUTES = { group: 'gateway.networking.k8s.io', version: 'v1', plural: 'httproutes' };
const LONGEST_MS = 5 * 60_000;
const QUIET_MS = 250;
const NAMESPACE = 'bench-change';

/** Binds a hostname more to one cluster after the other; the API server's own round trip is measured in between. */
export async function measureChanges(
  { host, clusters, changes }: Task,
  running: Running,
  written: Written,
): Promise<ChangeFigures> {
  const platform = connect(credentialsOf(host));
  const roundTrip = await roundTripOf(platform);
  const over: number[] = [];
  const own: number[] = [];
  let mostWrites = 0;
  for (let round = 0; round < changes; round += 1) {
    own.push(await roundTrip.measure(round));
    await untilQuiet(running);
    const before = running.writes();
    over.push(await bindOne(platform, (round * 7) % clusters, round, written));
    await untilQuiet(running);
    mostWrites = Math.max(mostWrites, running.writes() - before);
  }
  await roundTrip.stop();
  await platform.close();
  const median = quantile(own, 0.5);
  const left = over.map((milliseconds) => Math.max(0, milliseconds - median));
  return {
    p50: quantile(left, 0.5),
    p99: quantile(left, 0.99),
    roundTrip: median,
    mostWrites,
    count: changes,
  };
}

async function bindOne(platform: Kube, index: number, round: number, written: Written): Promise<number> {
  const { namespace, hostnames } = clusterAt(index);
  const hostname = `more${round}-${index}.${BASE}`;
  const patch = { spec: { hostnames: [...hostnames, { hostname, management: 'auto', createdAt: NOW }] } };
  const start = performance.now();
  const isWritten = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${hostname} is not written after ${LONGEST_MS} ms`)),
      LONGEST_MS,
    );
    written.onWritten = (text) => {
      if (!text.includes(`"${hostname}"`)) return;
      clearTimeout(timer);
      resolve();
    };
  });
  await Promise.all([done(() => platform.merge(EDGE_CLUSTERS, { namespace, name: 'a' }, patch)), isWritten]);
  return performance.now() - start;
}

const NOW = '2026-01-01T00:00:00Z';

/** What the API server itself takes for the same: a change of an object until a watch shows it, then an apply of a route. */
async function roundTripOf(kube: Kube) {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } };
  await create(kube, { group: '', version: 'v1', plural: 'namespaces' }, namespace);
  const place = { namespace: NAMESPACE, name: 'a' };
  await create(
    kube,
    { group: '', version: 'v1', plural: 'configmaps' },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: place },
  );
  let shown: (value: string) => void = () => undefined;
  const ready = Promise.withResolvers<void>();
  const watch = kube.watch(
    { resource: { group: '', version: 'v1', plural: 'configmaps' }, namespace: NAMESPACE },
    {
      onChanges: (changes) => {
        for (const change of changes) {
          if (change.kind !== 'removed') shown(JSON.stringify(change.object.data));
        }
      },
      onHealth: ({ complete }) => complete && ready.resolve(),
    },
  );
  await ready.promise;
  return {
    measure: async (round: number): Promise<number> => {
      const seen = new Promise<void>((resolve) => {
        shown = (text) => text?.includes(`"${round}"`) && resolve();
      });
      const start = performance.now();
      await Promise.all([
        done(() =>
          kube.merge({ group: '', version: 'v1', plural: 'configmaps' }, place, {
            data: { round: `${round}` },
          }),
        ),
        seen,
      ]);
      await done(() => kube.apply(ROUTES, routeOf(round), { fieldManager: 'bench', force: true }));
      return performance.now() - start;
    },
    stop: watch.stop,
  };
}

function routeOf(round: number) {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { namespace: NAMESPACE, name: 'a' },
    spec: { hostnames: Array.from({ length: 10 }, (_, name) => `n${name}-${round}.round-trip.test`) },
  };
}

async function untilQuiet({ writes, state }: Running): Promise<void> {
  for (let before = -1; before !== writes() || !state().isConverged; await pause(QUIET_MS)) before = writes();
}
