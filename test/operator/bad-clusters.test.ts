import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { folderWith } from '../cli/support.ts';
import { testCertificate } from '../support/certificates.ts';

const TOKEN = 'not-to-be-seen-anywhere';
const { cert, key } = testCertificate(['localhost', '127.0.0.1']);
const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

/** A kubeconfig of a server that answers so. */
async function kubeconfigOf(answer: RequestListener): Promise<string> {
  const server = createServer({ cert, key }, answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return kubeconfigAt(typeof address === 'object' && address !== null ? address.port : 0);
}

function kubeconfigAt(port: number): string {
  const text = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'here',
    clusters: [
      {
        name: 'c',
        cluster: {
          server: `https://127.0.0.1:${port}`,
          'certificate-authority-data': Buffer.from(cert).toString('base64'),
        },
      },
    ],
    users: [{ name: 'u', user: { token: TOKEN } }],
    contexts: [{ name: 'here', context: { cluster: 'c', user: 'u' } }],
  });
  return join(folderWith({ kubeconfig: text }), 'kubeconfig');
}

const json =
  (status: number, body: unknown): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
const html =
  (status: number): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'text/html' }).end('<html><body>Sign in</body></html>');
  };

/** Each command, with what it needs to begin. */
const COMMANDS = [
  [
    'preflight',
    'kubebyon',
    '--set',
    'publicAccess.provider=gatewayapi',
    '--set',
    'gatewayAPI.gatewayClassName=eg',
  ],
  ['verify', 'kubebyon'],
  ['why', 'a.example.com'],
];

async function saidBy(words: readonly string[], kubeconfig: string, more: readonly string[] = []) {
  const outcome = await run([...words, '--kubeconfig', kubeconfig, ...more]);
  const text = `${outcome.stdout ?? ''}${outcome.stderr ?? ''}`;
  expect(text).not.toContain(TOKEN);
  expect(text).not.toMatch(/\n\s+at /);
  const errors = (outcome.stderr ?? '').split('\n').filter((line) => line.startsWith('error: '));
  expect(errors).toHaveLength(1);
  return {
    exitCode: outcome.exitCode,
    error: errors[0] ?? '',
    hint: /hint: (.*)/.exec(outcome.stderr ?? '')?.[1] ?? '',
  };
}

test.each(COMMANDS)('%s without a cluster says that nobody answers there', async (...words) => {
  // A port that was given to nobody else a moment ago.
  const kubeconfig = await kubeconfigOf(json(200, {}));
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
  const said = await saidBy(words, kubeconfig);
  expect(said.exitCode).toBe(69);
  expect(said.error).toContain('ECONNREFUSED');
  expect(said.hint).toContain('--context');
});

test.each(COMMANDS)('%s with a context that is not there names it', async (...words) => {
  const said = await saidBy(words, kubeconfigAt(1), ['--context', 'there']);
  expect(said.exitCode).toBe(66);
  expect(said.error).toContain('expected a context there');
});

test.each(COMMANDS)('%s with an expired token says so', async (...words) => {
  const status = { kind: 'Status', code: 401, reason: 'Unauthorized', message: 'Unauthorized' };
  const said = await saidBy(words, await kubeconfigOf(json(401, status)));
  expect(said.exitCode).toBe(69);
  expect(said.error).toContain('token or certificate is expired');
  expect(said.hint).toContain('log in again');
});

test.each([200, 403, 502])(
  'a proxy that answers %s with HTML is told apart from an API server',
  async (status) => {
    const said = await saidBy(['verify'], await kubeconfigOf(html(status)));
    expect(said.exitCode).toBe(69);
    expect(said.hint).toContain('no proxy or login page');
  },
);

test('a login page that is redirected to is not followed', async () => {
  const kubeconfig = await kubeconfigOf((_, response) => {
    response.writeHead(302, { location: 'https://login.example.com/?token=x' }).end();
  });
  const said = await saidBy(['verify'], kubeconfig);
  expect(said.exitCode).toBe(69);
  expect(said.error).toContain('redirect');
});

test('a server that is no API server is told by its version', async () => {
  const said = await saidBy(['verify'], await kubeconfigOf(json(200, { version: 'grafana' })));
  expect(said.error).toContain('expected the version of a Kubernetes API server');
});
