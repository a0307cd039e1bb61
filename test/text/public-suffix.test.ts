import { expect, test } from 'vitest';
import { isPublicSuffix, isRegistrySuffix, registeredDomain } from '../../src/text/public-suffix.ts';

// From publicsuffix.org: registries' own suffixes and, in its private part, domains where strangers have names.
test.each([
  ['a.go.jp', 'a.go.jp'],
  ['x.b.ad.jp', 'b.ad.jp'],
  ['a.id.au', 'a.id.au'],
  ['x.me.uk', 'x.me.uk'],
  ['c.in.th', 'c.in.th'],
  ['a.b.github.io', 'b.github.io'],
  ['*.shop.example.co.uk', 'example.co.uk'],
  ['www.customer.test', 'customer.test'],
  ['www.ck', 'www.ck'],
  ['a.b.xn--55qx5d.cn', 'b.xn--55qx5d.cn'],
])('%s is counted as %s', (hostname, domain) => {
  expect(registeredDomain(hostname)).toBe(domain);
});

test('a public suffix is counted as itself, not with its neighbours', () => {
  expect(registeredDomain('*.github.io')).toBe('github.io');
  expect(registeredDomain('*.co.uk')).toBe('co.uk');
});

test.each(['com', 'co.uk', 'com.cn', 'github.io', 's3.amazonaws.com', 'test'])(
  '%s is a public suffix',
  (name) => {
    expect(isPublicSuffix(name)).toBe(true);
  },
);

test.each(['example.com', 'shop.co.uk', 'b.github.io', 'customer.test', 'www.ck'])('%s is none', (name) => {
  expect(isPublicSuffix(name)).toBe(false);
});

test('only suffixes of registries are suffixes of registries', () => {
  expect(['com', 'co.uk', 'github.io', 'customer.test', 'test'].filter(isRegistrySuffix)).toEqual([
    'com',
    'co.uk',
  ]);
});
