import { createSecureServer, type Http2SecureServer } from 'node:http2';
import { createServer, type Server as NetServer } from 'node:net';
import { testCertificate } from '../../support/certificates.ts';

const { key, cert } = testCertificate(['127.0.0.1', 'localhost']);

/** The authority of the certificate of every tenant here. */
export const HOSTILE_AUTHORITY = cert;

/** The API server of a tenant that means harm, on 127.0.0.1. */
export interface HostileTenant {
  readonly url: string;
  stop(): Promise<void>;
}

async function listening(
  made: Http2SecureServer | NetServer,
  stopSessions: () => void,
): Promise<HostileTenant> {
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  const address = made.address();
  return {
    url: `https://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    stop: async () => {
      stopSessions();
      made.close();
    },
  };
}

/** A tenant's API server that answers every request with the same bytes, `times` times or without end. */
export async function tenantThatSends(
  first: string,
  chunk: string,
  times: number,
  headers = {},
  status = 200,
): Promise<HostileTenant> {
  const made = createSecureServer({ key, cert });
  const sessions = new Set<{ destroy(): void }>();
  made.on('session', (session) => {
    sessions.add(session);
    session.on('error', () => undefined);
  });
  made.on('sessionError', () => undefined);
  made.on('stream', (stream) => {
    stream.on('error', () => undefined);
    stream.respond({ ':status': status, ...headers });
    stream.write(first);
    let left = times;
    const more = (): void => {
      while (left > 0 && !stream.destroyed) {
        left -= 1;
        if (!stream.write(chunk)) {
          stream.once('drain', more);
          return;
        }
      }
      if (!stream.destroyed) stream.end();
    };
    more();
  });
  return listening(made, () => {
    for (const session of sessions) session.destroy();
  });
}

export async function tenantThatHangs(): Promise<HostileTenant> {
  const sockets = new Set<{ destroy(): void }>();
  const made = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  return listening(made, () => {
    for (const socket of sockets) socket.destroy();
  });
}

/** One event of a watch of Pods, as a line. */
export const event = (name: string, number: number): string => {
  const metadata = { name, namespace: 'n', uid: name, resourceVersion: String(number) };
  return `${JSON.stringify({ type: 'MODIFIED', object: { apiVersion: 'v1', kind: 'Pod', metadata } })}\n`;
};
/** A list ends here, and the watch goes on. */
export const LIST_ENDS = `${JSON.stringify({
  type: 'BOOKMARK',
  object: { metadata: { resourceVersion: '1', annotations: { 'k8s.io/initial-events-end': 'true' } } },
})}\n`;
/** Events of a thousand Pods. */
export const manyPods = Array.from({ length: 1_000 }, (_, index) => event(`p${index}`, index + 10)).join('');

/** The first events of so many Pods. */
export function podsAdded(count: number): string {
  return Array.from({ length: count }, (_, index) =>
    event(`p${index}`, index + 1).replace('MODIFIED', 'ADDED'),
  ).join('');
}

export const MIB_OF_TEXT = 'x'.repeat(1024 * 1024);
