import { describe, test } from 'vitest';
import { binding, targetOf } from '../support/worlds.ts';
import { type Expected, servedAs } from './expected.ts';
import { redirectTo } from './modes.ts';
import { hostnamesOf, ofCustomer } from './names.ts';
import type { Stage } from './stage.ts';

const DOMAIN = 'shop.customer1.test';
const WILDCARD = binding(`*.${DOMAIN}`, { proof: 'proof-of-customer-1' });

/** A wildcard of a customer, proven by a TXT record: every name directly below it, and no other one. */
export function describeWildcards(stage: () => Stage): void {
  describe('a wildcard of a customer', () => {
    test('serves every name below it by HTTPS with one certificate, and no name beside it', async () => {
      const { lab, entries } = stage();
      const { workload } = await entries();
      await lab.setHostnames(1, [...hostnamesOf(1), WILDCARD]);
      await servedAs(async () => withWildcard(workload));
    });

    test('and nothing of it by HTTP when it is unbound', async () => {
      const { lab, entries } = stage();
      const { workload: address } = await entries();
      await lab.setHostnames(1, hostnamesOf(1));
      await servedAs(async () => [{ asked: { scheme: 'http', address, host: `a.${DOMAIN}` }, says: '404' }]);
    });
  });
}

function withWildcard(address: string): readonly Expected[] {
  const https = { scheme: 'https', address } as const;
  const names = [`a.${DOMAIN}`, `b.${DOMAIN}`];
  return [
    ...names.flatMap((host): readonly Expected[] => [
      { asked: { scheme: 'http', address, host }, says: redirectTo(host) },
      { asked: { ...https, host }, says: `200 c-1 as ${targetOf(1)}` },
    ]),
    { asked: { scheme: 'http', address, host: DOMAIN }, says: '404' },
    { asked: { ...https, host: DOMAIN }, says: 'none' },
    { asked: { ...https, host: 'a.shop.customer2.test' }, says: 'none' },
    // Over a connection for a name below it nobody else is reached.
    ...[ofCustomer(1), ofCustomer(2), 'nobody.test'].map(
      (host): Expected => ({ asked: { ...https, sni: `a.${DOMAIN}`, host }, says: '404' }),
    ),
  ];
}
