/** A question's number, then flags, counts, the name and its type. */
const HEADER_BYTES = 12;
const TYPES = { A: 1, CNAME: 5 } as const;
const TTL_S = 300;
const NAME_OF_QUESTION = 0xc00c;
const ADDRESS = Buffer.from([203, 0, 113, 10]);

/**
 * The answer of a small DNS server: hostnames of customers (`www.customer-7.test`) are CNAMEs of the target of their cluster, every
 * other name has one address.
 */
export function answerTo(question: Buffer): Buffer {
  const { name, type, end } = questionIn(question);
  const records = recordsOf(name, type);
  const answer = Buffer.concat([question.subarray(0, end), ...records]);
  // An answer with authority, and no error.
  answer.writeUInt16BE(0x8580, 2);
  answer.writeUInt16BE(1, 4);
  answer.writeUInt16BE(records.length, 6);
  answer.writeUInt32BE(0, 8);
  return answer;
}

function questionIn(message: Buffer): { readonly name: string; readonly type: number; readonly end: number } {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
}

function recordsOf(name: string, type: number): readonly Buffer[] {
  const customer = /^www\.customer-(\d+)\.test$/.exec(name)?.[1];
  if (customer !== undefined) {
    // Whoever asks for anything else gets the CNAME too, as from every server.
    return [record(TYPES.CNAME, nameBytes(targetOf(Number(customer))))];
  }
  if (name.startsWith('_')) return [];
  return type === TYPES.A ? [record(TYPES.A, ADDRESS)] : [];
}

/** Where the hostnames of a cluster lead; as the inventory of the bench says. */
export function targetOf(index: number): string {
  return `t${index}abcdefghij.edge.example.com`;
}

function record(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(NAME_OF_QUESTION, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(TTL_S, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function nameBytes(name: string): Buffer {
  const labels = name
    .split('.')
    .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}
