import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { SEED_CONFIG } from '../../src/chart/haproxy/seed-config.ts';
import { START_SCRIPT } from '../../src/chart/haproxy/start-script.ts';
import {
  type Container,
  containerEnvironment,
  eventually,
  freePort,
  isHealthy,
  lastCheck,
  type Mounts,
  makeMounts,
  masterPid,
  removeMounts,
  startContainer,
  writeAsApi,
} from '../support/haproxy-container.ts';
import {
  answerToPlainText,
  dial,
  makeCertificate,
  nextText,
  startTenant,
  type Tenant,
  whoServes,
} from '../support/tenant.ts';

// Debian's packages haproxy, shellcheck and busybox; a missing one fails the tests that use it.

const NAME_A = 'a.example.test';
const NAME_B = 'b.example.test';
const MAP_A = `${NAME_A} be_cp_a\n`;

const BAD_DIRECTIVE = 'no-such-directive';
const BAD_CONFIG = `${SEED_CONFIG}\n${BAD_DIRECTIVE}\n`;

let tenantA: Tenant;
let tenantB: Tenant;

beforeAll(async () => {
  const certificate = makeCertificate();
  tenantA = await startTenant('tenant a', certificate);
  tenantB = await startTenant('tenant b', certificate);
});

afterAll(async () => {
  await tenantA.close();
  await tenantB.close();
});

const backend = (name: string, { port }: Tenant): string =>
  `\nbackend ${name}\n    server api 127.0.0.1:${port} check\n`;

const configFor = (tenant: Tenant): string => SEED_CONFIG + backend('be_cp_a', tenant);

async function mountsOfThisTest(): Promise<Mounts> {
  const mounts = await makeMounts();
  onTestFinished(() => removeMounts(mounts));
  return mounts;
}

async function start(mounts: Mounts, shell: readonly string[]): Promise<Container> {
  const container = await startContainer(mounts, shell);
  onTestFinished(() => container.destroy());
  return container;
}

/** The entry with one cluster, up and serving it. */
async function startServingA(shell: readonly string[]): Promise<{ mounts: Mounts; container: Container }> {
  const mounts = await mountsOfThisTest();
  await writeAsApi(mounts, 'sni.map', MAP_A);
  await writeAsApi(mounts, 'haproxy.cfg', configFor(tenantA));
  const container = await start(mounts, shell);
  expect(await whoServes(container.bindPort, NAME_A)).toBe('tenant a');
  return { mounts, container };
}

const eventuallyServes = ({ bindPort }: Container, servername: string, who: string): Promise<void> =>
  eventually(
    `${servername} is served by ${who}`,
    async () => (await whoServes(bindPort, servername)) === who,
  );

const eventuallyRefused = (mounts: Mounts): Promise<void> =>
  eventually('last-check.log says refused', async () => (await lastCheck(mounts)).startsWith('refused\n'));

