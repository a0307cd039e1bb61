import { createSecureServer, type ServerHttp2Stream } from 'node:http2';
import { nodeTransport } from '../../src/kube/requests/node-transport.ts';
import type { MakeTransport } from '../../src/kube/requests/transports.ts';
import { type TestCertificate, testCertificate } from './certificates.ts';

/** What a fake tenant holds, as its API server gives it, by plural. */
export type TenantHolds = Readonly<Record<string, readonly TenantObject[]>>;

export interface TenantObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** The API servers of tenants, all in one: who asks with the token of a tenant sees what that one holds. */
export interface FakeTenants {
  /** Where they answer: `https://127.0.0.1:<port>`. */
  readonly url: string;
  /** What a tenant holds from now on; those that watch hear of it. */
  hold(tenant: string, holds: TenantHolds): void;
  /** Answers to a tenant go on no more, or go on again. */
  hang(tenant: string, isHanging: boolean): void;
  /** The kubeconfig that the machinery of a tenant writes. */
  kubeconfigOf(tenant: string): string;
  /** Leads connections to Services of tenants here, and all others where they belong. */
  readonly makeTransport: MakeTransport;
  stop(): Promise<void>;
}

interface State {
  version: number;
  holds: Readonly<Record<string, readonly TenantObject[]>>;
  isHanging: boolean;
  readonly watchers: Set<{ readonly plural: string; readonly stream: ServerHttp2Stream }>;
}

const KINDS: Readonly<Record<string, string>> = { nodes: 'Node', services: 'Service', pods: 'Pod' };

/**
 * @param names of Services by which they are reached beside `localhost`.
 * @param certificate what they show; one for `localhost` and the names unless given.
 */
export async function startFakeTenants(
  names: readonly string[] = [],
  { key, cert }: TestCertificate = testCertificate(['127.0.0.1', 'localhost', ...names]),
): Promise<FakeTenants> {
  const server = createSecureServer({ key, cert });
  const states = new Map<string, State>();
  const sessions = new Set<{ destroy(): void }>();
  const stateOf = (tenant: string): State => {
    const state = states.get(tenant) ?? { version: 1, holds: {}, isHanging: false, watchers: new Set() };
    states.set(tenant, state);
    return state;
  };
  const send = (stream: ServerHttp2Stream, value: unknown): void => {
    if (!stream.destroyed) stream.write(`${JSON.stringify(value)}\n`);
  };
  const objectsOf = (state: State, plural: string) =>
    (state.holds[plural] ?? []).map((object) => asStored(object, plural, state.version));

  server.on('session', (session) => {
    sessions.add(session);
    session.on('error', () => undefined);
    session.on('close', () => sessions.delete(session));
  });
  server.on('sessionError', () => undefined);
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    const tenant = /^Bearer (.*)$/.exec(String(headers.authorization))?.[1] ?? '';
    const state = stateOf(tenant);
    const url = new URL(String(headers[':path']), 'https://tenant');
    const plural = url.pathname.split('/').at(-1) ?? '';
    if (state.isHanging) return;
    stream.respond({ ':status': 200, 'content-type': 'application/json' });
    const metadata = { resourceVersion: String(state.version) };
    if (url.searchParams.get('watch') !== 'true') {
      const list = {
        apiVersion: 'v1',
        kind: `${KINDS[plural]}List`,
        metadata,
        items: objectsOf(state, plural),
      };
      stream.end(JSON.stringify(list));
      return;
    }
    if (url.searchParams.get('sendInitialEvents') === 'true') {
      for (const object of objectsOf(state, plural)) send(stream, { type: 'ADDED', object });
      const annotations = { 'k8s.io/initial-events-end': 'true' };
      const object = { apiVersion: 'v1', kind: KINDS[plural], metadata: { ...metadata, annotations } };
      send(stream, { type: 'BOOKMARK', object });
    }
    const watcher = { plural, stream };
    state.watchers.add(watcher);
    stream.on('close', () => state.watchers.delete(watcher));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `https://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;

  return {
    url,
    hold: (tenant, holds) => {
      const state = stateOf(tenant);
      const before = state.holds;
      state.version += 1;
      state.holds = holds;
      for (const { plural, stream } of state.watchers) {
        const kept = new Set((holds[plural] ?? []).map(({ metadata }) => metadata.name));
        const known = new Set((before[plural] ?? []).map(({ metadata }) => metadata.name));
        for (const object of before[plural] ?? []) {
          if (!kept.has(object.metadata.name))
            send(stream, { type: 'DELETED', object: asStored(object, plural, state.version) });
        }
        for (const object of objectsOf(state, plural))
          send(stream, { type: known.has(object.metadata.name) ? 'MODIFIED' : 'ADDED', object });
      }
    },
    hang: (tenant, isHanging) => {
      stateOf(tenant).isHanging = isHanging;
    },
    kubeconfigOf: (tenant) => tenantKubeconfig(cert, { token: tenant }),
    makeTransport: (target, identity) =>
      /^https:\/\/vc\.vc-/.test(target) ? nodeTransport(url, identity) : nodeTransport(target, identity),
    stop: async () => {
      for (const session of sessions) session.destroy();
      server.close();
    },
  };
}

function asStored(object: TenantObject, plural: string, version: number): TenantObject {
  const { metadata } = object;
  const uid = `uid-${metadata.namespace ?? ''}-${metadata.name}`;
  return {
    apiVersion: 'v1',
    kind: KINDS[plural],
    ...object,
    metadata: { uid, ...metadata, resourceVersion: String(version) },
  };
}

/** The tenant of `cluster(index)` of the worlds: two Nodes, an ingress Pod on each, NodePort 30080. */
export function healthyTenant(index: number): TenantHolds {
  const numbers = [1, 2];
  const labels = { app: 'ingress' };
  const ready = [{ type: 'Ready', status: 'True' }];
  return {
    nodes: numbers.map((node) => ({
      metadata: { name: `worker-${node}` },
      spec: { podCIDRs: [`10.${index}.${node}.0/24`] },
      status: {
        conditions: ready,
        addresses: [{ type: 'InternalIP', address: `192.168.${index}.1${node}` }],
      },
    })),
    pods: numbers.map((node) => ({
      metadata: { name: `ingress-${node}`, namespace: 'ingress', labels },
      spec: {
        nodeName: `worker-${node}`,
        containers: [{ name: 'ingress', ports: [{ name: 'http', containerPort: 80 }] }],
      },
      status: { conditions: ready, podIPs: [{ ip: `10.${index}.${node}.5` }] },
    })),
    services: [
      {
        metadata: { name: 'ingress', namespace: 'ingress' },
        spec: { ports: [{ name: 'http', port: 80, targetPort: 80, nodePort: 30080 }] },
      },
    ],
  };
}

/** The kubeconfig that the machinery of a tenant writes. */
export function tenantKubeconfig(ca: string, user: object): string {
  return JSON.stringify({
    'current-context': 'vc',
    contexts: [{ name: 'vc', context: { cluster: 'vc', user: 'vc' } }],
    clusters: [
      {
        name: 'vc',
        cluster: {
          server: 'https://localhost:8443',
          'certificate-authority-data': Buffer.from(ca).toString('base64'),
        },
      },
    ],
    users: [{ name: 'vc', user }],
  });
}
