import { expect, test } from 'vitest';
import { render, valuesFrom } from '../../src/index.ts';
import { dig } from '../support/rules/dig.ts';

function strategyOf(values: object): unknown {
  const loaded = valuesFrom('single-node', values);
  const { manifests } = render(loaded, { name: 'kubebyon' });
  const found = manifests.find(({ source }) => source.endsWith('/api-deployment.yaml'));
  return dig(found?.manifest, 'spec');
}

// A server-side apply takes away only what it has written before, and Recreate is refused beside rollingUpdate.
test('the strategy of the API writes out what must go when it changes to Recreate', () => {
  expect(strategyOf({})).toMatchObject({
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
  });
  expect(strategyOf({ api: { hostNetwork: true } })).toHaveProperty('strategy', { type: 'Recreate' });
  expect(strategyOf({ api: { strategy: { type: 'Recreate' } } })).toHaveProperty('strategy', {
    type: 'Recreate',
  });
});