test('shellcheck finds nothing in the script', () => {
  const { status, stdout } = spawnSync('shellcheck', ['--shell=sh', '-'], {
    input: START_SCRIPT,
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});

describe.each([
  { name: 'dash', shell: ['dash'] },
  { name: 'busybox', shell: ['busybox', 'sh'] },
])('under $name', ({ shell }) => {
  test('the seed starts without a warning, is healthy and serves nobody', async () => {
    const mounts = await mountsOfThisTest();
    const container = await start(mounts, shell);
    expect(await whoServes(container.bindPort, NAME_A)).toBe('closed');
    expect(container.output()).not.toMatch(/\[(WARNING|ALERT)\]/);
    expect(await lastCheck(mounts)).toMatch(/^accepted\n/);
  });

  test('the health port answers the probe and nothing else', async () => {
    const { healthPort } = await start(await mountsOfThisTest(), shell);
    expect((await fetch(`http://127.0.0.1:${healthPort}/healthz`)).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${healthPort}/`)).status).toBe(403);
  });

  test('the seed starts under a limit of 1024 descriptors', async () => {
    const limited = ['sh', '-c', 'ulimit -n 1024 && exec "$@"', 'sh', ...shell];
    const container = await start(await mountsOfThisTest(), limited);
    expect(await isHealthy(container)).toBe(true);
  });

  test('a cluster is served after the API has written its backend and its map line', async () => {
    const mounts = await mountsOfThisTest();
    const container = await start(mounts, shell);
    expect(await whoServes(container.bindPort, NAME_A)).toBe('closed');
    await writeAsApi(mounts, 'haproxy.cfg', configFor(tenantA));
    await writeAsApi(mounts, 'sni.map', MAP_A);
    await eventuallyServes(container, NAME_A, 'tenant a');
  });

  test('a change of the map alone is taken', async () => {
    const { mounts, container } = await startServingA(shell);
    await writeAsApi(mounts, 'haproxy.cfg', configFor(tenantA) + backend('be_cp_b', tenantB));
    await writeAsApi(mounts, 'sni.map', `${MAP_A}${NAME_B} be_cp_b\n`);
    await eventuallyServes(container, NAME_B, 'tenant b');
    await writeAsApi(mounts, 'sni.map', `${NAME_B} be_cp_b\n`);
    await eventuallyServes(container, NAME_A, 'closed');
    expect(await whoServes(container.bindPort, NAME_B)).toBe('tenant b');
  });

  test('an upper-case server name reaches its cluster and is passed on as it came', async () => {
    const { container } = await startServingA(shell);
    expect(await whoServes(container.bindPort, NAME_A.toUpperCase())).toBe('tenant a');
    expect(tenantA.asked).toContain(NAME_A.toUpperCase());
  });

  test('an unknown name, no name and plain HTTP are closed without an answer', async () => {
    const { container } = await startServingA(shell);
    expect(await whoServes(container.bindPort, 'unknown.example.test')).toBe('closed');
    expect(await whoServes(container.bindPort, undefined)).toBe('closed');
    expect(await answerToPlainText(container.bindPort, `GET / HTTP/1.1\r\nHost: ${NAME_A}\r\n\r\n`)).toBe(
      'closed',
    );
  });

  test('a map line that names a backend which is not there is closed, the others are served', async () => {
    const { mounts, container } = await startServingA(shell);
    await writeAsApi(mounts, 'sni.map', `${MAP_A}${NAME_B} be_cp_gone\n`);
    await eventually('the map is loaded', () => container.output().includes('accepted, reloading'));
    await eventuallyServes(container, NAME_A, 'tenant a');
    expect(await whoServes(container.bindPort, NAME_B)).toBe('closed');
  });

  test('a bad configuration leaves the old one serving and says why, a corrected one is taken', async () => {
    const { mounts, container } = await startServingA(shell);
    await writeAsApi(mounts, 'haproxy.cfg', BAD_CONFIG);
    await eventuallyRefused(mounts);
    expect(await lastCheck(mounts)).toContain(BAD_DIRECTIVE);
    expect(container.output()).toContain(BAD_DIRECTIVE);
    expect(await whoServes(container.bindPort, NAME_A)).toBe('tenant a');

    await writeAsApi(mounts, 'haproxy.cfg', configFor(tenantB));
    await eventuallyServes(container, NAME_A, 'tenant b');
    expect(await lastCheck(mounts)).toMatch(/^accepted\n/);
  });

  test('a refusal is tried again at every poll and logged once', async () => {
    const { mounts, container } = await startServingA(shell);
    const listed = join(mounts.root, 'listed');
    await writeAsApi(
      mounts,
      'haproxy.cfg',
      `${configFor(tenantB)}    tcp-request content reject if { src -f ${listed} }\n`,
    );
    await eventuallyRefused(mounts);
    await sleep(2_500);
    expect(container.output().match(/configuration refused/g)).toHaveLength(1);

    await writeFile(listed, '192.0.2.1\n');
    await eventuallyServes(container, NAME_A, 'tenant b');
  });

  test('a reload that cannot bind leaves the old configuration serving', async () => {
    const { mounts, container } = await startServingA(shell);
    const taken = `\nfrontend taken\n    bind 127.0.0.1:${tenantB.port}\n    default_backend be_reject\n`;
    await writeAsApi(mounts, 'haproxy.cfg', configFor(tenantB) + taken);
    await eventually('the reload has failed', () => /[Cc]annot bind socket/.test(container.output()));
    // While it tries to bind, HAProxy asks the old process to pause, and to go on once it has given up.
    await eventuallyServes(container, NAME_A, 'tenant a');

    await writeAsApi(mounts, 'haproxy.cfg', configFor(tenantB));
    await eventuallyServes(container, NAME_A, 'tenant b');
  });

  test('an open connection outlives a reload', async () => {
    const { mounts, container } = await startServingA(shell);
    const open = dial(container.bindPort, NAME_A);
    onTestFinished(() => void open.destroy());
    expect(await nextText(open)).toBe('tenant a');

    await writeAsApi(mounts, 'haproxy.cfg', configFor(tenantB));
    await eventuallyServes(container, NAME_A, 'tenant b');
    open.write('still there?');
    expect(await nextText(open)).toBe('still there?');
  });

  test('no new connection is lost while it reloads', async () => {
    const { mounts, container } = await startServingA(shell);
    await writeAsApi(mounts, 'haproxy.cfg', `${configFor(tenantA)}# changed\n`);
    const answers = new Set<string>();
    await eventually('the reload is over', async () => {
      answers.add(await whoServes(container.bindPort, NAME_A));
      return (container.output().match(/Loading success/g) ?? []).length >= 2;
    });
    for (let more = 0; more < 50; more += 1) answers.add(await whoServes(container.bindPort, NAME_A));
    expect([...answers]).toEqual(['tenant a']);
  });

  test('a restarted container with a bad configuration goes on with the last good one', async () => {
    const { mounts, container } = await startServingA(shell);
    await container.destroy();
    await writeAsApi(mounts, 'haproxy.cfg', BAD_CONFIG);
    const restarted = await start(mounts, shell);
    expect(await whoServes(restarted.bindPort, NAME_A)).toBe('tenant a');
    expect(await lastCheck(mounts)).toContain(BAD_DIRECTIVE);
  });

  test('a bad configuration at the first start leaves the seed, a corrected one is taken', async () => {
    const mounts = await mountsOfThisTest();
    await writeAsApi(mounts, 'haproxy.cfg', BAD_CONFIG);
    await writeAsApi(mounts, 'sni.map', MAP_A);
    const container = await start(mounts, shell);
    expect(await whoServes(container.bindPort, NAME_A)).toBe('closed');
    expect(await lastCheck(mounts)).toContain(BAD_DIRECTIVE);
    await writeAsApi(mounts, 'haproxy.cfg', configFor(tenantA));
    await eventuallyServes(container, NAME_A, 'tenant a');
  });

  test.each(['SIGTERM', 'SIGUSR1'] as const)(
    '%s ends listening, open connections end by themselves',
    async (signal) => {
      const { container } = await startServingA(shell);
      const open = dial(container.bindPort, NAME_A);
      onTestFinished(() => void open.destroy());
      expect(await nextText(open)).toBe('tenant a');

      container.signal(signal);
      await eventually('nobody listens', async () => !(await isHealthy(container)));
      expect(await whoServes(container.bindPort, NAME_A)).toBe('closed');
      open.write('still there?');
      expect(await nextText(open)).toBe('still there?');
      expect(container.process.exitCode).toBe(null);

      open.end();
      expect(await container.exited()).toBe(0);
    },
  );

  test('the script ends when HAProxy ends', async () => {
    const { mounts, container } = await startServingA(shell);
    const pid = await masterPid(mounts);
    process.kill(pid, 'SIGTERM');
    expect(await container.exited()).toBe(1);
    expect(container.output()).toContain('haproxy ended with status');
    expect(existsSync(`/proc/${pid}`)).toBe(false);
  });

  test('a ClientHello in two segments reaches its cluster', async () => {
    const { container } = await startServingA(shell);
    const port = await startSplitter(container.bindPort);
    expect(await whoServes(port, NAME_A)).toBe('tenant a');
  });

  test('a server name cannot write a line of its own into the log', async () => {
    const { container } = await startServingA(shell);
    expect(await whoServes(container.bindPort, 'x\nforged line')).toBe('closed');
    await eventually('the name is logged', () => container.output().includes('sni=x%0Aforged%20line'));
    expect(container.output()).not.toMatch(/^forged/m);
  });

  test.each([
    ['HAPROXY_BIND_PORT', undefined],
    ['HAPROXY_BIND_PORT', '0'],
    ['HAPROXY_BIND_PORT', '65536'],
    ['HAPROXY_BIND_PORT', '443 name x'],
    ['HAPROXY_BIND_PORT', '99999999999999999999'],
    ['HAPROXY_POLL_SECONDS', '0'],
    ['HAPROXY_POLL_SECONDS', '1.5'],
    ['HAPROXY_POLL_SECONDS', '3601'],
    ['HAPROXY_HEALTH_PORT', '-1'],
    ['HAPROXY_HEALTH_ADDRESS', 'example.test'],
    ['HAPROXY_SEED_DIR', undefined],
    ['HAPROXY_RUNTIME_DIR', '/no/such/folder'],
  ])('%s=%j is refused in one line that names it', async (name, value) => {
    const mounts = await mountsOfThisTest();
    const [program = '', ...programArguments] = shell;
    const { status, stdout, stderr } = spawnSync(
      program,
      [...programArguments, join(mounts.seed, 'start-haproxy.sh')],
      {
        env: { ...containerEnvironment(mounts, await freePort(), await freePort()), [name]: value },
        encoding: 'utf8',
        timeout: 5_000,
      },
    );
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(new RegExp(`^start-haproxy.sh: ${name} must [^\\n]*\\n$`));
  });
});

/** Passes connections on to `target` with the first chunk cut in two, 300 ms apart. Returns its port. */
async function startSplitter(target: number): Promise<number> {
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1').setNoDelay(true);
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
    upstream.pipe(client);
    client.once('data', async (hello: Buffer) => {
      client.pause();
      upstream.write(hello.subarray(0, 50));
      await sleep(300);
      upstream.write(hello.subarray(50));
      client.pipe(upstream);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  // A TCP server's address is never a string.
  return (server.address() as AddressInfo).port;
}
