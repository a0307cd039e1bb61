import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** A name is an alias of another, or has addresses of IPv4. */
export type DnsZone = Readonly<Record<string, string | readonly string[]>>;

/** A DNS server on 127.0.0.1 that knows the names of a zone and no others. */
export interface DnsServer {
  /** `127.0.0.1:<port>`. */
  readonly address: string;
  stop(): void;
}

const TYPES = { a: 1, cname: 5 } as const;
const HEADER_BYTES = 12;
/** An answer, with authority and recursion, as a public resolver gives it. */
const FLAGS = 0x8580;
const NO_SUCH_NAME = 3;
const TTL_SECONDS = 60;

export async function startDnsServer(zone: DnsZone): Promise<DnsServer> {
  const socket = createSocket('udp4');
  socket.on('message', (query, { address, port }) => socket.send(answerTo(query, zone), port, address));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { address: `127.0.0.1:${socket.address().port}`, stop: () => socket.close() };
}

/** RFC 1035: the question again, and the records of its type. */
function answerTo(query: Buffer, zone: DnsZone): Buffer {
  const { name, type, end } = questionOf(query);
  const found = zone[name];
  const records = found === undefined ? [] : recordsOf(found, type);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt16BE(query.readUInt16BE(0), 0);
  header.writeUInt16BE(FLAGS | (found === undefined ? NO_SUCH_NAME : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, query.subarray(HEADER_BYTES, end), ...records]);
}

interface Question {
  readonly name: string;
  readonly type: number;
  /** Where it ends in the message. */
  readonly end: number;
}

function questionOf(query: Buffer): Question {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function recordsOf(found: string | readonly string[], type: number): readonly Buffer[] {
  if (typeof found === 'string') return type === TYPES.cname ? [record(type, nameBytes(found))] : [];
  if (type !== TYPES.a) return [];
  return found.map((address) => record(type, Buffer.from(address.split('.').map(Number))));
}

/** Of the name of the question. */
function record(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(HEADER_BYTES);
  head.writeUInt16BE(0xc000 | HEADER_BYTES, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(TTL_SECONDS, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function nameBytes(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}
