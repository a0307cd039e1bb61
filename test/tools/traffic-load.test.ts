import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { startLoad } from '../traffic/load.ts';

/** A backend that answers some path each way. */
async function startBackend(): Promise<number> {
  const server = createServer(async (request, response) => {
    if (request.url === '/held') await sleep(2_000);
    if (request.url === '/reset') return void request.socket.destroy();
    if (request.url === '/broken') return void response.writeHead(503).end();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ who: 'c-1' }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test('a load judges each request: a tenant that must not answer, statuses, connections that end', async () => {
  const at = { scheme: 'http', address: '127.0.0.1', host: 'a.test', port: await startBackend() } as const;
  const load = await startLoad({
    perSecond: 200,
    targets: [
      { ...at, name: 'right', who: ['c-1'] },
      { ...at, name: 'wrong', who: ['c-2'] },
      { ...at, name: 'broken', who: ['c-1'], path: '/broken' },
      { ...at, name: 'reset', who: ['c-1'], path: '/reset' },
      { ...at, name: 'allowed', who: ['c-1'], path: '/broken', also: [503] },
    ],
  });
  // It has sent for a second, however long that took.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const { requests, wrong, failures } = await load.end();
  expect(requests).toBeGreaterThan(20);
  expect(wrong.length).toBeGreaterThan(0);
  expect(wrong.every((text) => text.startsWith('wrong: c-1 at '))).toBe(true);
  expect(Object.keys(failures).sort()).toEqual(['broken', 'reset']);
  expect(failures.broken?.first[0]).toMatch(/^503 /);
  expect(failures.reset?.first[0]).toMatch(/^0 .+ at /);
});

test('a load that may have so many requests under way sends no more while none is answered', async () => {
  const at = { scheme: 'http', address: '127.0.0.1', host: 'a.test', port: await startBackend() } as const;
  const target = { ...at, name: 'held', who: ['c-1'], path: '/held' };
  const load = await startLoad({ perSecond: 1_000, atOnce: 3, targets: [target] });
  await new Promise((resolve) => setTimeout(resolve, 500));
  const { requests, failures } = await load.end();
  expect({ requests, failures }).toEqual({ requests: 3, failures: {} });
});
