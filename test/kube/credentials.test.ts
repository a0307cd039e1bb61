import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inClusterCredentials } from '../../src/kube/credentials/in-cluster.ts';
import { kubeconfigCredentials } from '../../src/kube/credentials/kubeconfig.ts';
import { tenantCredentials } from '../../src/kube/credentials/tenant.ts';
import { describeFailure } from '../../src/kube/failure.ts';
import { fakeClock } from './support/fake-clock.ts';

const PEM = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const SERVICE = { namespace: 'vc-a', name: 'a', port: 443 };

function kubeconfig(cluster: object, user: object): string {
  return JSON.stringify({
    'current-context': 'my',
    contexts: [{ name: 'my', context: { cluster: 'c', user: 'u' } }],
    clusters: [
      {
        name: 'c',
        cluster: { server: 'https://localhost:8443', 'certificate-authority-data': base64(PEM), ...cluster },
      },
    ],
    users: [{ name: 'u', user }],
  });
}

const TOKEN = { token: 'secret-token' };

describe('the kubeconfig of a tenant', () => {
  test.each([
    'https://localhost:8443',
    'https://127.0.0.1:8443',
    'https://a',
    'https://a.vc-a:443',
    'https://a.vc-a.svc',
    'https://a.vc-a.svc.cluster.local:443/',
  ])('with the server %s means the tenant’s Service, its authority kept', async (server) => {
    const made = tenantCredentials(kubeconfig({ server }, TOKEN), 'Secret vc-a/vc-a', SERVICE);
    expect(made).toMatchObject({ ok: true, value: { server: 'https://a.vc-a:443' } });
    const identity = made.ok ? await made.value.identity() : undefined;
    expect(identity).toEqual({ ok: true, value: { ca: PEM, token: 'secret-token' } });
  });

  test.each([
    ['another host', { server: 'https://kubernetes.default.svc:443' }, TOKEN, 'found kubernetes.default.svc'],
    ['the Service of another tenant', { server: 'https://b.vc-b:443' }, TOKEN, 'found b.vc-b'],
    [
      'a host that begins like the Service',
      { server: 'https://a.vc-a.svc.evil.example' },
      TOKEN,
      'evil.example',
    ],
    ['an address of the host network', { server: 'https://169.254.169.254' }, TOKEN, 'found 169.254.169.254'],
    ['another port of the Service', { server: 'https://a.vc-a:22' }, TOKEN, 'found a.vc-a:22'],
    [
      'a path in front of the API',
      { server: 'https://localhost/api/v1/namespaces/x/proxy' },
      TOKEN,
      'localhost',
    ],
    ['a user in the URL', { server: 'https://u:p@localhost' }, TOKEN, 'localhost'],
    ['plain HTTP', { server: 'http://localhost:8080' }, TOKEN, 'https URL'],
    ['no check of the certificate', { 'insecure-skip-tls-verify': true }, TOKEN, 'insecure-skip-tls-verify'],
    ['a proxy', { 'proxy-url': 'http://evil.example' }, TOKEN, 'proxy-url'],
    ['another name to verify', { 'tls-server-name': 'evil.example' }, TOKEN, 'tls-server-name'],
    ['an authority in a file', { 'certificate-authority': '/etc/passwd' }, TOKEN, 'certificate-authority'],
    [
      'no authority',
      { 'certificate-authority-data': undefined },
      TOKEN,
      'expected certificate-authority-data',
    ],
    ['an authority that is none', { 'certificate-authority-data': base64('x') }, TOKEN, 'PEM'],
    ['a plugin', {}, { exec: { command: 'sh', args: ['-c', 'id'] } }, 'found exec'],
    ['a legacy plugin', {}, { 'auth-provider': { name: 'x' } }, 'found auth-provider'],
    [
      'a token in a file',
      {},
      { tokenFile: '/var/run/secrets/kubernetes.io/serviceaccount/token' },
      'found tokenFile',
    ],
    [
      'a certificate in a file',
      {},
      { 'client-certificate': '/x', 'client-key': '/y' },
      'found client-certificate',
    ],
    ['a password', {}, { username: 'u', password: 'p' }, 'found username'],
    ['another user to act as', {}, { ...TOKEN, as: 'system:admin' }, 'found as'],
    ['a key that nobody knows', {}, { ...TOKEN, 'exec ': {} }, 'found exec'],
    ['a token that starts another header', {}, { token: 'a\r\nImpersonate-User: admin' }, 'printable text'],
    ['a token that is no text', {}, { token: 7 }, 'printable text'],
    ['nobody', {}, {}, 'or a token, found none'],
    [
      'a certificate without its key',
      {},
      { 'client-certificate-data': base64(PEM) },
      'or a token, found none',
    ],
  ])('with %s is refused, and the failure says what', (_, cluster, user, said) => {
    const made = tenantCredentials(kubeconfig(cluster, user), 'Secret vc-a/vc-a', SERVICE);
    expect(made.ok).toBe(false);
    if (made.ok) return;
    expect(describeFailure(made.failure)).toContain(said);
    expect(made.failure).toMatchObject({ kind: 'credentials', at: 'Secret vc-a/vc-a' });
  });

  test.each([
    ['no YAML', '{'],
    ['an alias bomb', `a: &a [x]\nb: &b [${'*a,'.repeat(60)}]\nc: [${'*b,'.repeat(60)}]`],
    ['two documents', 'a: 1\n---\nb: 2'],
    ['a list', '[1]'],
    ['nothing', ''],
    ['a megabyte and more', `a: ${'x'.repeat(1024 * 1024)}`],
    ['no context', JSON.stringify({ clusters: [], users: [] })],
    [
      'a context of nothing',
      JSON.stringify({ 'current-context': 'x', contexts: [{ name: 'x', context: { cluster: 'c' } }] }),
    ],
    ['contexts that are no list', JSON.stringify({ 'current-context': 'x', contexts: 'x' })],
  ])('that is %s is a failure, never an exception', (_, text) => {
    expect(tenantCredentials(text, 'Secret vc-a/vc-a', SERVICE).ok).toBe(false);
  });

  test('never shows what it holds', () => {
    for (const user of [{ token: 'top secret' }, { token: 'top secret', exec: {} }]) {
      const made = tenantCredentials(kubeconfig({}, user), 'Secret vc-a/vc-a', SERVICE);
      expect(JSON.stringify(made)).not.toContain('top secret');
    }
  });
});

