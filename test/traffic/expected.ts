import { setTimeout as sleep } from 'node:timers/promises';
import { ask, type Got, type Question } from './ask.ts';

/** A request, and what must come of it in the words of {@link wordsOf}. */
export interface Expected {
  readonly asked: Question;
  readonly says: string;
}

/**
 * What came of a request, in words: `200 c-1 as app.customer.test` when a backend answered, which saw that host; `302 to URL`;
 * `404`; `none` without an answer. A certificate for other names is said.
 */
export function wordsOf({ host, sni = host }: Question, got: Got): string {
  const { status, answer, location, names } = got;
  if (status === 0) return 'none';
  const suits = names === undefined || names.some((name) => covers(name, sni));
  const certificate = suits ? '' : `, with a certificate for ${names.join()}`;
  if (answer !== undefined) return `${status} ${answer.who} as ${answer.host}${certificate}`;
  return `${status}${location === undefined ? '' : ` to ${location}`}${certificate}`;
}

/** Whether a name of a certificate is for a host: the same name, or a wildcard one label above it. */
function covers(name: string, host: string): boolean {
  return name === host || (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1));
}

/** The requests that do not get what they must, each in a line. */
export async function differences(expected: readonly Expected[]): Promise<readonly string[]> {
  const found = await Promise.all(
    expected.map(async ({ asked, says }) => {
      const words = wordsOf(asked, await ask(asked));
      return words === says ? [] : [`${questionText(asked)}: expected ${says}, found ${words}`];
    }),
  );
  return found.flat();
}

function questionText({ scheme, host, sni, path = '/', address }: Question): string {
  return `${scheme}://${host}${path} at ${address}${sni === undefined ? '' : ` with SNI '${sni}'`}`;
}

/** How long anything may take to be served, on a machine ten times slower than it needs. */
const LONGEST_MS = 120_000;

/** It must hold this long: what was served before may answer for a moment more. */
const STAYS_MS = 1_500;

/** Waits until every request gets what it must, and still does a moment later. Throws with those that do not. */
export async function servedAs(read: () => Promise<readonly Expected[]>): Promise<void> {
  const deadline = performance.now() + LONGEST_MS;
  let since: number | undefined;
  for (;;) {
    const wrong = await differences(await read());
    const now = performance.now();
    since = wrong.length === 0 ? (since ?? now) : undefined;
    if (since !== undefined && now - since >= STAYS_MS) return;
    if (now > deadline) throw new Error(wrong.join('\n') || 'it changed again and again');
    await sleep(300);
  }
}
