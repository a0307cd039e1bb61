import { mkdirSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import type { ApiClient } from '../../../test/conformance/support/api-client.ts';
import { type RunningProgram, startProgram } from '../../../test/conformance/support/program.ts';
import { NODE_ADDRESS } from '../addresses.ts';
import { ip, systemProgram } from '../command.ts';
import { makeNetwork, type Network, removeLink } from '../network.ts';
import { waitUntil } from '../wait.ts';
import type { Container, Pod } from './objects.ts';
import { type Rewrite, rewriteFor, writeVolumes } from './volumes.ts';

/** What stands for an image: how a container is really run. */
export interface ContainerProgram {
  readonly path: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Asked instead of the container's own readiness probe. */
  readonly ready?: { readonly host: string; readonly port: number; readonly path: string };
}

/** A Pod as its program is made for it. */
export interface PodContext {
  readonly pod: Pod;
  readonly address: string;
  /** A number that no other Pod has. */
  readonly number: number;
  /** Where the files of the Pod are. */
  readonly folder: string;
  /** Texts of the container with its variables and paths as they are here. */
  readonly expand: Rewrite;
  /** The container's literal variables and those of its fields. */
  readonly env: Readonly<Record<string, string>>;
}

/** Finds the program of a container; undefined: nothing runs, and it counts as running. */
export type Images = (container: Container, context: PodContext) => Promise<ContainerProgram | undefined>;

export interface RunningPod {
  readonly pod: Pod;
  readonly address: string;
  /** The link that leads to it; undefined for a Pod on the network of its Node. */
  readonly link: string | undefined;
  readonly network: Network | undefined;
  readonly folder: string;
  /** The programs of its containers by their names. */
  programs(): Readonly<Record<string, RunningProgram>>;
  /** Where a container is asked whether it is ready; undefined: nowhere. */
  probe(container: string): ContainerProgram['ready'];
  /** Whether every program runs and its readiness probe succeeds. A program that has ended is started again. */
  check(): Promise<boolean>;
  /** Asks its programs to end, and ends what has not after {@link GRACE_MS}. */
  stop(): Promise<void>;
}

interface Started {
  readonly program: ContainerProgram;
  running: RunningProgram;
  /** When it was started, on the clock of this process. */
  since: number;
}

/** A program that ends is started again, but not sooner than this after its last start. */
const RESTART_MS = 1_000;

/** Starts the containers of a Pod, each in the network of the Pod, or of the Node where the Pod asks for that. */
export async function startPod(
  api: ApiClient,
  pod: Pod,
  place: {
    readonly state: string;
    readonly number: number;
    readonly address: string;
    readonly onNode: boolean;
  },
  images: Images,
  hosts: Readonly<Record<string, string>>,
): Promise<RunningPod> {
  const { number, address, onNode } = place;
  // Short, because haproxy makes a socket in it.
  const folder = join(place.state, `pod${number}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'name'), `${pod.metadata.namespace}/${pod.metadata.name}\n`);
  const link = onNode ? undefined : `pod${number}`;
  const network =
    link === undefined ? undefined : await podNetwork(link, address, join(folder, 'network.log'));
  const programs = new Map<string, Started>();
  const begin = (container: string, { path, args, env }: ContainerProgram): RunningProgram => {
    const variables = Object.entries(env).map(([key, value]) => `${key}=${value}`);
    const words = [...(network?.enter ?? []), systemProgram('env'), ...variables, path, ...args];
    const [first = '', ...rest] = words;
    return startProgram(first, rest, join(folder, `${container}.log`));
  };
  const stop = async (): Promise<void> => {
    await Promise.all([...programs.values()].map(({ running }) => end(running)));
    if (link !== undefined) await removeLink(link);
    await network?.holder.stop();
  };
  try {
    await writeVolumes(api, pod, folder, rewriteFor(pod.spec.containers, folder, hosts));
    for (const container of pod.spec.containers) {
      const env = environmentOf(container, pod, address);
      const rewrite = rewriteFor([container], folder, hosts);
      const expand = (text: string) =>
        rewrite(text.replaceAll(/\$\(([A-Za-z0-9_]+)\)/g, (whole, key: string) => env[key] ?? whole));
      const program = await images(container, { pod, address, number, folder, expand, env });
      if (program !== undefined)
        programs.set(container.name, {
          ...{ program, running: begin(container.name, program), since: performance.now() },
        });
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const isReady = async (container: Container): Promise<boolean> => {
    const started = programs.get(container.name);
    if (started === undefined) return true;
    if (started.running.ended() !== undefined) {
      if (performance.now() - started.since < RESTART_MS) return false;
      await started.running.stop();
      started.running = begin(container.name, started.program);
      started.since = performance.now();
      return false;
    }
    const probe = started.program.ready ?? probeOf(container, address);
    return probe === undefined || answers(probe);
  };
  return {
    ...{ pod, address, link, network, folder, stop },
    programs: () => Object.fromEntries([...programs].map(([key, { running }]) => [key, running])),
    probe: (container) => programs.get(container)?.program.ready,
    check: async () => (await Promise.all(pod.spec.containers.map(isReady))).every(Boolean),
  };
}

const GRACE_MS = 15_000;

async function end(program: RunningProgram): Promise<void> {
  if (program.ended() === undefined) {
    process.kill(program.pid, 'SIGTERM');
    const hasEnded = () => program.ended() !== undefined;
    await waitUntil('it has ended', hasEnded, GRACE_MS).catch(() => undefined);
  }
  await program.stop();
}

async function podNetwork(link: string, address: string, log: string): Promise<Network> {
  const network = await makeNetwork(log);
  await ip(`link add ${link} type veth peer name eth0 netns ${network.holder.pid}`);
  await ip(`link set ${link} up`);
  await ip(`route add ${address}/32 dev ${link}`);
  const inside = [
    `addr add ${address}/32 dev eth0`,
    'link set eth0 up',
    `route add ${NODE_ADDRESS} dev eth0 scope link`,
    `route add default via ${NODE_ADDRESS}`,
  ];
  for (const line of inside) await ip(line, network.enter);
  return network;
}

function environmentOf({ env = [] }: Container, pod: Pod, address: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    env.map(({ name, value, valueFrom }) => [
      name,
      value ?? fieldOf(valueFrom?.fieldRef?.fieldPath ?? '', pod, address),
    ]),
  );
}

function fieldOf(path: string, { metadata }: Pod, address: string): string {
  const [, which, key = ''] = /^metadata\.(annotations|labels)\['(.*)'\]$/.exec(path) ?? [];
  if (which === 'labels') return metadata.labels?.[key] ?? '';
  if (which === 'annotations') return metadata.annotations?.[key] ?? '';
  const fields: Readonly<Record<string, string>> = {
    'metadata.name': metadata.name,
    'metadata.namespace': metadata.namespace,
    'metadata.uid': metadata.uid,
    'status.podIP': address,
    'status.hostIP': NODE_ADDRESS,
    'spec.nodeName': 'local',
  };
  return fields[path] ?? '';
}

function probeOf({ readinessProbe, ports = [] }: Container, address: string): ContainerProgram['ready'] {
  const wanted = readinessProbe?.httpGet;
  if (wanted === undefined) return undefined;
  const port = ports.find(({ name }) => name === wanted.port)?.containerPort ?? Number(wanted.port);
  return { host: wanted.host ?? address, port, path: wanted.path ?? '/' };
}

const PROBE_TIMEOUT_MS = 1_000;

function answers({ host, port, path }: NonNullable<ContainerProgram['ready']>): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host, port, path, timeout: PROBE_TIMEOUT_MS, agent: false }, (response) => {
      response.resume();
      resolve((response.statusCode ?? 500) < 400);
    });
    request.on('error', () => resolve(false));
    request.on('timeout', () => request.destroy());
  });
}