describe('credentials from files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kube-credentials-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('of a Pod are read again when they change: after ten seconds, or when the server did not take them', async () => {
    const clock = fakeClock();
    writeFileSync(join(folder, 'token'), 'one\n');
    writeFileSync(join(folder, 'ca.crt'), PEM);
    const environment = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' };
    const made = inClusterCredentials({ environment, clock, folder });
    if (!made.ok) throw new Error(describeFailure(made.failure));
    expect(made.value.server).toBe('https://[fd00::1]:443');
    const token = async (renewed = false) => {
      const identity = await made.value.identity(renewed);
      return identity.ok ? identity.value.token : describeFailure(identity.failure);
    };
    expect(await token()).toBe('one');
    writeFileSync(join(folder, 'token'), 'two');
    expect(await token()).toBe('one');
    expect(await token(true)).toBe('two');
    writeFileSync(join(folder, 'token'), 'three');
    await clock.advance(10_000);
    expect(await token()).toBe('three');
    rmSync(join(folder, 'token'));
    expect(await token(true)).toContain(
      `${join(folder, 'token')}: expected a file with credentials, found ENOENT`,
    );
  });

  test('outside of a Pod are a failure that names the variable', () => {
    const made = inClusterCredentials({ environment: {}, clock: fakeClock() });
    expect(made).toMatchObject({ ok: false, failure: { at: 'KUBERNETES_SERVICE_HOST' } });
  });

  const load = async (cluster: object, user: object, context?: string) => {
    const file = join(folder, 'config');
    writeFileSync(file, kubeconfig(cluster, user));
    const options = { file, clock: fakeClock(), environment: { PATH: process.env.PATH } };
    return kubeconfigCredentials(context === undefined ? options : { ...options, context });
  };
  const identityOf = async (made: Awaited<ReturnType<typeof load>>) => {
    if (!made.ok) return describeFailure(made.failure);
    const identity = await made.value.identity();
    return identity.ok ? identity.value : describeFailure(identity.failure);
  };

  test('of an operator take inline data before files, and files from beside the kubeconfig', async () => {
    writeFileSync(join(folder, 'ca.pem'), PEM);
    writeFileSync(join(folder, 'token'), 'from-file\n');
    const made = await load(
      {
        'certificate-authority-data': undefined,
        'certificate-authority': 'ca.pem',
        'tls-server-name': 'kube',
      },
      { tokenFile: 'token' },
    );
    expect(await identityOf(made)).toEqual({ ca: PEM, token: 'from-file', serverName: 'kube' });
  });

  test('of an operator may leave the certificate unchecked, which nobody else may', async () => {
    expect(await identityOf(await load({ 'insecure-skip-tls-verify': true }, TOKEN))).toMatchObject({
      insecure: true,
    });
  });

  test('of an operator run a plugin once for many requests, and again when it is due', async () => {
    const script = `echo . >> ${join(folder, 'runs')}; echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"t'$X'"}}'`;
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: 'sh',
      args: ['-c', script],
      env: [{ name: 'X', value: '7' }],
      interactiveMode: 'Never',
    };
    const made = await load({}, { exec });
    if (!made.ok) throw new Error(describeFailure(made.failure));
    const all = await Promise.all([made.value.identity(), made.value.identity(), made.value.identity()]);
    expect(all[2]).toMatchObject({ ok: true, value: { token: 't7' } });
    await made.value.identity();
    await made.value.identity(true);
    const { readFileSync } = await import('node:fs');
    expect(readFileSync(join(folder, 'runs'), 'utf8')).toBe('.\n.\n');
  });

  test.each([
    [
      'of another version',
      { apiVersion: 'client.authentication.k8s.io/v1beta1', command: 'true' },
      'found client.authentication.k8s.io/v1beta1',
    ],
    [
      'that is not there',
      { apiVersion: 'client.authentication.k8s.io/v1', command: './nothing' },
      'found spawn',
    ],
    [
      'that fails',
      { apiVersion: 'client.authentication.k8s.io/v1', command: 'false' },
      'exit code 0, found 1',
    ],
    [
      'that says nothing',
      { apiVersion: 'client.authentication.k8s.io/v1', command: 'true' },
      'expected an ExecCredential',
    ],
  ])('of a plugin %s are a failure that names it', async (_, exec, said) => {
    expect(await identityOf(await load({}, { exec }))).toContain(said);
  });

  test('of a context that is not there are a failure that names it', async () => {
    expect(await identityOf(await load({}, TOKEN, 'other'))).toContain(
      'expected a context other, found none',
    );
  });
});
