import { describe, expect, test } from 'vitest';
import {
  type ForeignListener,
  inTheWayOf,
  listenerPlace,
  takersOf,
} from '../../src/planner/https/foreign-listeners.ts';
import { randomFrom } from '../simulation/random.ts';
import { matchingHostname } from '../support/route-match.ts';

const SEED = 20261127;

function listener(
  name: string,
  port: number,
  protocol: string,
  hostname?: string,
  set?: string,
): ForeignListener {
  return { name, port, protocol, hostname, ...(set === undefined ? {} : { set }) };
}

/** Which listener of a port hears a name; one without a hostname comes last (Gateway API, Listener.hostname). */
function hearing(name: string, listeners: readonly ForeignListener[]): ForeignListener | undefined {
  const hostname = matchingHostname(
    name,
    listeners.flatMap((one) => one.hostname ?? []),
  );
  return listeners.find((one) => one.hostname === hostname);
}

describe('the listener of others that takes the requests for a name', () => {
  test(`is the one that the Gateway API gives them to (seed ${SEED})`, () => {
    const random = randomFrom(SEED);
    const pool = ['test', 'a.test', 'b.a.test', 'c.b.a.test', 'x.test', 'ab.test', 'ba.test'];
    const hostnames = [undefined, ...pool.flatMap((one) => [one, `*.${one}`])];
    let taken = 0;
    for (let count = 0; count < 3000; count += 1) {
      const protocol = random.pick(['HTTP', 'HTTPS']) ?? 'HTTP';
      // Two listeners with one hostname are both Conflicted: they are no matter of who is more specific.
      const distinct = [...new Set(Array.from({ length: 5 }, () => random.pick(hostnames)))];
      const [own, ...others] = distinct;
      const ours = listener('ours', 443, protocol, own);
      const foreign = others.map((one, index) => listener(`f${index}`, 443, protocol, one));
      const name = random.pick(pool) ?? 'test';
      const all = [ours, ...foreign];
      if (hearing(name, [ours]) === undefined) continue;
      const expected = hearing(name, all);
      const [found] = takersOf(name, ours, foreign);
      expect(found?.listener.name, JSON.stringify({ name, all })).toBe(
        expected === ours ? undefined : expected?.name,
      );
      if (found !== undefined) taken += 1;
    }
    expect(taken).toBeGreaterThan(100);
  });

  test('with an exact hostname comes before a wildcard of the same length', () => {
    const foreign = [
      listener('wild', 80, 'HTTP', '*.customer.test'),
      listener('exact', 80, 'HTTP', 'a.customer.test'),
    ];
    const ours = listener('ours', 80, 'HTTP');
    for (const list of [foreign, foreign.toReversed()])
      expect(takersOf('a.customer.test', ours, list).map((one) => one.listener.name)).toEqual(['exact']);
  });

  test('takes single names of a wildcard, which are named', () => {
    const foreign = [
      listener('one', 80, 'HTTP', 'a.customer.test'),
      listener('deep', 80, 'HTTP', '*.b.customer.test'),
      listener('beside', 80, 'HTTP', 'a.other.test'),
      listener('label', 80, 'HTTP', 'notcustomer.test'),
    ];
    expect(takersOf('*.customer.test', listener('ours', 80, 'HTTP'), foreign)).toEqual([
      { listener: foreign[0], name: 'a.customer.test' },
      { listener: foreign[1], name: '*.b.customer.test' },
    ]);
  });

  test.each([
    ['on another port', listener('x', 8080, 'HTTP', 'a.test')],
    ['of a protocol without names', listener('x', 80, 'UDP', 'a.test')],
    ['of TCP, which collides instead', listener('x', 80, 'TCP', 'a.test')],
    ['with TLS on the port of HTTP, which collides instead', listener('x', 80, 'HTTPS', 'a.test')],
  ])('is none %s', (_, one) => {
    expect(takersOf('a.test', listener('ours', 80, 'HTTP'), [one])).toEqual([]);
  });
});

test('a listener without a hostname, or with an empty one, hears every name; others are compared in lower case', () => {
  const place = (hostname?: string) =>
    listenerPlace({ name: 'x', secretNames: [], raw: {}, ...(hostname === undefined ? {} : { hostname }) })
      .hostname;
  expect([place(), place(''), place('A.Test')]).toEqual([undefined, undefined, 'a.test']);
});

describe('listeners collide', () => {
  const ours = listener('kb-a', 443, 'HTTPS', 'a.test');
  test.each([
    ['with the same name on the Gateway', listener('kb-a', 8443, 'HTTPS'), true],
    ['but not with the same name in a ListenerSet', listener('kb-a', 8443, 'HTTPS', undefined, 'x/y'), false],
    ['with the same port and hostname', listener('x', 443, 'HTTPS', 'a.test'), true],
    ['with the same port and hostname, HTTPS beside TLS', listener('x', 443, 'TLS', 'a.test'), true],
    ['with the same port and hostname in a ListenerSet', listener('x', 443, 'HTTPS', 'a.test', 'x/y'), true],
    ['but not with another hostname', listener('x', 443, 'TLS', 'b.test'), false],
    ['but not with a wildcard above', listener('x', 443, 'HTTPS', '*.test'), false],
    ['but not with every hostname', listener('x', 443, 'HTTPS'), false],
    ['with HTTP on the port of HTTPS, whatever its hostname', listener('x', 443, 'HTTP', 'b.test'), true],
    ['with TCP on the port', listener('x', 443, 'TCP'), true],
    ['but not with UDP on the port', listener('x', 443, 'UDP'), false],
    ['but not on another port', listener('x', 444, 'HTTPS', 'a.test'), false],
  ])('%s', (_, other, expected) => {
    expect(inTheWayOf(ours, [other]) !== undefined).toBe(expected);
  });
});
