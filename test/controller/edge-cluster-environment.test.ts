import { expect, test } from 'vitest';
import { inventorySettings } from '../../src/controller/inventory/edge-cluster-environment.ts';

const DOMAIN = 'KUBEBYON_EDGE_BASE_DOMAIN';
const WITHDRAWALS = 'KUBEBYON_EDGE_ACKNOWLEDGED_WITHDRAWALS';

test('what no EdgeCluster says comes from the variables of the chart', () => {
  const env = { [DOMAIN]: 'edge.example.com', [WITHDRAWALS]: 'HTTPRoute-0123abcd,hostname-89abcdef' };
  expect(inventorySettings(env)).toEqual({
    ok: true,
    settings: {
      baseDomain: 'edge.example.com',
      acknowledgedWithdrawals: ['HTTPRoute-0123abcd', 'hostname-89abcdef'],
    },
  });
});

test.each([[{}], [{ [DOMAIN]: '', [WITHDRAWALS]: '' }]])('what is empty or not set says nothing', (env) => {
  expect(inventorySettings(env)).toEqual({ ok: true, settings: {} });
});

test('a text outside its grammar is refused by the name of its variable', () => {
  expect(inventorySettings({ [DOMAIN]: '*.Example.com', [WITHDRAWALS]: 'all' })).toMatchObject({
    ok: false,
    problems: [
      { variable: DOMAIN, found: '*.Example.com' },
      { variable: WITHDRAWALS, found: 'all' },
    ],
  });
});
