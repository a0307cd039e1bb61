/** Messages of DNS as a server reads and writes them, RFC 1035. */

export const TYPES = { A: 1, CNAME: 5 } as const;

const HEADER_BYTES = 12;
/** An answer, with authority and recursion, as a public resolver gives it. */
const FLAGS = 0x8580;
/** The name that stands in the question. */
const NAME_OF_QUESTION = 0xc000 | HEADER_BYTES;

export interface Question {
  readonly name: string;
  readonly type: number;
  /** Where it ends in the message. */
  readonly end: number;
}

/** The only question of a message. */
export function questionOf(query: Buffer): Question {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

/** The question again, and records; `code` says what went wrong, 0: nothing. */
export function answerMessage(
  query: Buffer,
  { end }: Question,
  records: readonly Buffer[],
  code = 0,
): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt16BE(query.readUInt16BE(0), 0);
  header.writeUInt16BE(FLAGS | code, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, query.subarray(HEADER_BYTES, end), ...records]);
}

/** A record of the name in the question. */
export function record(type: number, data: Buffer, ttlSeconds: number): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(NAME_OF_QUESTION, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(ttlSeconds, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

export function nameBytes(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}
