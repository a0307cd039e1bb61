import { describe, expect, test } from 'vitest';
import {
  block,
  choose,
  type Explanation,
  entries,
  eq,
  explainField,
  firstNonEmpty,
  named,
  spread,
  when,
} from '../../src/template/index.ts';
import { scopeWith, shop } from './sample.ts';

/** The explanation as indented lines: label, value, state, and why it was not asked. */
function lines(explanation: Explanation | undefined, depth = 0): readonly string[] {
  if (explanation === undefined) return [];
  const { label, value, state, because, parts } = explanation;
  const line = `${'  '.repeat(depth)}${label} = ${JSON.stringify(value)} (${state}${because === undefined ? '' : `: ${because}`})`;
  return [line, ...parts.flatMap((part) => lines(part, depth + 1))];
}

describe('explaining a field', () => {
  test('shows the whole chain of candidates and marks the one that won', () => {
    const profile = choose(eq(shop.size, 'large'), shop.name, shop.fallback);
    const template = { spec: { title: named('title', 'Title.', firstNonEmpty(shop.name, profile, 'none')) } };
    const field = explainField(template, ['spec', 'title'], scopeWith({}));
    expect(lines(field?.explanation)).toEqual([
      'title = "shop" (used)',
      '  the first of these that is not empty = "shop" (used)',
      '    name = "" (empty)',
      '    size is small = "shop" (won)',
      '      size is small = false (used)',
      '        size = "small" (used)',
      '      name = "" (not asked: size is small)',
      '      fallback = "shop" (won)',
      '    none = "none" (not asked: fallback is set)',
    ]);
  });

  test('tells the conditions under which the field is there', () => {
    const template = when<object>(shop.open, { a: when<number>(eq(shop.size, 'small'), 1) });
    const field = explainField(template, ['a'], scopeWith({ open: true }));
    expect(field?.conditions).toEqual(['open is true', 'size is small']);
    expect(field?.value).toBe(1);
  });

  test('finds list elements by index and by name, behind conditional and taken-over ones', () => {
    const template = {
      list: [
        when<object>(shop.open, { name: 'a' }),
        block<object>(eq(shop.size, 'small'), [{ name: 'b', x: shop.seats }]),
        spread(shop.extra),
      ],
    };
    const scope = scopeWith({ extra: [{ name: 'c' }] });
    expect(explainField(template, ['list', '0', 'x'], scope)?.value).toBe(4);
    expect(explainField(template, ['list', 'b', 'x'], scope)?.explanation?.path).toEqual(['seats']);
    expect(explainField(template, ['list', '1', 'name'], scope)?.explanation?.path).toEqual(['extra']);
    expect(explainField(template, ['list', '2'], scope)).toBeUndefined();
  });

  test('says which map an entry came from', () => {
    const template = { labels: entries({ own: '1' }, shop.tags, shop.more) };
    const scope = scopeWith({ tags: { a: 'x' }, more: { a: 'y' } });
    expect(explainField(template, ['labels', 'a'], scope)).toMatchObject({
      value: 'y',
      explanation: { path: ['more'] },
    });
    expect(explainField(template, ['labels', 'own'], scope)).toMatchObject({ value: '1' });
    expect(explainField(template, ['labels', 'b'], scope)).toBeUndefined();
  });

  test('a field that is not rendered has no explanation', () => {
    expect(explainField({ a: when<number>(shop.open, 1) }, ['a'], scopeWith({}))).toBeUndefined();
  });
});
