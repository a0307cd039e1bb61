import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { Agent, request as forward } from 'node:https';
import { testCertificate } from '../certificates.ts';
import { type EditedLine, editorOf, type ProxyFault } from './faults.ts';
import { type Gate, startGate } from './gate.ts';

/** The API server behind a proxy. */
export interface Upstream {
  readonly port: number;
  /** What its certificate is checked against. */
  readonly ca: string;
  readonly host?: string;
}

export interface ProxiedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** A proxy that speaks HTTP/2 and HTTP/1.1 over TLS and breaks what it is told to break. */
export interface FaultProxy {
  /** `https://127.0.0.1:<port>`. */
  readonly url: string;
  /** The authority of its certificate, which is for `127.0.0.1` and `localhost`. */
  readonly ca: string;
  /** The wire in front of it. */
  readonly gate: Gate;
  /** Every request, as `GET /api/v1/pods?watch=true`. */
  readonly asked: readonly string[];
  /** Does this to the next requests that fit; one unless `times` is given. Several faults wait in line. */
  fail(fits: (request: ProxiedRequest) => boolean, fault: ProxyFault, times?: number): void;
  /** The next events of watches that fit are lost without a trace; one unless `times` is given. */
  lose(fits: (line: string) => boolean, times?: number): void;
  /** Events of watches wait from now on until `catchUp`. */
  lag(): void;
  catchUp(): void;
  /** Faults that nobody has met yet. */
  waiting(): number;
  /** Forgets the faults that still wait. */
  heal(): void;
  /** Requests without an end to their answer. */
  unanswered(): number;
  stop(): Promise<void>;
}

/** @param names that its certificate is for, beside those of this machine. */
export async function startFaultProxy(
  upstream: Upstream,
  names: readonly string[] = [],
): Promise<FaultProxy> {
  const { key, cert } = testCertificate(['127.0.0.1', 'localhost', ...names]);
  const agent = new Agent({ keepAlive: true, ca: upstream.ca });
  const waiting: {
    readonly fits: (request: ProxiedRequest) => boolean;
    readonly fault: ProxyFault;
    times: number;
  }[] = [];
  const asked: string[] = [];
  const events = eventFilter();
  let unanswered = 0;

  const takeFault = (request: ProxiedRequest): ProxyFault | undefined => {
    const found = waiting.find(({ fits, times }) => times > 0 && fits(request));
    if (found !== undefined) found.times -= 1;
    return found?.fault;
  };
  const serve = async (incoming: Http2ServerRequest, outgoing: Http2ServerResponse): Promise<void> => {
    const { method, url: path } = incoming;
    asked.push(`${method} ${path}`);
    unanswered += 1;
    outgoing.on('close', () => {
      unanswered -= 1;
    });
    const fault = takeFault({ method, path, headers: incoming.headers });
    if (fault?.kind === 'answer') {
      outgoing.writeHead(fault.status, { ...fault.headers });
      outgoing.end(fault.body ?? '');
    } else if (fault?.kind === 'drop') resetAnswer(outgoing);
    else if (fault?.kind !== 'hang') {
      if (fault?.kind === 'hold') await fault.until;
      if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
      pass(incoming, outgoing, { agent, upstream, fault, events });
    }
  };

  const server = createSecureServer({ key, cert, allowHTTP1: true });
  server.on('request', (incoming, outgoing) => void serve(incoming, outgoing));
  server.on('sessionError', () => undefined);
  server.on('session', (session) => session.on('error', () => undefined));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const gate = await startGate(typeof address === 'object' && address !== null ? address.port : 0);
  return {
    url: `https://127.0.0.1:${gate.port}`,
    ca: cert,
    gate,
    asked,
    fail: (fits, fault, times = 1) => waiting.push({ fits, fault, times }),
    lose: events.lose,
    lag: events.lag,
    catchUp: events.catchUp,
    waiting: () => waiting.reduce((sum, { times: left }) => sum + left, 0),
    heal: () => {
      waiting.length = 0;
    },
    unanswered: () => unanswered,
    stop: async () => {
      await gate.stop();
      agent.destroy();
      server.close();
    },
  };
}

