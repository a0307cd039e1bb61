import { expect, test } from 'vitest';
import { planText } from '../../src/planner/index.ts';
import { planCase } from '../support/world-cases.ts';

test('a plan reads as what is done and why, what is wrong and what to do', () => {
  const text = planText(planCase('two-tenants-claim-one-hostname'));
  expect(text).toContain('Cluster c-1\n');
  expect(text).toContain('! error AlreadyClaimed app.customer.test: cluster c-2 holds it');
  expect(text).toContain('remedy: Release it there');
  expect(text).toMatch(
    /\+ apply TLSRoute vc-1\/\S+: control plane of c-1 is reached as c1\.cp\.example\.com/,
  );
  expect(text).toMatch(/\d+ writes, \d+ errors?, \d+ warnings?; /);
});

test('a hostname that waits says for what', () => {
  expect(planText(planCase('https-waits-for-programmed-listener'))).toContain(
    'HTTPS waits: its listener is not programmed',
  );
});

test('a settled platform reads as such', () => {
  const text = planText(planCase('all-settled'));
  expect(text).toContain('nothing to write');
  expect(text).toMatch(/\n0 writes, 0 errors, 0 warnings; /);
});
