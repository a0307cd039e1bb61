import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { answerMessage, nameBytes, questionOf, record, TYPES } from '../../support/dns-messages.ts';

/** A name is an alias of another, or has addresses of IPv4. */
export type DnsZone = Readonly<Record<string, string | readonly string[]>>;

/** A DNS server on 127.0.0.1 that knows the names of a zone and no others. */
export interface DnsServer {
  /** `127.0.0.1:<port>`. */
  readonly address: string;
  stop(): void;
}

const NO_SUCH_NAME = 3;
const TTL_SECONDS = 60;

export async function startDnsServer(zone: DnsZone): Promise<DnsServer> {
  const socket = createSocket('udp4');
  socket.on('message', (query, { address, port }) => socket.send(answerTo(query, zone), port, address));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { address: `127.0.0.1:${socket.address().port}`, stop: () => socket.close() };
}

/** The records of the question's type. */
function answerTo(query: Buffer, zone: DnsZone): Buffer {
  const question = questionOf(query);
  const found = zone[question.name];
  if (found === undefined) return answerMessage(query, question, [], NO_SUCH_NAME);
  return answerMessage(query, question, recordsOf(found, question.type));
}

function recordsOf(found: string | readonly string[], type: number): readonly Buffer[] {
  if (typeof found === 'string')
    return type === TYPES.CNAME ? [record(type, nameBytes(found), TTL_SECONDS)] : [];
  if (type !== TYPES.A) return [];
  return found.map((address) => record(type, Buffer.from(address.split('.').map(Number)), TTL_SECONDS));
}
