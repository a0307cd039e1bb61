import type { Clock } from '../../../src/kube/clock.ts';
import { connect, type Fence, type Kube } from '../../../src/kube/index.ts';
import { parseJson, textAt } from '../../../src/kube/json.ts';
import type { Transport, WireAnswer } from '../../../src/kube/requests/transport.ts';

/** A server that holds one Lease, and counts the writes of everything else. */
export interface FakeLeases {
  /** Connects a process; `line` is its network. */
  connect(line: Line, fence?: Fence): Kube;
  holder(): string | undefined;
  /** Who wrote what else, and when. */
  readonly writes: { readonly by: string; readonly at: number }[];
}

/** A process's way to the server; while it is cut, requests hang. */
export interface Line {
  isCut: boolean;
  /** Time that each answer takes. */
  delayMs: number;
}

export function fakeLeases(clock: Clock): FakeLeases {
  let lease: Record<string, unknown> | undefined;
  let version = 0;
  const writes: { readonly by: string; readonly at: number }[] = [];

  const serve = (method: string, path: string, body: string | undefined): readonly [number, unknown] => {
    const status = (code: number, reason: string) =>
      [code, { kind: 'Status', reason, message: reason }] as const;
    if (!path.startsWith('/apis/coordination.k8s.io')) {
      writes.push({ by: textAt(parseJson(body ?? ''), 'data', 'by') ?? '', at: clock.now() });
      const metadata = { name: 'x', uid: 'x', resourceVersion: '1' };
      return [200, { apiVersion: 'v1', kind: 'ConfigMap', metadata }];
    }
    if (method === 'GET') return lease === undefined ? status(404, 'NotFound') : [200, lease];
    const sent = parseJson(body ?? '');
    if (method === 'POST' && lease !== undefined) return status(409, 'AlreadyExists');
    if (
      method === 'PUT' &&
      textAt(sent, 'metadata', 'resourceVersion') !== textAt(lease, 'metadata', 'resourceVersion')
    ) {
      return status(409, 'Conflict');
    }
    version += 1;
    const metadata = { namespace: 'n', name: 'l', uid: 'u', resourceVersion: String(version) };
    lease = { ...Object(sent), metadata };
    return [200, lease];
  };

  const transport = (line: Line): Transport => ({
    close: async () => undefined,
    send: async ({ method, path, body, gate }) => {
      const wait = (): Promise<void> => new Promise((resolve) => clock.after(line.delayMs, resolve));
      await wait();
      if (line.isCut) return await new Promise<never>(() => undefined);
      const failure = gate?.();
      if (failure !== undefined) throw Object.assign(new Error(failure.message), { code: 'FENCED' });
      const [code, answer] = serve(method, path, body);
      await wait();
      if (line.isCut) return await new Promise<never>(() => undefined);
      return answerOf(code, answer);
    },
  });

  return {
    writes,
    holder: () => textAt(lease, 'spec', 'holderIdentity'),
    connect: (line, fence) =>
      connect(
        { server: 'https://fake', identity: async () => ({ ok: true, value: {} }) },
        {
          clock,
          random: () => 0,
          makeTransport: () => transport(line),
          ...(fence === undefined ? {} : { fence }),
        },
      ),
  };
}

function answerOf(status: number, body: unknown): WireAnswer {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(JSON.stringify(body));
  }
  return { status, headers: {}, body: bytes() };
}
