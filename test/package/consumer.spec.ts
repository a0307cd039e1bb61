import { loadValues, render, toYaml } from 'kubebyon-gateway';
import { readValuesFiles } from 'kubebyon-gateway/node';
import { expect, test } from 'vitest';
import { imagesOf, withOverlay, withOwn } from './overlay.ts';

const values = loadValues('multi-node', await readValuesFiles(['values.yaml']));
const { manifests } = render(values, { name: 'kubebyon', namespace: 'kubebyon-system' });

test('the golden is a snapshot', async () => {
  await expect(toYaml(manifests)).toMatchFileSnapshot('golden.yaml');
});

test('an overlay changes its one field', () => {
  const before = toYaml(manifests).split('\n');
  const after = toYaml(manifests.map(withOverlay)).split('\n');
  expect(after.filter((line) => !before.includes(line))).toEqual(['  minReadySeconds: 10']);
  expect(after.length).toBe(before.length + 1);
});

test('all images are those in the text', () => {
  const lines = toYaml(manifests).matchAll(/^ +(?:- )?image: (.+)$/gm);
  expect(new Set(imagesOf(manifests))).toEqual(new Set([...lines].map(([, image = '']) => image)));
});

test('an own object stands behind those of the chart', () => {
  expect(withOwn(manifests).slice(toYaml(manifests).length)).toMatch(
    /^---\n# Source: own\/network-policy.yaml\n(.+\n)*kind: NetworkPolicy$/m,
  );
});
