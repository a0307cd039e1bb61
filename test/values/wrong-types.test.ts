import { describe, expect, test } from 'vitest';
import { chartNamed } from '../../src/chart/charts.ts';
import { loadValues } from '../../src/index.ts';
import type { Definition } from '../../src/values/definition.ts';

/** Paths of all values, sections included. */
function pathsOf(definition: Definition, path: readonly string[] = []): readonly (readonly string[])[] {
  if (definition.kind !== 'group') return [path];
  const inner = Object.entries(definition.fields).flatMap(([key, field]) => pathsOf(field, [...path, key]));
  return path.length === 0 ? inner : [path, ...inner];
}

describe('a value of the wrong type', () => {
  test.each(['{a: b}', '[a]', '[[{}]]', '3.5', '"\\0"', 'false'])(
    '%s is told, wherever it stands',
    (value) => {
      for (const path of pathsOf(chartNamed('multi-node').values)) {
        const text = path.reduceRight((inner, key) => `{${key}: ${inner}}`, value);
        const { problems } = loadValues('multi-node', [{ kind: 'file', name: 'values.yaml', text }]);
        for (const problem of problems) {
          expect(problem.path.startsWith(path.join('.')), `${text}: ${problem.path}`).toBe(true);
          expect(problem.message).toMatch(/^(expected|the values have|null removes|.* has no key)/);
          expect(problem.message).not.toContain('undefined');
          expect(problem.message).not.toContain('[object');
        }
      }
    },
  );
});
