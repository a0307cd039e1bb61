import { describe, expect, test } from 'vitest';
import { parseLinks, parseRoutes, parseRules } from '../../src/route-agent/kernel/parse.ts';
import { checkNetwork, ipVersion } from '../../src/route-agent/kernel/program.ts';
import { formatIp } from '../../src/text/ip.ts';
import { address, kernel } from './model.ts';

/** What iproute2 6.1 printed, on a real host. */
const ROUTES = `[{"type":"1","dst":"default","gateway":"10.9.0.254","dev":"pa","table":"254","protocol":"3","scope":"0","flags":[]},
{"type":"1","dst":"10.9.0.0/24","dev":"pa","table":"254","protocol":"2","scope":"253","prefsrc":"10.9.0.1","flags":[]},
{"type":"1","dst":"10.64.1.0/24","gateway":"10.9.0.2","dev":"pa","table":"254","protocol":"157","scope":"0","metric":4242,"flags":["linkdown"]},
{"type":"9","dst":"10.71.0.0/16","table":"254","protocol":"3","scope":"0","flags":[]},
{"type":"1","dst":"10.72.0.0/16","via":{"family":"inet6","host":"fd00:9::2"},"dev":"pa","table":"254","protocol":"3","scope":"0","flags":[]},
{"type":"2","dst":"10.9.0.1","dev":"pa","table":"255","protocol":"2","scope":"254","prefsrc":"10.9.0.1","flags":[]}]`;
const RULES = `[{"priority":0,"src":"all","table":"255"},{"priority":2,"src":"all","dst":"10.0.0.0","dstlen":8,"action":"6"},
{"priority":3,"src":"all","ipproto":"ipproto-6","dport":80,"table":"9"},{"priority":5,"src":"all","table":"254","suppress_prefixlen":0},
{"priority":7,"src":"all","goto":32766},{"priority":9,"src":"all","dst":"10.5.0.0","dstlen":16,"iif":"lo","table":"103"},
{"priority":10,"not":null,"src":"all","fwmark":"0x1","table":"102"},{"priority":11,"src":"10.1.2.3","table":"101"},
{"priority":12,"src":"all","fwmark":"0x200","fwmask":"0xf00","table":"100"},{"priority":32766,"src":"all","table":"254"}]`;
const LINKS = `[{"ifname":"lo","flags":["LOOPBACK","UP","LOWER_UP"],"addr_info":[{"family":"inet","local":"127.0.0.1","prefixlen":8}]},
{"ifname":"pa","flags":["NO-CARRIER","BROADCAST","MULTICAST","UP"],"addr_info":[{"family":"inet","local":"10.9.0.1","prefixlen":24},
{"family":"inet","local":"10.7.0.1","address":"10.7.0.2","prefixlen":32},{"family":"inet6","local":"fd00:9::1","prefixlen":64}]}]`;

const readOf = <Value>(result: { ok: true; value: Value } | { ok: false }): Value => {
  if (!result.ok) throw new Error('not read');
  return result.value;
};

test('routes are read with their table, mark and next hop, and whether they are plain and alive', () => {
  const routes = readOf(parseRoutes(ROUTES, 4));
  expect(
    routes.map(({ range, table, protocol, metric, type, isPlain, isDead, gateway }) => [
      ...[range.prefixLength, table, protocol, metric, type, isPlain, isDead],
      gateway === undefined ? '' : formatIp(gateway),
    ]),
  ).toEqual([
    [0, 254, 3, 0, 1, true, false, '10.9.0.254'],
    [24, 254, 2, 0, 1, true, false, ''],
    [24, 254, 157, 4242, 1, true, true, '10.9.0.2'],
    [16, 254, 3, 0, 9, true, false, ''],
    [16, 254, 3, 0, 1, false, false, ''],
    [32, 255, 2, 0, 2, true, false, ''],
  ]);
});

test('rules are read with what they are about', () => {
  const rules = readOf(parseRules(RULES, 4));
  expect(
    rules.map(({ priority, table, goto, to, suppressed, isSelective }) => ({
      priority,
      ...(table === undefined ? {} : { table }),
      ...(goto === undefined ? {} : { goto }),
      ...(to === undefined ? {} : { to: to.text }),
      ...(suppressed === undefined ? {} : { suppressed }),
      isSelective,
    })),
  ).toEqual([
    { priority: 0, table: 255, isSelective: false },
    { priority: 2, to: '10.0.0.0/8', isSelective: false },
    { priority: 3, table: 9, isSelective: true },
    { priority: 5, table: 254, suppressed: 0, isSelective: false },
    { priority: 7, goto: 32_766, isSelective: false },
    { priority: 9, table: 103, to: '10.5.0.0/16', isSelective: false },
    // Every packet without the mark is one of these.
    { priority: 10, table: 102, isSelective: false },
    { priority: 11, table: 101, isSelective: true },
    { priority: 12, table: 100, isSelective: true },
    { priority: 32_766, table: 254, isSelective: false },
  ]);
});

test('links are up with a carrier only, and have the networks of their addresses', () => {
  const links = readOf(parseLinks(LINKS));
  expect(links.map(({ name, isUp }) => [name, isUp])).toEqual([
    ['lo', true],
    ['pa', false],
  ]);
  expect(links[1]?.addresses.map(({ network }) => network.text)).toEqual([
    '10.9.0.0/24',
    '10.7.0.2/32',
    'fd00:9:0:0:0:0:0:0/64',
  ]);
});

describe('what is not understood fails the whole, because half a picture misleads:', () => {
  test.each([
    '[',
    '{}',
    '[1]',
    '[{"dst":"10.0.0.0/33"}]',
    '[{"dst":"10.0.0.0/8","metric":"x"}]',
    'Usage: ip',
  ])('%s', (text) => {
    expect(parseRoutes(text, 4)).toMatchObject({ ok: false, failure: { kind: 'malformed' } });
  });

  test('but nothing at all is an empty table', () => {
    expect(parseRoutes('', 6)).toEqual({ ok: true, value: [] });
    expect(parseRoutes('[]\n', 6)).toEqual({ ok: true, value: [] });
  });
});

describe('the version of ip', () => {
  const version = (stdout: string) =>
    ipVersion(() => Promise.resolve({ kind: 'ended', code: 0, stdout, stderr: '' }));
  test.each([
    'ip utility, iproute2-6.1.0, libbpf 1.1.2',
    'ip utility, iproute2-5.10.0',
    'ip utility, iproute2-ss200127',
  ])('%s is new enough', async (text) => expect(await version(text)).toMatchObject({ ok: true }));
  test.each(['ip utility, iproute2-4.20.0', 'ip utility, iproute2-ss180813', 'BusyBox v1.36.1', ''])(
    '%s is not',
    async (text) => {
      expect(await version(text)).toMatchObject({ ok: false, failure: { at: 'ip -V' } });
    },
  );
});

test('a process is in the network of its Node when one of its links has the address of the Node', () => {
  expect(checkNetwork(kernel(), address('192.0.2.2'), '192.0.2.2')).toMatchObject({ ok: true });
  expect(checkNetwork(kernel(), address('192.0.2.3'), '192.0.2.3')).toMatchObject({ ok: false });
});
