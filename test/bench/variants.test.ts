import { expect, test } from 'vitest';
import { exampleValues } from '../../bench/example.ts';
import { variantOf } from '../../bench/variants.ts';
import { render, toYaml, valuesFrom } from '../../src/index.ts';
import { atLength } from '../support/at-length.ts';

test('every input of the benchmark is valid, and renders to other texts than those before it', async () => {
  const user = await exampleValues();
  const texts = Array.from({ length: atLength(40, 300) }, (_, index) => {
    const { user: own, release } = variantOf(user, index * 733);
    const { manifests, problems } = render(valuesFrom('multi-node', own), release);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    return toYaml(manifests);
  });
  expect(new Set(texts).size).toBe(texts.length);
  const words = (text = '') => new Set(text.split(/\s+/));
  const [first, second] = texts.map(words);
  const others = [...(second ?? [])].filter((word) => first?.has(word) !== true);
  expect(others.length).toBeGreaterThan(30);
});
