import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createProbes } from '../../src/controller/observations/probes.ts';
import type { Probe } from '../../src/planner/world/index.ts';
import { type ProbeResult, probe, tryConnect } from '../../src/process/try-connect.ts';
import { fakeClock } from '../kube/support/fake-clock.ts';

test('an attempt succeeds where somebody listens, sends nothing, ends at once, and is refused where nobody does', async () => {
  const bytes: Buffer[] = [];
  const ended = Promise.withResolvers<void>();
  const server = createServer((socket) => {
    socket.on('data', (chunk) => bytes.push(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => ended.resolve());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  expect(await tryConnect('127.0.0.1', port, 1_000)).toBe('ok');
  await ended.promise;
  expect(bytes).toEqual([]);
  await new Promise((resolve) => server.close(resolve));
  expect(await tryConnect('127.0.0.1', port, 1_000)).toBe('refused');
});

test.each([
  [['ok'], 'ok', 1],
  [['timeout', 'ok'], 'ok', 2],
  [['refused', 'refused', 'refused'], 'refused', 3],
  [['refused', 'timeout', 'timeout'], 'timeout', 3],
] as const)('a probe that meets %j is %s after %i attempts', async (met, result, attempts) => {
  const clock = fakeClock();
  let number = 0;
  const attempt = async (): Promise<ProbeResult> => {
    number += 1;
    return met[number - 1] ?? 'ok';
  };
  const running = probe('10.0.0.1', 80, { clock, attempt });
  await clock.advance(5_000);
  expect([await running, number]).toEqual([result, attempts]);
});

describe('the probes', () => {
  function probing(milliseconds = 10) {
    const clock = fakeClock();
    const heard: { readonly cluster: string; readonly probes: readonly Probe[] | null }[] = [];
    const reached: string[] = [];
    const most = { inFlight: 0 };
    let inFlight = 0;
    const probes = createProbes({
      clock,
      random: () => 0.5,
      vantage: 'host-a',
      attempt: async (address, port) => {
        reached.push(`${address}:${port}`);
        inFlight += 1;
        most.inFlight = Math.max(most.inFlight, inFlight);
        await new Promise<void>((resolve) => clock.after(milliseconds, resolve));
        inFlight -= 1;
        return 'ok';
      },
      onProbes: (cluster, found) => heard.push({ cluster, probes: found }),
      onFault: (error) => {
        throw error;
      },
    });
    return { clock, heard, reached, most, probes };
  }

  const target = (address: string) => ({ address, port: 80 });

  test('go to at most six addresses of a cluster, three at a time, every ten seconds, and to no other', async () => {
    const { clock, heard, reached, most, probes } = probing();
    const addresses = [1, 2, 3, 4, 5, 6, 7].map((host) => `10.0.0.${host}`);
    probes.want('c1', addresses.map(target));
    await clock.advance(1_000);
    expect(reached).toEqual(addresses.slice(0, 6).map((address) => `${address}:80`));
    expect(most.inFlight).toBe(3);
    expect(heard[0]?.probes?.[0]).toEqual({
      vantage: 'host-a',
      address: '10.0.0.1',
      port: 80,
      result: 'ok',
      at: expect.stringMatching(/^2026-01-01T/),
    });
    await clock.advance(10_000);
    expect(heard).toHaveLength(2);
  });

  test('are 16 at a time at most, however many clusters there are', async () => {
    const { clock, heard, most, probes } = probing(500);
    const all = Array.from({ length: 100 }, (_, index) => {
      return [`c${index}`, [1, 2, 3].map((host) => target(`10.0.${index}.${host}`))] as const;
    });
    for (const [cluster, targets] of all) probes.want(cluster, targets);
    await clock.advance(60_000);
    expect(new Set(heard.map(({ cluster }) => cluster)).size).toBe(100);
    expect(most.inFlight).toBeLessThanOrEqual(16);
  });

  test('of a cluster that leaves are taken back, and it is probed no more', async () => {
    const { clock, heard, reached, probes } = probing();
    probes.want('c1', [target('10.0.0.1')]);
    await clock.advance(1_000);
    probes.forget('c1');
    expect(heard.at(-1)).toEqual({ cluster: 'c1', probes: null });
    const before = reached.length;
    await clock.advance(60_000);
    expect(reached.length).toBe(before);
  });

  test('leave nothing behind after stop', async () => {
    const { clock, heard, probes } = probing(500);
    probes.want('c1', [target('10.0.0.1')]);
    await clock.advance(200);
    const stopping = probes.stop();
    await clock.advance(60_000);
    await stopping;
    expect([heard, clock.pending()]).toEqual([[], 0]);
  });
});
