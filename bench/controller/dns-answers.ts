import { answerMessage, nameBytes, questionOf, record, TYPES } from '../../test/support/dns-messages.ts';

const TTL_S = 300;
const ADDRESS = Buffer.from([203, 0, 113, 10]);

/**
 * The answer of a small DNS server: hostnames of customers (`www.customer-7.test`) are CNAMEs of the target of their cluster, every
 * other name has one address.
 */
export function answerTo(query: Buffer): Buffer {
  const question = questionOf(query);
  return answerMessage(query, question, recordsOf(question.name, question.type));
}

function recordsOf(name: string, type: number): readonly Buffer[] {
  const customer = /^www\.customer-(\d+)\.test$/.exec(name)?.[1];
  if (customer !== undefined) {
    // Whoever asks for anything else gets the CNAME too, as from every server.
    return [record(TYPES.CNAME, nameBytes(targetOf(Number(customer))), TTL_S)];
  }
  if (name.startsWith('_')) return [];
  return type === TYPES.A ? [record(TYPES.A, ADDRESS, TTL_S)] : [];
}

/** Where the hostnames of a cluster lead; as the inventory of the bench says. */
export function targetOf(index: number): string {
  return `t${index}abcdefghij.edge.example.com`;
}
