import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import {
  type Change,
  type ConnectOptions,
  type Credentials,
  connect,
  type Kube,
  type Resource,
  type WatchHandler,
  type WatchHealth,
} from '../../../src/kube/index.ts';
import { at, listAt, parseJson, textAt } from '../../../src/kube/json.ts';
import type { FaultProxy, ProxiedRequest, Upstream } from '../../support/fault-proxy/proxy.ts';
import { type Cluster, type ClusterOptions, startCluster } from '../support/cluster.ts';

export const CONFIG_MAPS: Resource = { group: '', version: 'v1', plural: 'configmaps' };

/** An API server as a proxy and a client need it. */
export interface Server extends Upstream {
  readonly token: string;
}

export function serverOf({ kubeconfig }: Pick<Cluster, 'kubeconfig'>): Server {
  const config = parseJson(readFileSync(kubeconfig, 'utf8'));
  const [cluster] = listAt(config, 'clusters');
  const [user] = listAt(config, 'users');
  const ca = textAt(cluster, 'cluster', 'certificate-authority-data') ?? '';
  return {
    port: Number(new URL(textAt(cluster, 'cluster', 'server') ?? '').port),
    ca: Buffer.from(ca, 'base64').toString(),
    token: textAt(at(user, 'user'), 'token') ?? '',
  };
}

/** A real API server of a test file's own, and a connection to it. */
export interface OwnServer {
  readonly server: Server;
  readonly direct: Kube;
  stop(): Promise<void>;
}

export async function startServer(options: ClusterOptions = {}): Promise<OwnServer> {
  const cluster = await startCluster(options);
  const server = serverOf(cluster);
  const direct = connectDirectly(server);
  return {
    server,
    direct,
    stop: async () => {
      await direct.close();
      await cluster.stop();
    },
  };
}

/** Credentials of the cluster's administrator, through a proxy. */
export function through({ url, ca }: Pick<FaultProxy, 'url' | 'ca'>, token: string): Credentials {
  return { server: url, identity: async () => ({ ok: true, value: { ca, token } }) };
}

export function connectThrough(proxy: FaultProxy, { token }: Server, options: ConnectOptions = {}): Kube {
  return connect(through(proxy, token), options);
}

export function connectDirectly({ port, ca, token }: Server, options: ConnectOptions = {}): Kube {
  return connect(through({ url: `https://127.0.0.1:${port}`, ca }, token), options);
}

/** Who hears a watch, and believes it. */
export interface Heard extends WatchHandler {
  /** `added a`, `changed a`, `removed a`. */
  readonly log: string[];
  readonly healths: WatchHealth[];
  /** Name to `uid@resourceVersion`. */
  state(): Readonly<Record<string, string>>;
  readonly wrong: string[];
}

export function hearer(): Heard {
  const held = new Map<string, string>();
  const log: string[] = [];
  const wrong: string[] = [];
  const healths: WatchHealth[] = [];
  const apply = (change: Change): void => {
    const name = change.kind === 'removed' ? change.key.replace(/^.*\//, '') : change.object.metadata.name;
    log.push(`${change.kind} ${name}`);
    const before = held.get(name);
    const uid = change.kind === 'removed' ? change.uid : change.object.metadata.uid;
    if ((change.kind === 'added') !== (before === undefined))
      wrong.push(`${change.kind} ${name}, before ${before}`);
    if (before !== undefined && !before.startsWith(`${uid}@`)) wrong.push(`${name} of another uid`);
    if (change.kind === 'removed') held.delete(name);
    else held.set(name, `${uid}@${change.object.metadata.resourceVersion}`);
  };
  return {
    log,
    healths,
    wrong,
    state: () => Object.fromEntries([...held].sort()),
    onChanges: (changes) => {
      for (const change of changes) apply(change);
    },
    onHealth: (health) => {
      healths.push(health);
    },
  };
}

/** What the API server itself holds, as {@link Heard.state}. */
export async function stored(kube: Kube, namespace: string): Promise<Readonly<Record<string, string>>> {
  const answer = await kube.requester.call({
    method: 'GET',
    path: `/api/v1/namespaces/${namespace}/configmaps`,
  });
  if (!answer.ok) throw new Error(answer.failure.message);
  const marks = listAt(answer.value, 'items').map((item) => {
    const metadata = at(item, 'metadata');
    return [
      textAt(metadata, 'name') ?? '',
      `${textAt(metadata, 'uid')}@${textAt(metadata, 'resourceVersion')}`,
    ] as const;
  });
  return Object.fromEntries([...marks].sort());
}

/** Waits until the hearer believes what the API server holds. */
export async function untilSame(heard: Heard, direct: Kube, namespace: string): Promise<void> {
  if (!(await sameWithin(heard, direct, namespace, PATIENCE_MS))) {
    expect(heard.state()).toEqual(await stored(direct, namespace));
  }
}

export async function sameWithin(
  heard: Heard,
  direct: Kube,
  namespace: string,
  milliseconds: number,
): Promise<boolean> {
  const deadline = performance.now() + milliseconds;
  while (JSON.stringify(await stored(direct, namespace)) !== JSON.stringify(heard.state())) {
    if (performance.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

/** What takes a second on a quiet machine may take a minute on a busy one; only what never comes waits for so long. */
const PATIENCE_MS = 90_000;

export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  milliseconds = PATIENCE_MS,
): Promise<void> {
  const deadline = performance.now() + milliseconds;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited ${milliseconds} ms for ${what}`);
    await sleep(20);
  }
}

export async function put(kube: Kube, namespace: string, name: string, value: string): Promise<void> {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name }, data: { value } };
  const written = await kube.apply(CONFIG_MAPS, object, { fieldManager: 'test' });
  if (!written.ok) throw new Error(written.failure.message);
}

export async function remove(kube: Kube, namespace: string, name: string): Promise<void> {
  const found = await kube.get(CONFIG_MAPS, { namespace, name });
  if (!found.ok || found.value === undefined) throw new Error(`${name} is not there`);
  const gone = await kube.delete(CONFIG_MAPS, { namespace, name }, { uid: found.value.metadata.uid });
  if (!gone.ok) throw new Error(gone.failure.message);
}

export async function makeNamespace(kube: Kube, name: string): Promise<void> {
  const namespaces = { group: '', version: 'v1', plural: 'namespaces' };
  const made = await kube.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  if (!made.ok) throw new Error(made.failure.message);
}

type Asked = Pick<ProxiedRequest, 'path'>;

export const isListStream = ({ path }: Asked): boolean => path.includes('sendInitialEvents=true');
export const isWatch = ({ path }: Asked): boolean => path.includes('watch=true') && !isListStream({ path });
export const isPage = ({ path }: Asked): boolean => /[?&]limit=(?!1(&|$))/.test(path);
