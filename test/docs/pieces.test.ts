import { describe, expect, test } from 'vitest';
import { TYPE_PAGES } from '../../scripts/kubernetes/pages.ts';
import { chartNamed } from '../../src/chart/charts.ts';
import { loadValues, render } from '../../src/index.ts';
import { fragmentPlaces } from '../../src/values/fragment-places.ts';

const RELEASE = { name: 'kubebyon', namespace: 'kubebyon-system' };

describe.each(Object.entries(TYPE_PAGES))('the example of %s in docs/values.md', (name, { example }) => {
  test('renders, and there is nothing to say of it', () => {
    const loaded = loadValues('multi-node', [{ kind: 'file', name: 'values.yaml', text: example }]);
    const { manifests, problems } = render(loaded, RELEASE);
    expect(problems).toEqual([]);
    expect(manifests.length).toBeGreaterThan(5);
  });

  test('uses a key of that type', () => {
    const keys = fragmentPlaces(chartNamed('multi-node').values).flatMap(({ path, definition }) =>
      definition.of === name ? [path.at(-1)] : [],
    );
    expect(keys.some((key) => example.includes(`${key}:`))).toBe(true);
  });
});

test('every type that a piece may be of has a page and an example', () => {
  const used = new Set(
    fragmentPlaces(chartNamed('multi-node').values).map(({ definition }) => definition.of),
  );
  expect(new Set(Object.keys(TYPE_PAGES))).toEqual(used);
});
