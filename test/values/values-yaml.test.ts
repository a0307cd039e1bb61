import { describe, expect, test } from 'vitest';
import { chartNamed } from '../../src/chart/charts.ts';
import { defaultValues } from '../../src/index.ts';
import { valuePaths } from '../../src/values/paths.ts';
import { valuesYaml } from '../../src/values/values-yaml.ts';
import { emitDocument, readDocument } from '../../src/yaml/index.ts';
import { sameData } from '../support/same-data.ts';

describe.each(['single-node', 'multi-node'] as const)('values.yaml of the %s chart', (chart) => {
  const text = valuesYaml(chartNamed(chart).values, emitDocument);

  test('read back gives the default values', () => {
    const read = readDocument(text, { file: 'values.yaml' });
    expect(read.ok && sameData(read.value, defaultValues(chart))).toBe(true);
  });

  test('describes every key in the line above it, as helm-docs reads it', () => {
    const described = text.match(/^ *# -- \S.*\n(?: *# .*\n)* *[A-Za-z]+:/gm) ?? [];
    expect(described).toHaveLength(valuePaths(chartNamed(chart).values).length);
  });

  test('has no line of more than 110 characters', () => {
    expect(text.split('\n').filter((line) => line.length > 110)).toEqual([]);
  });
});
