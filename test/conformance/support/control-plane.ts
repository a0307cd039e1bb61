import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type RunningProgram, startProgram } from './program.ts';
import { toolPath } from './tools.ts';

/** Certificate that the API server makes for itself in its state folder; it writes the key after the certificate. */
export function apiServerCertificate(state: string): { readonly file: string; readonly key: string } {
  const folder = certificateFolder(state);
  return { file: join(folder, 'apiserver.crt'), key: join(folder, 'apiserver.key') };
}

function certificateFolder(state: string): string {
  return join(state, 'certificates');
}

/** What an administrator and the API server need to trust each other. */
export interface Credentials {
  readonly token: string;
  readonly tokenFile: string;
  /** Private key that service-account tokens are signed and checked with. */
  readonly serviceAccountKey: string;
}

export function writeCredentials(state: string): Credentials {
  const token = randomBytes(24).toString('hex');
  const tokenFile = join(state, 'tokens.csv');
  writeFileSync(tokenFile, `${token},admin,admin,"system:masters"\n`, { mode: 0o600 });
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const serviceAccountKey = join(state, 'service-accounts.key');
  writeFileSync(serviceAccountKey, privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
  return { token, tokenFile, serviceAccountKey };
}

export function startEtcd(state: string, clientPort: number, peerPort: number): RunningProgram {
  const client = `http://127.0.0.1:${clientPort}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  const args = [
    ...['--name', 'local', '--data-dir', join(state, 'etcd'), '--unsafe-no-fsync', '--log-level', 'warn'],
    ...['--listen-client-urls', client, '--advertise-client-urls', client],
    ...[
      '--listen-peer-urls',
      peer,
      '--initial-advertise-peer-urls',
      peer,
      '--initial-cluster',
      `local=${peer}`,
    ],
  ];
  return startProgram(toolPath('etcd'), args, logFile(state, 'etcd'));
}

export function startApiServer(
  state: string,
  port: number,
  etcdPort: number,
  { tokenFile, serviceAccountKey }: Credentials,
  more: readonly string[] = [],
): RunningProgram {
  const args = [
    ...more,
    ...['--etcd-servers', `http://127.0.0.1:${etcdPort}`],
    ...[
      '--bind-address',
      '127.0.0.1',
      '--secure-port',
      String(port),
      '--cert-dir',
      join(state, 'certificates'),
    ],
    // Without a default route the API server cannot guess an address to advertise.
    ...['--advertise-address', '127.0.0.1', '--endpoint-reconciler-type', 'none'],
    ...['--token-auth-file', tokenFile, '--authorization-mode', 'RBAC', '--allow-privileged'],
    ...['--service-cluster-ip-range', '10.96.0.0/16'],
    ...['--service-account-issuer', 'https://kubernetes.default.svc'],
    ...[
      '--service-account-key-file',
      serviceAccountKey,
      '--service-account-signing-key-file',
      serviceAccountKey,
    ],
  ];
  return startProgram(toolPath('kube-apiserver'), args, logFile(state, 'kube-apiserver'));
}

export function startControllerManager(
  state: string,
  kubeconfig: string,
  { serviceAccountKey }: Credentials,
): RunningProgram {
  const withoutNodes = ['node-ipam', 'node-lifecycle', 'cloud-node-lifecycle', 'node-route'];
  const args = [
    ...[
      '--kubeconfig',
      kubeconfig,
      '--secure-port',
      '0',
      '--leader-elect=false',
      '--authentication-skip-lookup',
    ],
    ...['--kube-api-qps', '200', '--kube-api-burst', '400'],
    ...['--service-account-private-key-file', serviceAccountKey],
    ...['--root-ca-file', apiServerCertificate(state).file],
    ...['--controllers', ['*', ...withoutNodes.map((name) => `-${name}-controller`)].join(',')],
  ];
  return startProgram(toolPath('kube-controller-manager'), args, logFile(state, 'kube-controller-manager'));
}

/** Text of a kubeconfig file; JSON is YAML. */
export function kubeconfigText(port: number, token: string, ca: string): string {
  const authority = Buffer.from(ca).toString('base64');
  const server = `https://127.0.0.1:${port}`;
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'local',
    clusters: [{ name: 'local', cluster: { server, 'certificate-authority-data': authority } }],
    users: [{ name: 'admin', user: { token } }],
    contexts: [{ name: 'local', context: { cluster: 'local', user: 'admin' } }],
  });
}

function logFile(state: string, program: string): string {
  return join(state, `${program}.log`);
}
