import { expect, test } from 'vitest';
import { isSelected } from '../../../src/operator/checks/label-selector.ts';

const labels = { tenant: 'true', zone: 'a' };
const by = (key: string, operator: string, ...values: readonly string[]) => ({
  matchExpressions: [{ key, operator, ...(values.length === 0 ? {} : { values }) }],
});

test('every label of matchLabels must be there with its value', () => {
  expect(isSelected({ matchLabels: { tenant: 'true', zone: 'a' } }, labels)).toBe(true);
  expect(isSelected({ matchLabels: { tenant: 'true', zone: 'b' } }, labels)).toBe(false);
  expect(isSelected({ matchLabels: { other: 'true' } }, labels)).toBe(false);
  expect(isSelected({ matchLabels: { tenant: 'true' } }, undefined)).toBe(false);
});

test('an empty selector takes every object', () => {
  expect([isSelected({}, labels), isSelected({}, undefined)]).toEqual([true, true]);
});

test.each([
  [true, by('zone', 'In', 'a', 'b')],
  [false, by('zone', 'In', 'b')],
  [false, by('other', 'In', 'b')],
  [false, by('zone', 'NotIn', 'a')],
  [true, by('zone', 'NotIn', 'b')],
  // Kubernetes takes an object without the label, too.
  [true, by('other', 'NotIn', 'b')],
  [true, by('zone', 'Exists')],
  [false, by('other', 'Exists')],
  [true, by('other', 'DoesNotExist')],
  [false, by('zone', 'DoesNotExist')],
  // What nobody knows takes nothing.
  [false, by('zone', 'Like', 'a')],
])('it is %s that %j takes it', (expected, selector) => {
  expect(isSelected(selector, labels)).toBe(expected);
});

test('labels and expressions must both hold', () => {
  expect(isSelected({ matchLabels: { zone: 'a' }, ...by('tenant', 'DoesNotExist') }, labels)).toBe(false);
});
