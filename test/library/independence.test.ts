import { describe, expect, test } from 'vitest';
import {
  defaultValues,
  evaluateChart,
  type MultiNodeUserValues,
  render,
  toYaml,
  valuesFrom,
} from '../../src/index.ts';

const RELEASE = { name: 'kubebyon', namespace: 'kubebyon-system' };
const ALL_ON: MultiNodeUserValues = {
  publicAccess: { provider: 'gatewayapi' },
  commonLabels: { team: 'platform' },
  gatewayAPI: {
    platform: { enabled: true, hostname: 'kubebyon.example.com', tlsSecretName: 'platform-tls' },
    workload: { enabled: true, podCIDRRoute: { enabled: true } },
  },
  web: { enabled: true },
};

/** Empties everything that can be emptied, at every depth. */
function spoil(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const item of Object.values(value)) spoil(item);
  if (Array.isArray(value)) value.length = 0;
  else for (const key of Object.keys(value)) Reflect.deleteProperty(value, key);
}

describe('what one call gives is nobody else’s', () => {
  test('spoiling all rendered objects changes no later render', () => {
    const loaded = valuesFrom('multi-node', ALL_ON);
    const before = toYaml(render(loaded, RELEASE).manifests);
    spoil(render(loaded, RELEASE).manifests);
    spoil(evaluateChart('multi-node', loaded.values, RELEASE));
    expect(toYaml(render(loaded, RELEASE).manifests)).toBe(before);
  });

  test('spoiling loaded values changes no later load', () => {
    const before = JSON.stringify(valuesFrom('multi-node', ALL_ON).values);
    const { values } = valuesFrom('multi-node', ALL_ON);
    expect(() => spoil(values)).toThrow(TypeError);
    expect(JSON.stringify(valuesFrom('multi-node', ALL_ON).values)).toBe(before);
  });

  test('defaults cannot be changed at any depth', () => {
    expect(() => spoil(defaultValues('single-node'))).toThrow(TypeError);
    expect(Object.isFrozen(defaultValues('single-node').api)).toBe(true);
  });

  test('values of the user are not frozen by loading them', () => {
    const user = structuredClone(ALL_ON);
    valuesFrom('multi-node', user);
    expect(() => spoil(user)).not.toThrow();
  });

  test('two releases in turn render as each does alone', () => {
    const loaded = valuesFrom('multi-node', ALL_ON);
    const other = valuesFrom('multi-node', { ...ALL_ON, fullnameOverride: 'other' });
    const alone = toYaml(render(loaded, RELEASE).manifests);
    toYaml(render(other, { name: 'other', namespace: 'elsewhere' }).manifests);
    expect(toYaml(render(loaded, RELEASE).manifests)).toBe(alone);
    expect(alone).not.toContain('elsewhere');
  });
});
