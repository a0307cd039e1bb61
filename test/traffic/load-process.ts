/**
 * A program that sends requests without pause, each judged, and says at its end what came of them. Its first argument is JSON
 * of {@link LoadOrder}; SIGTERM ends it, its last line is JSON of {@link LoadReport}.
 */
import { Resolver } from 'node:dns/promises';
import { DNS_ADDRESS } from '../../tools/lab/addresses.ts';
import { ask, type Got, keptConnections, type Question } from './ask.ts';

/** A question that is asked again and again, and what may come of it. */
export interface Target extends Question {
  /** Tells the targets apart. */
  readonly name: string;
  /** Who may answer. */
  readonly who: readonly string[];
  /** Its address is what the DNS server of the lab says of its host at the time, as with a client that keeps no answer. */
  readonly byName?: true;
  /** Statuses that count as right, beside 200 from one of `who`. */
  readonly also?: readonly number[];
}

export interface LoadOrder {
  readonly targets: readonly Target[];
  readonly perSecond: number;
  /** How many may be under way: those that would be more are not sent. */
  readonly atOnce?: number;
}

export interface LoadReport {
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds. */
  readonly slowest: number;
  /** Answers of a backend that none of `who` is. */
  readonly wrong: readonly string[];
  /** By target: how many requests had no right answer, and the first few of these. */
  readonly failures: Readonly<Record<string, { readonly count: number; readonly first: readonly string[] }>>;
}

const MOST_TOLD = 5;
const TICK_MS = 5;
/** One request in so many has a connection of its own. */
const NEW_CONNECTION_EVERY = 4;

const order: LoadOrder = JSON.parse(process.argv[2] ?? '{}');
const connections = keptConnections();
const resolver = new Resolver({ timeout: 1_000, tries: 3 });
resolver.setServers([DNS_ADDRESS]);
const failures: Record<string, { count: number; first: string[] }> = {};
const wrong: string[] = [];
const begun = performance.now();
/** The requests that were due so far, and those of them that were sent. */
let turn = 0;
let sent = 0;
let answered = 0;
let slowest = 0;
let isOver = false;

async function sendOne(target: Target, isNew: boolean): Promise<void> {
  const start = performance.now();
  const address = target.byName === true ? await addressOf(target.host) : target.address;
  const got = await ask({ ...target, address }, isNew ? undefined : connections);
  const milliseconds = performance.now() - start;
  answered += 1;
  slowest = Math.max(slowest, milliseconds);
  const { answer, status } = got;
  if (answer !== undefined && !target.who.includes(answer.who)) {
    wrong.push(`${target.name}: ${answer.who} at ${new Date().toISOString()}`);
  } else if (!isRight(target, got)) {
    const failed = failures[target.name] ?? { count: 0, first: [] };
    failures[target.name] = failed;
    failed.count += 1;
    if (failed.first.length < MOST_TOLD)
      failed.first.push(`${status} ${got.error ?? ''} at ${new Date().toISOString()}`);
  }
}

/** Empty while there is none: then nobody answers. */
async function addressOf(host: string): Promise<string> {
  const [address = ''] = await resolver.resolve4(host).catch(() => []);
  return address;
}

function isRight({ also = [] }: Target, { status, answer }: Got): boolean {
  return (status === 200 && answer !== undefined) || also.includes(status);
}

process.on('SIGTERM', () => {
  isOver = true;
});
process.stdout.write('started\n');
while (!isOver) {
  const due = ((performance.now() - begun) / 1_000) * order.perSecond;
  for (; turn < due && !isOver; turn += 1) {
    const target = order.targets[turn % order.targets.length];
    if (target === undefined || sent - answered >= (order.atOnce ?? Number.POSITIVE_INFINITY)) continue;
    sent += 1;
    const round = Math.floor(turn / order.targets.length);
    void sendOne(target, round % NEW_CONNECTION_EVERY === 0);
  }
  await new Promise((resolve) => setTimeout(resolve, TICK_MS));
}
const seconds = (performance.now() - begun) / 1_000;
// What was asked is judged to its end.
while (answered < sent) await new Promise((resolve) => setTimeout(resolve, TICK_MS));
const report: LoadReport = { requests: sent, seconds, slowest, wrong, failures };
process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0));
