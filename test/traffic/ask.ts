import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { TLSSocket } from 'node:tls';
import { parseJson } from '../../src/kube/json.ts';
import type { Answer } from '../../tools/lab/answers.ts';

/** One request to an entry. */
export interface Question {
  readonly scheme: 'http' | 'https';
  /** Where the entry is. */
  readonly address: string;
  /** The name in the Host header. */
  readonly host: string;
  /** The name that is asked for by TLS; that of the Host header unless given, none when empty. */
  readonly sni?: string;
  readonly path?: string;
  /** That of the scheme unless given. */
  readonly port?: number;
  /** The root that the certificate must come from, PEM; anybody's is taken unless given. */
  readonly ca?: string;
}

/** What came of a request. */
export interface Got {
  /** 0: there was no answer. */
  readonly status: number;
  /** Who answered, when that was a backend. */
  readonly answer?: Answer;
  readonly location?: string;
  /** The text of a page. */
  readonly page?: string;
  /** The names of the certificate that was shown. */
  readonly names?: readonly string[];
  /** The one who has signed it. */
  readonly issuer?: string;
  /** Its number: another certificate has another one. */
  readonly serial?: string;
  /** Why there was no answer. */
  readonly error?: string;
}

/** Connections that may be used again. */
export interface Connections {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

export function keptConnections(): Connections {
  const options = { keepAlive: true, maxSockets: 4 };
  return { http: new HttpAgent(options), https: new HttpsAgent(options) };
}

/** So long that only what is never answered fails, also on a machine that has a lot to do. */
const TIMEOUT_MS = 30_000;
const PORTS = { http: 80, https: 443 } as const;

/**
 * Sends a request as a browser does, over a connection of its own, or one of `connections`. A connection that was kept and is
 * found closed is no failure: the request goes out once more, over a new one.
 */
export async function ask(question: Question, connections?: Connections): Promise<Got> {
  const first = await send(question, connections);
  return first === 'closed meanwhile' ? lastOf(await send(question)) : first;
}

function lastOf(got: Got | 'closed meanwhile'): Got {
  return got === 'closed meanwhile' ? { status: 0, error: got } : got;
}

function send(question: Question, connections?: Connections): Promise<Got | 'closed meanwhile'> {
  const { scheme, address, host, sni = host, path = '/', port = PORTS[scheme], ca } = question;
  return new Promise((resolve) => {
    const options = { host: address, port, path, headers: { host }, timeout: TIMEOUT_MS };
    const hear = (response: IncomingMessage): void => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ ...shown(response), ...said(response, text) }));
      response.on('error', (error) => resolve({ status: 0, error: error.message }));
    };
    const asked =
      scheme === 'http'
        ? httpRequest({ ...options, agent: connections?.http ?? false }, hear)
        : httpsRequest(
            {
              ...options,
              ...{ agent: connections?.https ?? false, servername: sni },
              ...(ca === undefined ? { rejectUnauthorized: false } : { ca }),
            },
            hear,
          );
    asked.on('error', (error) =>
      resolve(asked.reusedSocket ? 'closed meanwhile' : { status: 0, error: error.message }),
    );
    asked.on('timeout', () => asked.destroy(new Error(`no answer in ${TIMEOUT_MS / 1_000} s`)));
    asked.end();
  });
}

function said({ statusCode = 0, headers }: IncomingMessage, text: string): Got {
  const { location } = headers;
  const answer = headers['content-type'] === 'application/json' ? answerIn(text) : undefined;
  return {
    status: statusCode,
    ...(location === undefined ? {} : { location }),
    ...(answer === undefined ? {} : { answer }),
    ...(headers['content-type']?.startsWith('text/html') === true ? { page: text } : {}),
  };
}

function answerIn(text: string): Answer {
  return Object(parseJson(text));
}

/** What the connection shows of itself: an answer over a connection that was resumed shows no certificate. */
function shown({ socket }: IncomingMessage): Pick<Got, 'names' | 'issuer' | 'serial'> {
  if (!(socket instanceof TLSSocket)) return {};
  const { subjectaltname = '', issuer, serialNumber: serial = '' } = socket.getPeerCertificate();
  const names = subjectaltname
    .split(', ')
    .flatMap((name) => (name.startsWith('DNS:') ? [name.slice('DNS:'.length)] : []));
  return { names, serial, ...(issuer?.CN === undefined ? {} : { issuer: String(issuer.CN) }) };
}
