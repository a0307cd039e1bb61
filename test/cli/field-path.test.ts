import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldsAt, resolveField } from '../../src/cli/input/field-lookup.ts';
import { parseFieldPath } from '../../src/cli/input/field-path.ts';
import { fieldDifferences } from '../../src/library/field-differences.ts';
import { formatPath } from '../../src/planner/index.ts';
import { showFieldPath } from '../../src/text/field-path.ts';

describe('the path of a field', () => {
  test.each([
    ['spec.listeners[0].name', ['spec', 'listeners', '0', 'name']],
    ['spec.listeners.workload-http.port', ['spec', 'listeners', 'workload-http', 'port']],
    ["metadata.labels['app.kubernetes.io/name']", ['metadata', 'labels', 'app.kubernetes.io/name']],
    ['metadata.labels["app.kubernetes.io/name"]', ['metadata', 'labels', 'app.kubernetes.io/name']],
    ['metadata.labels.app\\.kubernetes\\.io/name', ['metadata', 'labels', 'app.kubernetes.io/name']],
    ['.spec.listeners', ['spec', 'listeners']],
    ['', []],
  ])('%s', (text, path) => {
    expect(parseFieldPath(text)).toEqual(path);
  });

  test.each(['a..b', 'a[', 'a[x]', 'a]', "a['b"])('%s is refused', (text) => {
    expect(() => parseFieldPath(text)).toThrow(/expected a path/);
  });

  test('any path that is shown is read again', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 })), (path) => {
        expect(parseFieldPath(showFieldPath(path))).toEqual(path);
      }),
    );
  });

  test('in a comparison with a golden, and in a problem of a world, is the same text', () => {
    const labels = { 'app.kubernetes.io/name': 'a' };
    const path = ['inventory', 2, 'metadata', 'labels', 'app.kubernetes.io/name'];
    const shown = "inventory[2].metadata.labels['app.kubernetes.io/name']";
    expect(formatPath(path)).toBe(shown);
    expect(
      fieldDifferences(
        { inventory: [0, 0, { metadata: { labels } }] },
        { inventory: [0, 0, { metadata: { labels: {} } }] },
      ),
    ).toMatchObject([{ path: shown }]);
  });
});

describe('looking up a field', () => {
  const data = {
    list: [
      { name: 'a', port: 1 },
      { name: 'b', port: 2 },
    ],
    map: { 'x.y': null },
  };

  test('list elements go by index or name', () => {
    expect(resolveField(data, ['list', 'b', 'port'])).toEqual(['list', '1', 'port']);
    expect(resolveField(data, ['list', '0', 'port'])).toEqual(['list', '0', 'port']);
  });

  test('a path that leads nowhere says how far it leads', () => {
    expect(resolveField(data, ['list', 'c'])).toBeUndefined();
    expect(fieldsAt(data, ['list', 'c', 'port'])).toEqual({
      there: ['list'],
      missing: 'c',
      fields: ['a', 'b'],
    });
  });

  test('inherited properties are no fields', () => {
    expect(resolveField(data, ['map', 'constructor'])).toBeUndefined();
  });
});
