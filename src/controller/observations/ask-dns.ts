import type { CaaRecord } from 'node:dns';
import { proofRecord } from '../../contract/proof-record.ts';
import type { Clock, Random } from '../../kube/index.ts';
import type { DnsAnswer } from '../../planner/world/index.ts';
import { isWildcard, withoutWildcard } from '../../text/hostnames.ts';
import type { DnsClient } from './dns-client.ts';

/** One hop more than a verdict takes, so that a chain that is too long is seen to be. */
const MOST_HOPS = 9;

/** For all questions about a name together. */
const DEADLINE_MS = 10_000;

/** Errors that are answers: the name, or the record, is not there. */
const DEFINITE: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA']);

/** More than anybody needs to see. */
const MOST_RECORDS = 32;

/**
 * What one server says about a hostname: where its CNAMEs lead, the addresses there, the TXT record of the claim and who may
 * issue certificates. Never throws: what went wrong is `error`. Of a wildcard a random name below it is asked.
 *
 * @param hostname normalised.
 */
export async function askDns(
  client: DnsClient,
  hostname: string,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): Promise<DnsAnswer> {
  const deadline = startDeadline(clock);
  const ask: Ask = deadline.limit;
  const parent = withoutWildcard(hostname);
  const asked = isWildcard(hostname) ? `${randomLabel(random)}.${parent}` : hostname;
  try {
    const [walked, txt, caa] = await Promise.all([
      walk(client, asked, ask),
      ask(() => client.resolveTxt(proofRecord(hostname))),
      ask(() => client.resolveCaa(parent)),
    ]);
    return {
      resolver: client.name,
      checkedAt: new Date(clock.wallTime()).toISOString(),
      ...walked,
      ...listed('txt', txt, (records) => records.map((parts) => parts.join(''))),
      ...listed('caa', caa, (records) => records.flatMap(presentCaa)),
    };
  } finally {
    deadline.end();
  }
}

type Asked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: string };
type Ask = <T>(question: () => Promise<T>) => Promise<Asked<T>>;
type Walked = Pick<DnsAnswer, 'chain' | 'a' | 'aaaa' | 'error'>;

async function walk(client: DnsClient, asked: string, ask: Ask): Promise<Walked> {
  const chain: string[] = [];
  let name = asked;
  for (;;) {
    const here = name;
    // A hostname leads to the target of its cluster, which is hardly ever an alias itself: its addresses need not wait for that.
    const found = chain.length === 1 ? addresses(client, here, ask) : undefined;
    const cname = await ask(() => client.resolveCname(here));
    if (!cname.ok && cname.code !== 'ENODATA') return { chain, error: cname.code };
    const next = cname.ok ? cname.value[0] : undefined;
    if (next === undefined) return { chain, ...(await (found ?? addresses(client, here, ask))) };
    const isLoop = [asked, ...chain].some((before) => spell(before) === spell(next));
    chain.push(next);
    name = next;
    if (isLoop || chain.length >= MOST_HOPS) return { chain };
  }
}

async function addresses(client: DnsClient, name: string, ask: Ask): Promise<Walked> {
  const [four, six] = await Promise.all([ask(() => client.resolve4(name)), ask(() => client.resolve6(name))]);
  const found = { ...listed('a', four, (list) => list), ...listed('aaaa', six, (list) => list) };
  const hasAddress = [four, six].some((each) => each.ok && each.value.length > 0);
  if (hasAddress) return found;
  // Nothing was found: only when both could be asked does that mean that nothing is there.
  const [unasked] = [four, six].flatMap((each) => (each.ok || DEFINITE.has(each.code) ? [] : [each.code]));
  if (unasked !== undefined) return { error: unasked };
  return !four.ok && four.code === 'ENOTFOUND' ? { error: 'ENOTFOUND' } : found;
}

/** A list under its name: as answered, empty where there is definitely none, absent where nobody could say. */
function listed<K extends string, T>(
  key: K,
  asked: Asked<readonly T[]>,
  read: (records: readonly T[]) => readonly string[],
): { readonly [Key in K]?: readonly string[] } {
  if (!asked.ok && !DEFINITE.has(asked.code)) return {};
  const entry: Partial<Record<K, readonly string[]>> = {};
  entry[key] = asked.ok ? read(asked.value).slice(0, MOST_RECORDS) : [];
  return entry;
}

/** `0 issue "letsencrypt.org"`. Node gives the tag as the name of the property that holds the value. */
function presentCaa({ critical, ...tags }: CaaRecord): readonly string[] {
  return Object.entries(tags).flatMap(([tag, value]) =>
    typeof value === 'string' && tag !== 'type' ? [`${critical} ${tag} "${value}"`] : [],
  );
}

function spell(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

function randomLabel(random: Random): string {
  return `kubebyon-${Math.floor(random() * 36 ** 8).toString(36)}`;
}

/** Every question of a name ends with the same deadline; those that are open then are left to the resolver's own. */
function startDeadline(clock: Clock): { readonly limit: Ask; end(): void } {
  const late = { ok: false, code: 'ETIMEOUT' } as const;
  let isOver = false;
  const over = Promise.withResolvers<typeof late>();
  const cancel = clock.after(DEADLINE_MS, () => {
    isOver = true;
    over.resolve(late);
  });
  return {
    limit: (question) => {
      if (isOver) return Promise.resolve(late);
      const asked = question().then(
        (value) => ({ ok: true, value }) as const,
        (error: unknown) => ({ ok: false, code: codeOf(error) }) as const,
      );
      return Promise.race([asked, over.promise]);
    },
    end: cancel,
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code).slice(0, 40) : 'EUNKNOWN';
}
