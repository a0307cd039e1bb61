import { describe, expect, test } from 'vitest';
import {
  chooseAddresses,
  leftOutFindings,
  type Offer,
} from '../../../src/planner/backend/address-families.ts';
import type { Endpoint } from '../../../src/planner/backend/endpoint.ts';
import { spread } from '../../../src/planner/backend/endpoint-spread.ts';
import { byFamily } from '../../../src/planner/backend/second-family.ts';
import { parseIp } from '../../../src/text/ip.ts';

const endpoint = (address: string, changes: Partial<Endpoint> = {}): Endpoint => {
  const ip = parseIp(address);
  if (ip === undefined) throw new Error(address);
  return { address, port: 80, ip, node: 'worker-1', ...changes };
};
const offer = (addresses: readonly string[], changes: Partial<Offer> = {}): Offer => ({
  what: 'Pod a/b',
  node: 'worker-1',
  port: 80,
  addresses,
  refuse: () => undefined,
  ...changes,
});
const addresses = (endpoints: readonly Endpoint[]) => endpoints.map(({ address }) => address);

describe('of an offer', () => {
  test('the first usable address of each family is chosen, IPv4 first', () => {
    const { endpoints, refused, families } = chooseAddresses([
      offer(['fd00::1', '10.0.0.1', 'fd00::2', '10.0.0.2']),
    ]);
    expect(addresses(endpoints)).toEqual(['10.0.0.1', 'fd00::1']);
    expect([refused, [...families]]).toEqual([[], []]);
  });

  test('one that may not be used is passed over, and its family is told when another is used', () => {
    const refuse = ({ family }: { readonly family: 4 | 6 }) => (family === 6 ? 'is refused' : undefined);
    const found = chooseAddresses([
      offer(['fd00::1', '10.0.0.1'], { refuse }),
      offer(['fd00::2', '10.0.0.2'], { refuse }),
    ]);
    expect(addresses(found.endpoints)).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(found.refused).toEqual([]);
    expect([...found.families]).toEqual([[6, 'Pod a/b names "fd00::1", which is refused; it is not used']]);
  });

  test('without any usable address each is told', () => {
    const found = chooseAddresses([offer(['10.0.0.1', 'x'], { refuse: () => 'is refused' })]);
    expect(found.endpoints).toEqual([]);
    expect(found.refused).toEqual([
      'Pod a/b names "10.0.0.1", which is refused; it is not used',
      'Pod a/b names "x", which is not an IP address in its plain form; it is not used',
    ]);
    expect([...found.families]).toEqual([]);
  });

  test('one that is no address has no family to speak of', () => {
    expect([...chooseAddresses([offer(['x', '10.0.0.1'])]).families]).toEqual([]);
  });

  test('whether a route to it can be planned goes with its endpoints', () => {
    const found = chooseAddresses([
      offer(['10.0.0.1'], { unrouted: true }),
      offer(['10.0.0.2'], { unrouted: false }),
    ]);
    expect(found.endpoints).toEqual([endpoint('10.0.0.1', { unrouted: true }), endpoint('10.0.0.2')]);
    expect(found.endpoints[1]).not.toHaveProperty('unrouted');
  });
});

describe('what gets no requests is told', () => {
  const told = (
    endpoints: readonly Endpoint[],
    used: readonly Endpoint[],
    families: ReadonlyMap<4 | 6, string> = new Map(),
  ) =>
    leftOutFindings('c-1', { endpoints, refused: [], families }, used).map(({ code, message }) => [
      code,
      message,
    ]);
  const [one, two, six] = [endpoint('10.0.0.1'), endpoint('10.0.0.2'), endpoint('fd00::1')];

  test('for endpoints beyond the limit, each counted once', () => {
    expect(told([one, one, two], [one])).toEqual([
      [
        'EndpointsLeftOut',
        '2 endpoints are usable and 1 get requests, spread over the Nodes; left out: 10.0.0.2',
      ],
    ]);
    expect(told([one, one], [one])).toEqual([]);
    expect(told([one, { ...one, port: 81 }], [one]).map(([code]) => code)).toEqual(['EndpointsLeftOut']);
  });

  test('for a family that none of the used endpoints has', () => {
    const refused = new Map([[6, 'because'] as const]);
    expect(told([one], [one], refused)).toEqual([['AddressFamilyLeftOut', 'IPv6 is left out: because']]);
    expect(told([one, six], [one, six], refused)).toEqual([]);
    expect(told([], [], refused)).toEqual([]);
    expect(told([six], [six], new Map([[4, 'x'] as const, [6, 'y'] as const]))).toEqual([
      ['AddressFamilyLeftOut', 'IPv4 is left out: x'],
    ]);
  });
});

describe('endpoints', () => {
  const list = (count: number, network: string, node = 'worker-1') =>
    Array.from({ length: count }, (_, index) => endpoint(`${network}${index + 1}`, { node }));

  test('stand once, by number and then by port', () => {
    const many = [
      endpoint('10.0.0.10'),
      endpoint('10.0.0.9', { port: 81 }),
      endpoint('fd00::1'),
      endpoint('10.0.0.9'),
      endpoint('10.0.0.10'),
    ];
    expect(spread(many).map(({ address, port }) => `${address} ${port}`)).toEqual([
      '10.0.0.9 80',
      '10.0.0.9 81',
      '10.0.0.10 80',
      'fd00::1 80',
    ]);
  });

  test('are at most fifty of each family', () => {
    expect(spread(list(50, '10.0.0.'))).toHaveLength(50);
    expect(spread(list(51, '10.0.0.'))).toHaveLength(50);
    expect(spread([...list(60, '10.0.0.'), ...list(60, 'fd00::')])).toHaveLength(100);
  });

  test('of one Node are not simply those with the lowest addresses', () => {
    const all = list(100, '10.0.0.');
    expect(addresses(spread(all))).not.toEqual(addresses(all.slice(0, 50)));
  });

  test('come from every Node in turn', () => {
    const chosen = spread([
      ...list(100, '10.0.0.', 'a'),
      ...list(20, '10.0.1.', 'b'),
      ...list(3, '10.0.2.', 'c'),
    ]);
    const of = (node: string) => chosen.filter((one) => one.node === node).length;
    expect([of('a'), of('b'), of('c')]).toEqual([27, 20, 3]);
  });

  test('of a cluster are those of IPv4 and the others, or of IPv6 alone', () => {
    const four = endpoint('10.0.0.1');
    const six = endpoint('fd00::1');
    expect(byFamily([six, four])).toEqual({ main: [four], second: [six] });
    expect(byFamily([six])).toEqual({ main: [six], second: [] });
    expect(byFamily([])).toEqual({ main: [], second: [] });
  });
});
