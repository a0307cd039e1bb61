import { createServer, type ServerResponse } from 'node:http';
import type { Health } from './health.ts';

/** Metrics in the text format of Prometheus. */
export interface MetricsText {
  text(): Promise<string>;
  readonly contentType: string;
}

export interface ServingOptions {
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  readonly metrics: MetricsText;
  readonly health: () => Health;
  readonly readiness: () => Health;
}

export interface Serving {
  readonly port: number;
  stop(): Promise<void>;
}

/** Answers `/metrics`, `/healthz` and `/readyz`. Rejects when nobody can listen there. */
export async function serve({ host, port, metrics, health, readiness }: ServingOptions): Promise<Serving> {
  const answer = async (path: string, response: ServerResponse): Promise<void> => {
    if (path === '/metrics') {
      const text = await metrics.text();
      response.writeHead(200, { 'content-type': metrics.contentType }).end(text);
    } else if (path === '/healthz') say(response, health());
    else if (path === '/readyz') say(response, readiness());
    else response.writeHead(404).end('not found\n');
  };
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 10_000 }, (request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    if (request.method !== 'GET') response.writeHead(405).end();
    else answer(path, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function say(response: ServerResponse, { ok, text }: Health): void {
  response.writeHead(ok ? 200 : 503, { 'content-type': 'text/plain' }).end(`${text}\n`);
}
