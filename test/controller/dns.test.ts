import { describe, expect, test } from 'vitest';
import { askDns } from '../../src/controller/observations/ask-dns.ts';
import { watchDns } from '../../src/controller/observations/dns.ts';
import type { DnsAnswer } from '../../src/planner/world/index.ts';
import { fakeClock } from '../kube/support/fake-clock.ts';
import { fakeDns, type Zone } from './fake-dns.ts';

const OFTEN = { at: undefined, isPlatforms: false };
const T = 't-1.edge.example.com';

async function ask(zone: Zone, hostname: string, milliseconds = 1) {
  const clock = fakeClock();
  const dns = fakeDns('192.0.2.53', zone, clock, milliseconds);
  const asking = askDns(dns, hostname, { clock, random: () => 0.5 });
  await clock.advance(60_000);
  return { answer: await asking, asked: dns.asked, pending: clock.pending() };
}

const hops = Object.fromEntries(
  Array.from({ length: 20 }, (_, index) => [`h${index}.test`, `h${index + 1}.test`]),
);

describe('an answer of DNS', () => {
  test('tells the chain as it was written, and the addresses where it ends', async () => {
    const zone = {
      'app.customer.test': 'T-1.Edge.Example.COM.',
      [T]: 'lb.example.net',
      'lb.example.net': ['198.51.100.7', '2001:db8::7'],
    };
    const { answer } = await ask(zone, 'app.customer.test');
    expect(answer).toEqual({
      resolver: '192.0.2.53',
      checkedAt: expect.stringMatching(/^2026-01-01T00:00:\d\d\.\d{3}Z$/),
      chain: ['T-1.Edge.Example.COM.', 'lb.example.net'],
      a: ['198.51.100.7'],
      aaaa: ['2001:db8::7'],
      txt: [],
      caa: [],
    });
  });

  test.each<readonly [string, Zone, Partial<DnsAnswer>]>([
    ['a name that is not there', {}, { chain: [], error: 'ENOTFOUND' }],
    ['a chain that leads nowhere', { 'a.test': 'b.test' }, { chain: ['b.test'], error: 'ENOTFOUND' }],
    ['a server that fails', { 'a.test': 'ESERVFAIL' }, { chain: [], error: 'ESERVFAIL' }],
    [
      'a server that refuses in the middle',
      { 'a.test': 'b.test', 'b.test': 'EREFUSED' },
      { chain: ['b.test'], error: 'EREFUSED' },
    ],
    ['a name without address', { 'a.test': [] }, { chain: [], a: [], aaaa: [] }],
    ['an address of one family', { 'a.test': ['192.0.2.1'] }, { chain: [], a: ['192.0.2.1'], aaaa: [] }],
  ])('about %s says so', async (_, zone, expected) => {
    const { answer } = await ask(zone, 'a.test');
    const { chain, a, aaaa, error } = answer;
    expect(JSON.parse(JSON.stringify({ chain, a, aaaa, error }))).toEqual(expected);
  });

  test.each<readonly [string, Zone, readonly string[]]>([
    ['names itself', { 'a.test': 'A.test.' }, ['A.test.']],
    ['loops', { 'a.test': 'b.test', 'b.test': 'c.test', 'c.test': 'b.test' }, ['b.test', 'c.test', 'b.test']],
    [
      'is too long',
      { ...hops, 'a.test': 'h0.test' },
      Array.from({ length: 9 }, (_, index) => `h${index}.test`),
    ],
  ])('about a chain that %s ends after a bounded number of questions', async (_, zone, chain) => {
    const { answer, asked } = await ask(zone, 'a.test');
    expect(answer.chain).toEqual(chain);
    expect(asked.length).toBeLessThanOrEqual(13);
  });

  test('about a hostname and the target of its cluster takes two round trips, and no question twice', async () => {
    const clock = fakeClock();
    const dns = fakeDns('one', { 'app.customer.test': T, [T]: ['198.51.100.7'] }, clock, 10);
    const start = clock.now();
    const took = askDns(dns, 'app.customer.test', { clock, random: () => 0 }).then(() => clock.now() - start);
    await clock.advance(60_000);
    expect(await took).toBe(20);
    expect(dns.asked.toSorted()).toEqual(
      [
        ...['A', 'AAAA', 'CNAME'].map((kind) => `${kind} ${T}`),
        ...['CNAME app.customer.test', 'TXT _kubebyon.app.customer.test', 'CAA app.customer.test'],
      ].toSorted(),
    );
  });

  test('that nobody could give of one family is no statement that there is none', async () => {
    const clock = fakeClock();
    const dns = fakeDns('one', { 'a.test': [] }, clock);
    const fails = {
      ...dns,
      resolve4: () => Promise.reject(Object.assign(new Error(), { code: 'ESERVFAIL' })),
    };
    const asking = askDns(fails, 'a.test', { clock, random: () => 0 });
    await clock.advance(20_000);
    expect(await asking).toMatchObject({ chain: [], error: 'ESERVFAIL' });
  });

  test('of a wildcard asks for a name below it, and for the records of its parent', async () => {
    const { asked } = await ask({}, '*.shop.test');
    expect(asked[0]).toMatch(/^CNAME kubebyon-[a-z0-9]+\.shop\.test$/);
    expect(asked).toContain('TXT _kubebyon.shop.test');
    expect(asked).toContain('CAA shop.test');
  });

  test('holds the TXT record whole and who may issue', async () => {
    const zone = { 'caa.example': ['192.0.2.1'], '_kubebyon.caa.example': ['proof=abc'] };
    const { answer } = await ask(zone, 'caa.example');
    expect([answer.txt, answer.caa]).toEqual([['proof=abc'], ['0 issue "letsencrypt.org"']]);
  });

  test('that takes too long is a timeout, says nothing of records, and leaves nothing behind', async () => {
    const { answer, pending } = await ask({ 'a.test': ['192.0.2.1'] }, 'a.test', 30_000);
    expect(answer).toMatchObject({ chain: [], error: 'ETIMEOUT' });
    expect(answer).not.toHaveProperty('txt');
    expect(pending).toBe(0);
  });
});

