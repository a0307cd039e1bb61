import { expect } from 'vitest';
import type { ControllerParts } from '../../../../src/controller/controller.ts';
import type { ControllerOptions } from '../../../../src/controller/controller-options.ts';
import type { Clock, Kube, Resource, StoredObject } from '../../../../src/kube/index.ts';
import { listAt } from '../../../../src/kube/json.ts';
import type { EdgeClusterInput } from '../../../../src/planner/world/world.ts';
import { type FaultProxy, type ProxiedRequest, startFaultProxy } from '../../../support/fault-proxy/proxy.ts';
import { cluster } from '../../../support/worlds.ts';
import { through, until } from '../../kube/support.ts';
import { type Kept, keep } from '../kept.ts';
import { inventoryOf, type Platform, readAgain } from '../platform.ts';
import { type JumpClock, jumpClock } from './jump-clock.ts';

/** Clusters without a workload: their TLSRoutes are enough to be lost, doubled or taken from others. */
export const clusters = [1, 2, 3, 4].map((index): EdgeClusterInput => {
  const { workload: _, ...rest } = cluster(index);
  return rest;
});
export const all = clusters.map(({ namespace }) => namespace);

/** A protection taken out of a controller. */
export interface Variant {
  readonly parts?: Partial<ControllerParts>;
  readonly clock?: (clock: JumpClock) => Clock;
  readonly options?: (options: BenchOptions) => BenchOptions;
}

export type BenchOptions = Partial<ControllerOptions> & Pick<ControllerOptions, 'host'>;

/** What a story of a fault is told with: a real API server behind a proxy, and controllers one after the other. */
export interface Bench {
  readonly platform: Platform;
  readonly proxy: FaultProxy;
  readonly clock: JumpClock;
  /** A controller that keeps what is listed. */
  begin(listed: readonly EdgeClusterInput[], options?: Partial<ControllerOptions>): Kept;
  /** Ends the controllers that run. */
  end(): Promise<void>;
  /** What the story is about: it becomes so, and with the protection taken out it does not. */
  becomes(what: string, holds: () => boolean | Promise<boolean>): Promise<void>;
  /** The namespaces of our routes, in order. */
  routes(): Promise<readonly string[]>;
}

/** How long a controller without its protection is given to prove that it does not need it. */
const SHORT_MS = 4_000;

/** Tells a story with a controller, or with one that has a protection less, and leaves nothing behind. */
export async function onBench(
  platform: Platform,
  variant: Variant | undefined,
  story: (bench: Bench) => Promise<void>,
): Promise<void> {
  const proxy = await startFaultProxy(platform.server);
  const clock = jumpClock();
  const running: Kept[] = [];
  const end = async (): Promise<void> => {
    for (const { controller } of running) await controller.stop();
    const faults = running.splice(0).flatMap((kept) => kept.faults);
    if (variant === undefined) expect(faults).toEqual([]);
  };
  try {
    await story({
      platform,
      proxy,
      clock,
      end,
      begin: (listed, options) => {
        const host = through(proxy, platform.server.token);
        const whole = { host, clock: variant?.clock?.(clock) ?? clock, random: () => 0, ...options };
        const kept = keep(variant?.options?.(whole) ?? whole, variant?.parts);
        kept.inventory.set(inventoryOf(listed));
        running.push(kept);
        return kept;
      },
      becomes: (what, holds) => until(what, holds, variant === undefined ? undefined : SHORT_MS),
      routes: () => routesOf(platform),
    });
    await end();
  } finally {
    for (const { controller } of running) await controller.stop();
    await proxy.stop();
    await removeAll(platform);
  }
}

async function routesOf(platform: Platform): Promise<readonly string[]> {
  const names = (await platform.ours()).filter((name) => name.startsWith('TLSRoute'));
  return names.map((name) => name.slice(9, 13));
}

const TLS_ROUTES = { group: 'gateway.networking.k8s.io', version: 'v1', plural: 'tlsroutes' };
const CERTIFICATES = { group: 'cert-manager.io', version: 'v1', plural: 'certificates' };

/** Also what has a finalizer. Not by kubectl, which remembers for minutes what was served. */
async function removeAll(platform: Platform): Promise<void> {
  await removeObjects(platform, CERTIFICATES);
  await removeObjects(platform, TLS_ROUTES);
}

async function removeObjects({ kube }: Platform, resource: Resource, namespace?: string): Promise<void> {
  const list = async () => await listAll(kube, resource, namespace);
  for (const { metadata } of await list()) {
    const place = { namespace: metadata.namespace ?? '', name: metadata.name };
    await kube.merge(resource, place, { metadata: { finalizers: null } });
    await kube.delete(resource, place, { uid: metadata.uid });
  }
}

async function listAll(
  kube: Kube,
  { group, version, plural }: Resource,
  namespace?: string,
): Promise<readonly StoredObject[]> {
  const path = `/apis/${group}/${version}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${plural}`;
  const list = await readAgain(kube, path);
  return listAt(list, 'items').map((item) => Object(item));
}

/** @param finalizers null: none. */
export async function setFinalizers(
  { kube }: Platform,
  namespace: string,
  route: string,
  finalizers: readonly string[] | null,
): Promise<void> {
  const done = await kube.merge(TLS_ROUTES, { namespace, name: route }, { metadata: { finalizers } });
  if (!done.ok) throw new Error(done.failure.message);
}

export const isWrite = ({ method }: ProxiedRequest): boolean => method === 'PATCH' || method === 'DELETE';
export const isRoutes = ({ path }: Pick<ProxiedRequest, 'path'>): boolean => path.includes('/tlsroutes');
export const isWatch = (request: Pick<ProxiedRequest, 'path'>): boolean =>
  isRoutes(request) && request.path.includes('watch=true') && !request.path.includes('sendInitialEvents');
export const isList = (request: Pick<ProxiedRequest, 'path'>): boolean =>
  isRoutes(request) && (request.path.includes('sendInitialEvents') || /[?&]limit=/.test(request.path));

/** What stands in the place of a cluster's route. */
export async function routeOf({ kube }: Platform, index: number): Promise<StoredObject['metadata']> {
  const [route] = await listAll(kube, TLS_ROUTES, `vc-${index}`);
  if (route === undefined) throw new Error(`no route in vc-${index}`);
  return route.metadata;
}

export async function deleteRoutes(platform: Platform, ...indexes: number[]): Promise<void> {
  for (const index of indexes) await removeObjects(platform, TLS_ROUTES, `vc-${index}`);
}

/** Somebody else's route under a name; its uid. */
export async function putForeign(platform: Platform, namespace: string, name: string): Promise<string> {
  const spec = {
    hostnames: ['elsewhere.example.com'],
    parentRefs: [{ name: 'other' }],
    rules: [{ backendRefs: [{ name: 'other', port: 443 }] }],
  };
  const apiVersion = 'gateway.networking.k8s.io/v1';
  await platform.apply({ apiVersion, kind: 'TLSRoute', metadata: { namespace, name }, spec });
  const read = await platform.kube.get(TLS_ROUTES, { namespace, name });
  return (read.ok && read.value?.metadata.uid) || '';
}

/** Makes the watch of the routes connect again, and waits until it has. */
export async function reconnect({ proxy }: Bench, { controller }: Kept): Promise<void> {
  const isOurWatch = (line: string): boolean => isWatch({ path: line });
  const before = proxy.asked.filter(isOurWatch).length;
  proxy.gate.reset();
  await until('the watch', () => proxy.asked.filter(isOurWatch).length > before);
  await until('the others', () => controller.state().host.complete);
}