/** INTERNAL_ERROR of HTTP/2. */
const RESET = 2;

/** Over HTTP/1.1 an answer is its connection. */
function resetAnswer({ stream, socket }: Http2ServerResponse): void {
  if (stream === undefined) socket?.destroy();
  else stream.close(RESET);
}

interface Passing {
  readonly agent: Agent;
  readonly upstream: Upstream;
  readonly fault: ProxyFault | undefined;
  readonly events: EventFilter;
}

/** What happens to the events of all watches. */
interface EventFilter extends Pick<FaultProxy, 'lose' | 'lag' | 'catchUp'> {
  /** Lets a line through, now, later or never. */
  pass(line: string, send: (line: string) => void): void;
}

function eventFilter(): EventFilter {
  const lost: { readonly fits: (line: string) => boolean; times: number }[] = [];
  let late: (() => void)[] | undefined;
  return {
    lose: (fits, times = 1) => lost.push({ fits, times }),
    lag: () => {
      late ??= [];
    },
    catchUp: () => {
      const held = late ?? [];
      late = undefined;
      for (const send of held) send();
    },
    pass: (line, send) => {
      const found = lost.find(({ fits, times }) => times > 0 && fits(line));
      if (found !== undefined) found.times -= 1;
      else if (late === undefined) send(line);
      else late.push(() => send(line));
    },
  };
}

/** Asks the API server, and edits its answer line by line. */
function pass(
  incoming: Http2ServerRequest,
  outgoing: Http2ServerResponse,
  { agent, upstream, fault, events }: Passing,
): void {
  const headers = Object.entries(incoming.headers).filter(
    ([name]) => !name.startsWith(':') && name !== 'host',
  );
  const { host = '127.0.0.1', port } = upstream;
  const reset = (): void => resetAnswer(outgoing);
  const onward = forward({
    agent,
    host,
    port,
    method: incoming.method,
    path: incoming.url,
    headers: { ...Object.fromEntries(headers), ...framing(incoming) },
  });
  incoming.pipe(onward);
  onward.on('error', reset);
  outgoing.on('close', () => onward.destroy());
  outgoing.on('error', () => undefined);
  onward.on('response', (answer) => {
    if (fault?.kind === 'loseAnswer') {
      answer.resume();
      answer.on('end', reset);
      return;
    }
    const kept = Object.entries(answer.headers).filter(([name]) => !HOP_BY_HOP.has(name));
    outgoing.writeHead(answer.statusCode ?? 502, Object.fromEntries(kept));
    answer.on('error', reset);
    const isWatch = incoming.url.includes('watch=true');
    const edit = editorOf(fault) ?? (isWatch ? (line: string) => ({ send: line }) : undefined);
    if (edit === undefined) {
      answer.pipe(outgoing);
      return;
    }
    let rest = '';
    let isOver = false;
    const take = (line: string): void => {
      if (isOver || line === '') return;
      const { send, next }: EditedLine = edit(line);
      if (isWatch) events.pass(send, (text) => outgoing.writableEnded || outgoing.write(text));
      else outgoing.write(send);
      isOver = next !== undefined;
      if (next === 'end') outgoing.end();
      // What was written is on its way before the reset is.
      if (next === 'reset') setTimeout(reset, 20);
    };
    answer.setEncoding('utf8');
    answer.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) take(`${line}\n`);
    });
    answer.on('end', () => {
      take(rest);
      if (!isOver) outgoing.end();
    });
  });
}

/** HTTP/2 needs no length of a body; of that of a DELETE Node says nothing by itself, and it would be lost. */
function framing({ method, headers }: Http2ServerRequest): Readonly<Record<string, string>> {
  const hasBody = method !== 'GET' && headers['content-length'] === undefined;
  return hasBody ? { 'transfer-encoding': 'chunked' } : {};
}

/** Lengths differ once lines are edited, and connections are not those of the API server. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'transfer-encoding',
]);
