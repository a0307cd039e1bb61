import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '../../../test/conformance/support/api-client.ts';
import { NODE_ADDRESS, podAddress } from '../addresses.ts';
import { startLoadBalancer } from './load-balancer.ts';
import { list, must, type Pod, podPath } from './objects.ts';
import { type Images, type RunningPod, startPod } from './running-pod.ts';

/** Stands for the scheduler, the kubelet and the load balancer of the one Node of a host cluster. */
export interface Kubelet {
  /** The Pods that run now. */
  pods(): readonly RunningPod[];
  /** What went wrong so far. */
  readonly faults: readonly string[];
  stop(): Promise<void>;
}

export interface KubeletOptions {
  readonly api: ApiClient;
  /** Folder for the files of Pods. */
  readonly state: string;
  readonly namespaces: readonly string[];
  readonly images: Images;
  /** Containers, by name, whose Pods are on the network of the Node. */
  readonly onNode: ReadonlySet<string>;
  /** Addresses of names, which stand for the DNS of the cluster. */
  readonly hosts: Readonly<Record<string, string>>;
}

const EVERY_MS = 200;

/**
 * Binds every Pod of some namespaces to a Node `local` and runs what {@link Images} says of its containers as plain programs.
 * Pods become ready as their probes say; a program that ends is started again; load balancers lead to a ready Pod.
 */
export async function startKubelet(options: KubeletOptions): Promise<Kubelet> {
  const { api, state, namespaces, images, hosts } = options;
  const running = new Map<string, RunningPod>();
  const ready = new Map<string, boolean>();
  const faults: string[] = [];
  let count = 0;
  let isOver = false;
  await joinCluster(api);
  const balancer = startLoadBalancer(api);

  const begin = async (pod: Pod): Promise<void> => {
    const number = count;
    count += 1;
    const onNode = pod.spec.containers.some(({ name }) => options.onNode.has(name));
    const address = onNode ? NODE_ADDRESS : podAddress(number);
    const started = await startPod(api, pod, { state, number, address, onNode }, images, hosts);
    running.set(pod.metadata.uid, started);
    await say(api, started, false);
  };
  const ending = new Map<string, Promise<void>>();
  /** A Pod takes its time to end, and the others are looked at meanwhile. */
  const end = (uid: string): Promise<void> => {
    const pod = running.get(uid);
    const known = ending.get(uid);
    if (known !== undefined || pod === undefined) return known ?? Promise.resolve();
    running.delete(uid);
    ready.delete(uid);
    const ended = pod
      .stop()
      .then(() => api.request({ method: 'DELETE', path: `${podPath(pod.pod)}?gracePeriodSeconds=0` }))
      .then(
        () => undefined,
        (error: unknown) => void faults.push(String(error)),
      );
    ending.set(uid, ended);
    return ended;
  };
  const look = async (pod: Pod): Promise<void> => {
    const { uid, deletionTimestamp } = pod.metadata;
    const mine = running.get(uid);
    if (ending.has(uid)) return;
    if (deletionTimestamp !== undefined && mine !== undefined) {
      void end(uid);
    } else if (deletionTimestamp !== undefined) {
      await api.request({ method: 'DELETE', path: `${podPath(pod)}?gracePeriodSeconds=0` });
    } else if (pod.spec.nodeName === undefined) {
      await bind(api, pod);
    } else if (mine === undefined) {
      await begin(pod);
    } else {
      const isReady = await mine.check();
      if (isReady === (ready.get(uid) ?? false)) return;
      ready.set(uid, isReady);
      await say(api, mine, isReady);
    }
  };
  const round = async (): Promise<void> => {
    const lists = await Promise.all(
      namespaces.map((namespace) => list<Pod>(api, `/api/v1/namespaces/${namespace}/pods`)),
    );
    const pods = lists.flat();
    const known = new Set(pods.map(({ metadata }) => metadata.uid));
    for (const uid of running.keys()) if (!known.has(uid)) void end(uid);
    await Promise.all(
      pods.map((pod) => look(pod).catch((error: unknown) => faults.push(`${pod.metadata.name}: ${error}`))),
    );
    const serving = [...running].filter(([uid]) => ready.get(uid) === true).map(([, pod]) => pod);
    for (const namespace of namespaces) await balancer.lead(namespace, serving);
  };
  const work = (async () => {
    while (!isOver) {
      await round().catch((error: unknown) => faults.push(String(error)));
      await sleep(EVERY_MS);
    }
  })();
  return {
    pods: () => [...running.values()],
    faults,
    stop: async () => {
      isOver = true;
      await work;
      await Promise.all([...running.keys()].map(end));
      await Promise.all(ending.values());
    },
  };
}

async function joinCluster(api: ApiClient): Promise<void> {
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'local' } };
  const labels = { 'kubernetes.io/hostname': 'local', 'kubernetes.io/os': 'linux' };
  const answer = await api.apply(
    { ...node, metadata: { ...node.metadata, labels } },
    { fieldManager: 'kubelet' },
  );
  if (!answer.ok) throw new Error(answer.message);
  const capacity = { cpu: '16', memory: '64Gi', pods: '250' };
  const status = {
    ...{ capacity, allocatable: capacity },
    addresses: [{ type: 'InternalIP', address: NODE_ADDRESS }],
    conditions: [condition('Ready', true)],
  };
  await mergeInto(api, '/api/v1/nodes/local/status', { status });
  // A Node comes with the taint that it is not ready, which nobody takes away here.
  await mergeInto(api, '/api/v1/nodes/local', { spec: { taints: null } });
}

async function bind(api: ApiClient, pod: Pod): Promise<void> {
  await must(api, {
    method: 'POST',
    path: `${podPath(pod)}/binding`,
    body: {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name: pod.metadata.name },
      target: { apiVersion: 'v1', kind: 'Node', name: 'local' },
    },
  });
}

/** Says that a Pod runs, and whether it is ready. */
async function say(api: ApiClient, { pod, address }: RunningPod, isReady: boolean): Promise<void> {
  const status = {
    phase: 'Running',
    ...{ podIP: address, podIPs: [{ ip: address }], hostIP: NODE_ADDRESS, startTime: now() },
    conditions: [
      condition('PodScheduled', true),
      condition('Initialized', true),
      condition('ContainersReady', isReady),
      condition('Ready', isReady),
    ],
    containerStatuses: pod.spec.containers.map(({ name, image = '' }) => ({
      ...{ name, image, imageID: '', ready: isReady, started: true, restartCount: 0 },
      state: { running: { startedAt: now() } },
    })),
  };
  await mergeInto(api, `${podPath(pod)}/status`, { status });
}

async function mergeInto(api: ApiClient, path: string, body: object): Promise<void> {
  await must(api, { method: 'PATCH', path, contentType: 'application/merge-patch+json', body });
}

function condition(type: string, isTrue: boolean): object {
  return { type, status: isTrue ? 'True' : 'False', lastTransitionTime: now() };
}

function now(): string {
  return new Date().toISOString().replace(/\.\d+Z/, 'Z');
}
