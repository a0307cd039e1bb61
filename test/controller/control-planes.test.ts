import { createServer, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { watchControlPlanes } from '../../src/controller/control-planes/control-planes.ts';
import { controlPlaneEntry } from '../../src/controller/control-planes/entry.ts';
import { type ControlPlaneTarget, reachabilityOf } from '../../src/controller/control-planes/reachability.ts';
import { tryTls } from '../../src/controller/control-planes/try-tls.ts';
import { fakeClock } from '../kube/support/fake-clock.ts';
import { testCertificate } from '../support/certificates.ts';
import { controlPlaneGateway, gatewayConfig, SYSTEM } from '../support/worlds.ts';

const HOSTNAME = 'c1.cp.example.com';
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function portOf(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const target = (port: number): ControlPlaneTarget => ({ hostname: HOSTNAME, address: '127.0.0.1', port });

/** Asks a server that shows a certificate for a name, trusting what signed one of its own. */
async function ask(name: string, authority?: string) {
  const { key, cert } = testCertificate([name]);
  const server = createTlsServer({ key, cert }, (socket) => socket.on('error', () => undefined));
  server.on('tlsClientError', () => undefined);
  const at = target(await portOf(server));
  return reachabilityOf(at, await tryTls(at, authority ?? cert));
}

describe('a control plane that is asked under its hostname', () => {
  test('is reachable when its own certificate holds the hostname', async () => {
    expect(await ask(HOSTNAME)).toMatchObject({ status: 'True', reason: 'Reachable' });
  });

  test('is not when the certificate lacks the hostname: the message names where to add it', async () => {
    const { status, reason, message } = await ask('other.example.com');
    expect([status, reason]).toEqual(['False', 'SANMismatch']);
    expect(message).toContain('controlPlane.proxy.extraSANs');
    expect(message).not.toContain('BEGIN');
  });

  test('is not when something else answers there', async () => {
    const other = testCertificate([HOSTNAME]).cert;
    expect(await ask(HOSTNAME, other)).toMatchObject({ status: 'False', reason: 'UntrustedCertificate' });
  });

  test('is not when the Gateway ends the connection, or nobody listens', async () => {
    const port = await portOf(createServer((socket) => socket.resetAndDestroy()));
    const { cert } = testCertificate([HOSTNAME]);
    expect(reachabilityOf(target(port), await tryTls(target(port), cert)).reason).toBe('Reset');
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
    expect(reachabilityOf(target(port), await tryTls(target(port), cert)).reason).toBe('Refused');
  });
});

describe('asking', () => {
  /** @param answers what each attempt meets, in order; the last one for ever. */
  function asking(
    answers: readonly (string | undefined)[],
    authorityOf: () => string | undefined = () => 'PEM',
  ) {
    const clock = fakeClock();
    const asked: ControlPlaneTarget[] = [];
    const changes: string[] = [];
    const controlPlanes = watchControlPlanes({
      clock,
      random: () => 0.5,
      attempt: async (one) => {
        asked.push(one);
        return answers[Math.min(asked.length, answers.length) - 1];
      },
      entry: () => ({ address: '203.0.113.9', port: 443 }),
      authorityOf,
      onChange: (id) => changes.push(`${id} ${controlPlanes.reachabilityOf(id)?.reason}`),
      onFault: (error) => {
        throw error;
      },
    });
    return { clock, asked, changes, controlPlanes };
  }

  test('tells what it finds once, and asks again after ten minutes', async () => {
    const { clock, asked, changes, controlPlanes } = asking([undefined]);
    controlPlanes.want('c-1', HOSTNAME);
    await clock.advance(1_000);
    expect(asked).toEqual([{ hostname: HOSTNAME, address: '203.0.113.9', port: 443 }]);
    expect(changes).toEqual(['c-1 Reachable']);
    await clock.advance(11 * 60_000);
    expect(asked).toHaveLength(2);
    expect(changes).toHaveLength(1);
    await controlPlanes.stop();
  });

  test('tells no failure before it is met twice, and a recovery at once', async () => {
    const { clock, asked, changes, controlPlanes } = asking(['ECONNRESET', 'ECONNRESET', undefined]);
    controlPlanes.want('c-1', HOSTNAME);
    await clock.advance(1_000);
    expect([asked.length, changes]).toEqual([1, []]);
    await clock.advance(10_000);
    expect(changes).toEqual(['c-1 Reset']);
    await clock.advance(60_000);
    expect(changes).toEqual(['c-1 Reset', 'c-1 Reachable']);
    await controlPlanes.stop();
  });

  test('asks nobody while the authority is not known, and forgets a cluster that is wanted no more', async () => {
    const unknown = asking([undefined], () => undefined);
    unknown.controlPlanes.want('c-1', HOSTNAME);
    await unknown.clock.advance(60 * 60_000);
    expect(unknown.asked).toEqual([]);
    await unknown.controlPlanes.stop();
    const { clock, asked, controlPlanes } = asking([undefined]);
    controlPlanes.want('c-1', HOSTNAME);
    await clock.advance(1_000);
    controlPlanes.forget('c-1');
    await clock.advance(60 * 60_000);
    expect(asked).toHaveLength(1);
    expect(controlPlanes.reachabilityOf('c-1')).toBeUndefined();
    await controlPlanes.stop();
  });
});

describe('the entry of control planes', () => {
  const reference = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    namespace: SYSTEM,
    name: 'kubebyon-control-plane-gateway',
  };

  test('is the first address of the Gateway and the port of its listener', () => {
    const facts = controlPlaneEntry(gatewayConfig());
    expect(facts.entry()).toBeUndefined();
    facts.take({ of: 'object', reference, object: controlPlaneGateway() });
    expect(facts.entry()).toBeUndefined();
    const addresses = [{ type: 'IPAddress', value: '203.0.113.9' }];
    facts.take({ of: 'object', reference, object: { ...controlPlaneGateway(), status: { addresses } } });
    expect(facts.entry()).toEqual({ address: '203.0.113.9', port: 443 });
    facts.take({ of: 'object', reference: { ...reference, name: 'other' }, object: null });
    expect(facts.entry()).toBeDefined();
    facts.take({ of: 'object', reference, object: null });
    expect(facts.entry()).toBeUndefined();
  });
});
