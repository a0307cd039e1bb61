import { describe, expect, test } from 'vitest';
import { chartNamed } from '../../src/chart/charts.ts';
import { jsonSchema } from '../../src/library/json-schema.ts';
import { eq, isDataMap } from '../../src/template/index.ts';
import { values } from '../../src/values/chart-definition.ts';
import {
  choice,
  flag,
  fragmentMap,
  group,
  integer,
  list,
  text,
  textMap,
} from '../../src/values/definition.ts';
import { referencePage } from '../../src/values/reference-page.ts';

const ANY = { pattern: '^.*$', maxLength: 9, expected: 'any text, as in "a|b"' };

test('each key is a row with what it may hold, its default and what it means', () => {
  const definition = group('All.', {
    host: text('<none>', ANY, 'Host of *all* <clients>.'),
    port: integer(80, [1, 99], 'Port.'),
    mode: choice(['one', 'two'], 'two', 'Mode.'),
    inner: group('Inner.', {
      live: flag(true, 'Live.'),
      free: textMap(ANY, ANY, 3, 'Free.'),
      items: list(group('Item.', { name: text('', ANY, 'Name.') }), 4, 'Items.'),
      piece: fragmentMap('Probe', 'Piece.', { a: ['x'], b: { c: 1 } }),
    }),
  });
  const page = referencePage({ definition, notes: {}, constraints: [] });
  expect(page).toContain(
    [
      '## General',
      '',
      '| Key | Allowed | Default | Description |',
      '| --- | --- | --- | --- |',
      '| `host` | any text, as in "a\\|b"; at most 9 characters | `"<none>"` | Host of \\*all\\* &lt;clients>. |',
      '| `port` | integer, 1 to 99 | `80` | Port. |',
      '| `mode` | `one`, `two` | `two` | Mode. |',
      '| `inner.live` | `true` or `false` | `true` | Live. |',
      '| `inner.free` | map of texts, at most 3 entries | `{}` | Free. |',
      '| `inner.items` | list of maps with `name` (any text, as in "a\\|b"; at most 9 characters), at most 4 | `[]` | Items. |',
      '| `inner.piece` | `Probe` of Kubernetes | `{a: ["x"], b: {c: 1}}` | Piece. |',
      '',
    ].join('\n'),
  );
});

test('a large section has a table of its own, and says where it is missing', () => {
  const flags = Object.fromEntries([...'abcdefghi'].map((key) => [key, flag(false, 'A flag.')]));
  const definition = group('All.', { large: group('Large.', flags) });
  const page = referencePage({ definition, notes: { large: 'Only here.' }, constraints: [] });
  expect(page).toContain('## `large`\n\nLarge. Only here.\n\n| Key |');
  expect(page).toContain('| `large.i` | `true` or `false` | `false` | A flag. |\n');
});

test('rules of one code are one row', () => {
  const rule = (path: string) => ({
    code: 'ReservedLabel' as const,
    brokenWhen: eq(values.publicAccess.provider, 'haproxy'),
    path,
    message: 'found one',
    hint: 'choose another',
  });
  const page = referencePage({
    definition: group('All.', {}),
    notes: {},
    constraints: [rule('a.labels'), rule('b.labels')],
  });
  expect(page).toContain('| `ReservedLabel` | `a.labels`, `b.labels` | choose another |\n');
});

describe('the page of the charts', () => {
  const page = referencePage({
    definition: chartNamed('multi-node').values,
    notes: {},
    constraints: chartNamed('multi-node').constraints,
  });

  test('has each key of both JSON Schemas exactly once', () => {
    const paths = [...page.matchAll(/^\| `([a-z][A-Za-z.]*)` \|/gm)].map(([, path]) => path);
    const expected = new Set([...leaves(jsonSchema('single-node')), ...leaves(jsonSchema('multi-node'))]);
    expect(paths.toSorted()).toEqual([...expected].toSorted());
  });

  test('names every rule between values', () => {
    for (const { code } of chartNamed('multi-node').constraints) expect(page).toContain(`| \`${code}\` |`);
  });
});

function leaves(schema: unknown, path = ''): readonly string[] {
  if (!isDataMap(schema)) return [];
  if (!isDataMap(schema.properties)) return [path];
  return Object.entries(schema.properties).flatMap(([key, inner]) =>
    leaves(inner, path === '' ? key : `${path}.${key}`),
  );
}
