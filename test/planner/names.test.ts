import { expect, test } from 'vitest';
import {
  controlPlaneRouteName,
  edgeName,
  edgeRouteName,
  edgeSliceName,
  hashOfName,
  hostnameObjectName,
  listenerSetName,
  routePlanName,
  sharedSecretName,
} from '../../src/contract/runtime-names.ts';
import { shortHash } from '../../src/text/bounded-name.ts';
import { isBelow, normaliseHostname } from '../../src/text/hostnames.ts';
import { randomFrom } from '../simulation/random.ts';
import { atLength } from '../support/at-length.ts';

const VALID = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

function hostnames(count: number): ReadonlySet<string> {
  const random = randomFrom(20261123);
  const names = new Set<string>([
    'a.b-c.test',
    'a-b.c.test',
    '*.a.test',
    'wildcard.a.test',
    'xn--bcher-kva.example',
  ]);
  const label = (length: number): string =>
    Array.from({ length }, () => 'abcdefghijklmnopqrstuvwxyz0123456789'[random.below(36)]).join('');
  while (names.size < count) {
    const draw = random.below(10);
    const base = `${label(1 + random.below(8))}.${random.chance(0.5) ? 'customer' : label(3)}.test`;
    if (draw === 0) names.add(`*.${base}`);
    else if (draw === 1)
      names.add(
        `${Array.from({ length: 4 }, () => label(60)).join('.')}.x${label(4)}.test`
          .slice(-253)
          .replace(/^[.]/, 'a'),
      );
    else if (draw === 2) names.add(`xn--${label(12)}.${base}`);
    else if (draw === 3) {
      names.add(`${base.slice(0, 2)}b-c.${base}`);
      names.add(`${base.slice(0, 2)}b.c.${base}`);
    } else names.add(`${label(3)}.${base}`);
  }
  return names;
}

const HOSTNAMES = atLength(20_000, 100_000);

test(`${HOSTNAMES} hostnames give unique, valid names of at most 63 characters`, () => {
  const all = hostnames(HOSTNAMES);
  const names = new Set<string>();
  for (const hostname of all) {
    const name = hostnameObjectName(hostname);
    if (!VALID.test(name)) expect(name, hostname).toMatch(VALID);
    names.add(name);
  }
  expect(names.size).toBe(all.size);
});

test('names never change: these are what running platforms have', () => {
  expect(hostnameObjectName('app.customer.test')).toBe('kb-app-customer-test-dceb1055');
  expect(hostnameObjectName('*.customer.test')).toMatch(/^kb-wildcard-customer-test-[0-9a-f]{8}$/);
  expect(controlPlaneRouteName('c-1')).toBe('kubebyon-cp-c-1-a6f7ef47');
  expect(edgeName('c-1')).toBe('kubebyon-edge-c-1-a6f7ef47');
  expect(edgeRouteName('e', 'https', 2)).toBe('e-https-2');
  expect([edgeSliceName('e', 4, 1), edgeSliceName('e', 6, 2)]).toEqual(['e-ipv4', 'e-ipv6-2']);
  expect(routePlanName('c-1')).toBe('c-1-a6f7ef47');
  expect([sharedSecretName('tls', 1), sharedSecretName('tls', 2)]).toEqual(['tls', 'tls-2']);
  expect(listenerSetName(3)).toBe('kubebyon-edge-listeners-3');
});

test('an id of any length or spelling gives valid names, with room for every suffix', () => {
  for (const id of [
    '',
    '-',
    'Ünïcode',
    'a'.repeat(300),
    '--x--',
    '9',
    'a/b$(c)\n',
    'C_1.x',
    'x'.repeat(63),
  ]) {
    const edge = edgeName(id);
    for (const name of [
      controlPlaneRouteName(id),
      edge,
      edgeRouteName(edge, 'https-dedicated', 9999),
      edgeSliceName(edge, 6, 50),
    ]) {
      expect(name, JSON.stringify(id)).toMatch(VALID);
    }
    expect(routePlanName(id)).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
  }
});

test.each([
  ['APP.Customer.Test.', 'app.customer.test'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['*.Customer.Test', '*.customer.test'],
])('%s is the same name as %s', (given, hostname) => {
  expect(normaliseHostname(given)).toEqual({ ok: true, hostname });
});

test.each([
  '127.0.0.1',
  '127.1',
  '0x7f.1',
  '::1',
  '[::1]',
  'localhost',
  'a..b',
  '-a.test',
  'a_b.test',
  'a.*.test',
  '*',
  '*.',
  '',
  '.',
  `${'a'.repeat(64)}.test`,
  `${'a.'.repeat(130)}test`,
  'a b.test',
  'a.test/x',
  'a.test:80',
  'user@a.test',
  'a.test?x',
  'a\u0000.test',
  'a%2e.test',
])('%j is refused as a hostname', (given) => {
  expect(normaliseHostname(given).ok).toBe(false);
});

test('T4.5 a name is below a domain only at a dot', () => {
  expect(isBelow('a.base.example', 'base.example')).toBe(true);
  expect(isBelow('evil-base.example', 'base.example')).toBe(false);
  expect(isBelow('a.base.example', 'xbase.example')).toBe(false);
  expect(isBelow('a.xbase.example', 'base.example')).toBe(false);
});

test('what is for a hostname ends in the hash of the hostname', () => {
  for (const hostname of ['app.customer.test', '*.customer.test', `${'long.'.repeat(40)}customer.test`])
    expect(hashOfName(hostnameObjectName(hostname))).toBe(shortHash(hostname));
});