describe('the watch of DNS', () => {
  function watched(zone: Zone, names: readonly string[], milliseconds = 1) {
    const clock = fakeClock();
    const servers = ['one', 'two'].map((name) => fakeDns(name, zone, clock, milliseconds));
    const heard: { readonly hostname: string; readonly answers: readonly DnsAnswer[] | null }[] = [];
    const watch = watchDns({
      clients: servers,
      clock,
      random: () => 0.5,
      onAnswers: (hostname, answers) => heard.push({ hostname, answers }),
      onFault: (error) => {
        throw error;
      },
    });
    for (const name of names) watch.want(name, OFTEN);
    return { clock, servers, heard, watch };
  }

  test('asks every server about a new name at once, and again every five minutes', async () => {
    const { clock, heard } = watched({ 'a.test': ['192.0.2.1'] }, ['a.test']);
    await clock.advance(1_000);
    expect(heard.map(({ answers }) => answers?.map(({ resolver }) => resolver))).toEqual([['one', 'two']]);
    await clock.advance(5 * 60_000 + 10_000);
    expect(heard).toHaveLength(2);
  });

  test('asks again after a minute about a name without an address, and less and less often', async () => {
    const { clock, servers } = watched({}, ['a.test']);
    const minutes = async (count: number): Promise<number> => {
      const before = asksOf(servers[0]);
      await clock.advance(count * 60_000);
      return asksOf(servers[0]) - before;
    };
    const asksOf = (server: (typeof servers)[number] | undefined): number =>
      server?.asked.filter((each) => each === 'CNAME a.test').length ?? 0;
    await clock.advance(1_000);
    // Each pause is up to a fifth shorter or longer.
    expect(await minutes(1.5)).toBe(1);
    expect(await minutes(2.2)).toBe(1);
    const later = await minutes(60);
    expect([later >= 10, later <= 16]).toEqual([true, true]);
  });

  test('asks again when the planner says, and not at its own time', async () => {
    const { clock, heard, watch } = watched({ 'a.test': ['192.0.2.1'] }, ['a.test']);
    await clock.advance(1_000);
    watch.want('a.test', {
      at: new Date(clock.wallTime() + 20 * 60_000).toISOString(),
      isPlatforms: false,
    });
    await clock.advance(19 * 60_000);
    expect(heard).toHaveLength(1);
    await clock.advance(2 * 60_000);
    expect(heard).toHaveLength(2);
  });

  test('tells what only confirms an answer together with others a few seconds later, and news at once', async () => {
    const zone = new Map([
      ['a.test', ['192.0.2.1']],
      ['b.test', ['192.0.2.1']],
    ]);
    const { clock, heard, watch } = watched(Object.fromEntries(zone), []);
    const times: number[] = [];
    const at = (milliseconds: number) => new Date(clock.wallTime() + milliseconds).toISOString();
    for (const name of zone.keys()) watch.want(name, OFTEN);
    await clock.advance(1_000);
    for (const [index, name] of [...zone.keys()].entries())
      watch.want(name, { at: at(1_000 + index * 2_000), isPlatforms: false });
    const start = clock.now();
    for (let wait = 0; wait < 100; wait += 1) {
      const before = heard.length;
      await clock.advance(100);
      times.push(...heard.slice(before).map(() => Math.round((clock.now() - start) / 1_000)));
    }
    expect(times).toEqual([6, 6]);
    const [first, , again] = heard;
    expect(again?.answers?.[0]?.checkedAt).not.toBe(first?.answers?.[0]?.checkedAt);
  });

  test('asks seldom about a name of the platform that answers the same, often again when it does not, and about others often', async () => {
    const zone: Record<string, readonly string[]> = { 'a.test': ['192.0.2.1'] };
    const clock = fakeClock();
    const heard: string[] = [];
    const dns = (name: string) => {
      const asOf = () => fakeDns(name, zone, clock, 1);
      return { ...asOf(), resolve4: (about: string) => asOf().resolve4(about) };
    };
    const server = dns('one');
    const asked = { 'a.test': 0, 'b.test': 0 };
    const watch = watchDns({
      clients: [
        {
          ...server,
          resolveCname: (about) => {
            if (about === 'a.test' || about === 'b.test') asked[about] += 1;
            return server.resolveCname(about);
          },
        },
      ],
      clock,
      random: () => 0.5,
      onAnswers: (hostname) => heard.push(hostname),
      onFault: (error) => {
        throw error;
      },
    });
    watch.want('a.test', { at: undefined, isPlatforms: true });
    watch.want('b.test', OFTEN);
    const hours = async (count: number) => {
      const before = { ...asked };
      await clock.advance(count * 60 * 60_000);
      return { platform: asked['a.test'] - before['a.test'], other: asked['b.test'] - before['b.test'] };
    };
    expect((await hours(3)).platform).toBeLessThan(9);
    const calm = await hours(10);
    expect([calm.platform, calm.other > 100]).toEqual([10, true]);
    zone['a.test'] = ['192.0.2.2'];
    await hours(2);
    expect(heard.filter((name) => name === 'a.test').length).toBeGreaterThan(3);
    await watch.stop();
  });

  test('asks a thousand names with 32 at a time, each once', async () => {
    const names = Array.from({ length: 1_000 }, (_, index) => `n${index}.test`);
    const { clock, servers, heard, watch } = watched({}, names, 50);
    expect(watch.unanswered()).toBe(1_000);
    await clock.advance(20_000);
    expect([heard.length, watch.unanswered()]).toEqual([1_000, 0]);
    expect(new Set(heard.map(({ hostname }) => hostname)).size).toBe(1_000);
    // Of a name three records at a time are asked for.
    for (const { most } of servers) expect(most.inFlight).toBeLessThanOrEqual(32 * 3);
  });

  test('never asks about a name twice at a time, though it leaves and comes again meanwhile', async () => {
    const { clock, servers, watch } = watched({}, ['a.test'], 500);
    await clock.advance(300);
    watch.forget('a.test');
    watch.want('a.test', OFTEN);
    await clock.advance(300);
    expect(servers[0]?.asked.filter((each) => each === 'CNAME a.test')).toHaveLength(1);
    await clock.advance(60_000);
    expect(watch.unanswered()).toBe(0);
  });

  test('forgets a name that nobody wants, also while it is being asked', async () => {
    const { clock, heard, watch } = watched({ 'a.test': ['192.0.2.1'] }, ['a.test', 'b.test'], 500);
    await clock.advance(300);
    watch.forget('b.test');
    await clock.advance(5_000);
    expect(heard.map(({ hostname }) => hostname)).toEqual(['a.test']);
    watch.forget('a.test');
    expect(heard.at(-1)).toEqual({ hostname: 'a.test', answers: null });
    await clock.advance(60 * 60_000);
    expect(heard).toHaveLength(2);
  });

  test('tells nothing after stop, and leaves nothing behind', async () => {
    const { clock, heard, watch } = watched({}, ['a.test'], 500);
    await clock.advance(300);
    const stopping = watch.stop();
    await clock.advance(60_000);
    await stopping;
    expect([heard, clock.pending()]).toEqual([[], 0]);
  });
});
