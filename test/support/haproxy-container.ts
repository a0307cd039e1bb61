import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SEED_CONFIG } from '../../src/chart/haproxy/seed-config.ts';
import { START_SCRIPT } from '../../src/chart/haproxy/start-script.ts';

/** The folders that the chart mounts into the haproxy container, on this machine's disk. */
export interface Mounts {
  readonly root: string;
  /** The ConfigMap: start-haproxy.sh and the seed haproxy.cfg. */
  readonly seed: string;
  /** The emptyDir shared with the API. */
  readonly runtime: string;
}

/** A running start-haproxy.sh. */
export interface Container {
  readonly bindPort: number;
  readonly healthPort: number;
  readonly process: ChildProcess;
  /** Everything written to stdout and stderr so far. */
  output(): string;
  signal(name: NodeJS.Signals): void;
  /** Exit status of the script; waits for its end. */
  exited(): Promise<number | null>;
  /** Ends the script and HAProxy, whatever state they are in. */
  destroy(): Promise<void>;
}

export async function makeMounts(): Promise<Mounts> {
  const root = await mkdtemp(join(tmpdir(), 'haproxy-'));
  const mounts = { root, seed: join(root, 'seed'), runtime: join(root, 'runtime') };
  await mkdir(mounts.seed);
  await mkdir(mounts.runtime);
  await writeFile(join(mounts.seed, 'haproxy.cfg'), SEED_CONFIG);
  await writeFile(join(mounts.seed, 'start-haproxy.sh'), START_SCRIPT);
  return mounts;
}

export const removeMounts = (mounts: Mounts): Promise<void> =>
  rm(mounts.root, { recursive: true, force: true });

/** Puts a file into the shared folder as the API does: a temporary file, then a rename. */
export async function writeAsApi(mounts: Mounts, name: string, text: string): Promise<void> {
  const file = join(mounts.runtime, name);
  await writeFile(`${file}.tmp`, text);
  await rename(`${file}.tmp`, file);
}

/** What the script told the API about its configuration. Empty before it has looked. */
export const lastCheck = (mounts: Mounts): Promise<string> =>
  readFile(join(mounts.runtime, 'last-check.log'), 'utf8').catch(() => '');

/** Calls `check` until it is true; fails after 15 s, naming what it waited for. */
export async function eventually(what: string, check: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`still not so after 60 s: ${what}`);
    await sleep(50);
  }
}

/** The whole environment of the container; PATH also finds Debian's haproxy for a user who is not root. */
export const containerEnvironment = (mounts: Mounts, bindPort: number, healthPort: number) => ({
  PATH: `${process.env.PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin`,
  HAPROXY_SEED_DIR: mounts.seed,
  HAPROXY_RUNTIME_DIR: mounts.runtime,
  HAPROXY_POLL_SECONDS: '1',
  HAPROXY_BIND_PORT: String(bindPort),
  HAPROXY_HEALTH_PORT: String(healthPort),
});

/**
 * Starts start-haproxy.sh under `shell` (for example `['busybox', 'sh']`) and waits until /healthz answers.
 * Another process may take a free port before HAProxy does; then it is tried again with other ports.
 */
export async function startContainer(mounts: Mounts, shell: readonly string[]): Promise<Container> {
  let output = '';
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const container = launch(mounts, shell, await freePort(), await freePort());
    await eventually(
      'HAProxy is up or has ended',
      async () => hasEnded(container) || (await isHealthy(container)),
    );
    if (!hasEnded(container)) return container;
    output = container.output();
    if (!output.includes('cannot bind socket')) break;
  }
  throw new Error(`start-haproxy.sh ended at once:\n${output}`);
}

function launch(mounts: Mounts, shell: readonly string[], bindPort: number, healthPort: number): Container {
  const [program = 'sh', ...programArguments] = shell;
  const child = spawn(program, [...programArguments, join(mounts.seed, 'start-haproxy.sh')], {
    cwd: mounts.root,
    env: containerEnvironment(mounts, bindPort, healthPort),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const exit = once(child, 'exit').then(([status]: (number | null)[]) => status ?? null);
  return {
    bindPort,
    healthPort,
    process: child,
    output: () => output,
    signal: (name) => void child.kill(name),
    exited: () => exit,
    destroy: async () => {
      await kill(await masterPid(mounts));
      child.kill('SIGKILL');
      await exit;
    },
  };
}

const hasEnded = ({ process: { exitCode, signalCode } }: Container): boolean =>
  exitCode !== null || signalCode !== null;

export const isHealthy = async ({ healthPort }: Container): Promise<boolean> =>
  fetch(`http://127.0.0.1:${healthPort}/healthz`).then(
    (response) => response.ok,
    () => false,
  );

/** Process id of HAProxy's master, 0 when there is none. */
export const masterPid = async (mounts: Mounts): Promise<number> =>
  Number(await readFile(join(mounts.runtime, 'live', 'haproxy.pid'), 'utf8').catch(() => '0'));

/** Ends HAProxy's master and with it the workers, and waits until it is gone. */
async function kill(pid: number): Promise<void> {
  if (pid === 0 || !existsSync(`/proc/${pid}`)) return;
  process.kill(pid, 'SIGTERM');
  await eventually(`process ${pid} has ended`, () => !existsSync(`/proc/${pid}`));
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is never a string.
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
