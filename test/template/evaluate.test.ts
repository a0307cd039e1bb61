import { describe, expect, test } from 'vitest';
import {
  and,
  atLeast,
  block,
  boundedName,
  choose,
  concat,
  type Expr,
  either,
  entries,
  entriesWith,
  environmentOf,
  eq,
  evaluate,
  evaluateIn,
  firstNonEmpty,
  forEach,
  isEmpty,
  isSet,
  joinEntries,
  matches,
  named,
  not,
  or,
  release,
  sharedEntries,
  someKeyMatches,
  spread,
  toText,
  when,
} from '../../src/template/index.ts';
import { scopeWith, shop } from './sample.ts';

function result(expression: Expr<unknown>, values = {}): unknown {
  return evaluate({ it: expression }, scopeWith(values));
}

describe('an operator', () => {
  test.each<[string, Expr<unknown>, object, unknown]>([
    ['eq of a word', eq(shop.size, 'large'), { size: 'large' }, true],
    ['eq of an integer', eq(shop.seats, 5), {}, false],
    ['not', not(shop.open), {}, true],
    ['and without operands', and(), {}, true],
    ['and', and(shop.open, eq(shop.size, 'small')), { open: true }, true],
    ['or without operands', or(), {}, false],
    ['or', or(shop.open, eq(shop.size, 'small')), {}, true],
    ['isEmpty of a text', isEmpty(shop.name), {}, true],
    ['isEmpty of a blank', isEmpty(shop.name), { name: ' ' }, false],
    ['isEmpty of a map', isEmpty(shop.tags), { tags: { a: '' } }, false],
    ['isEmpty of a map emptied by null', isEmpty(shop.tags), { tags: null }, true],
    ['isEmpty of a list', isEmpty(shop.dishes), {}, true],
    ['atLeast at the bound', atLeast(shop.seats, 2, 2), {}, true],
    ['atLeast below the bound', atLeast(shop.seats, 5), {}, false],
    ['matches', matches(shop.fallback, '^sh'), {}, true],
    ['someKeyMatches', someKeyMatches(shop.tags, '^b'), { tags: { a: '1', b: '2' } }, true],
    ['someKeyMatches of nothing', someKeyMatches(shop.tags, '.'), {}, false],
    ['concat', concat(release.name, '-', shop.fallback), {}, 'corner-shop'],
    ['choose, true', choose(shop.open, 'yes', 'no'), { open: true }, 'yes'],
    ['choose, false', choose(shop.open, 'yes', 'no'), {}, 'no'],
    ['firstNonEmpty, first', firstNonEmpty(shop.name, shop.fallback), { name: 'deli' }, 'deli'],
    ['firstNonEmpty, second', firstNonEmpty(shop.name, shop.fallback), {}, 'shop'],
    ['firstNonEmpty of empties', firstNonEmpty(shop.name, ''), {}, ''],
    ['toText of an integer', toText(shop.seats), { seats: 1_000_000 }, '1000000'],
    ['toText of a flag', toText(shop.open), {}, 'false'],
    ['joinEntries sorts by bytes', joinEntries(shop.tags), { tags: { b: '2', Z: '', a: '1' } }, 'Z=,a=1,b=2'],
    ['joinEntries of nothing', joinEntries(shop.tags), { tags: null }, ''],
    ['named', named('shown', 'Shown.', shop.fallback), {}, 'shop'],
  ])('%s', (_, expression, values, expected) => {
    expect(result(expression, values)).toEqual({ it: expected });
  });

  test('boundedName keeps 63 characters and cuts 64, with a hash of the whole', () => {
    expect(result(boundedName(shop.name), { name: 'x'.repeat(63) })).toEqual({ it: 'x'.repeat(63) });
    // printf '%s' xxx...x | sha256sum, for 64 times x
    expect(result(boundedName(shop.name), { name: 'x'.repeat(64) })).toEqual({
      it: `${'x'.repeat(54)}-7ce10097`,
    });
  });
});

describe('a slot', () => {
  test('when leaves out the property, not its value', () => {
    const template = { always: 1, sometimes: when<number>(shop.open, 2) };
    expect(evaluate(template, scopeWith({}))).toEqual({ always: 1 });
    expect(evaluate(template, scopeWith({ open: true }))).toEqual({ always: 1, sometimes: 2 });
  });

  test('when leaves out a list element', () => {
    expect(evaluate([1, when<number>(shop.open, 2), 3], scopeWith({}))).toEqual([1, 3]);
  });

  test('when over the whole template gives undefined', () => {
    expect(evaluate(when<object>(shop.open, { a: 1 }), scopeWith({}))).toBeUndefined();
  });

  test('either gives one of two', () => {
    const template = { it: either<object>(shop.open, { a: 1 }, { b: 2 }) };
    expect(evaluate(template, scopeWith({}))).toEqual({ it: { b: 2 } });
  });

  test('block puts several elements under one condition, nested ones too', () => {
    const template = [block<unknown>(shop.open, [1, when<number>(eq(shop.size, 'large'), 2), 3])];
    expect(evaluate(template, scopeWith({}))).toEqual([]);
    expect(evaluate(template, scopeWith({ open: true }))).toEqual([1, 3]);
    expect(evaluate(template, scopeWith({ open: true, size: 'large' }))).toEqual([1, 2, 3]);
  });

  test('forEach gives one element for each element of the values', () => {
    const template = [
      forEach(shop.dishes, 'dish', (dish) => ({ title: concat('a ', dish.name), cents: dish.price })),
    ];
    const dishes = [
      { name: 'soup', price: 3 },
      { name: 'tea', price: 1 },
    ];
    expect(evaluate(template, scopeWith({ dishes }))).toEqual([
      { title: 'a soup', cents: 3 },
      { title: 'a tea', cents: 1 },
    ]);
  });

  test('spread takes over elements as they are, between others', () => {
    const template = [{ name: 'own' }, spread(shop.extra)];
    expect(evaluate(template, scopeWith({ extra: [{ name: 'b' }] }))).toEqual([
      { name: 'own' },
      { name: 'b' },
    ]);
  });

  test('entries: own first, then maps by key in bytes, where a later map wins', () => {
    const shared = sharedEntries('base', 'Base.', entries({ first: 'x' }));
    const template = { it: entriesWith(shared, { own: '1' }, shop.tags, shop.more) };
    const scope = scopeWith({ tags: { b: 'tags', a: 'tags' }, more: { b: 'more' } });
    expect(JSON.stringify(evaluate(template, scope))).toBe(
      '{"it":{"first":"x","own":"1","a":"tags","b":"more"}}',
    );
  });

  test('isSet asks the same as not isEmpty', () => {
    expect(result(isSet(shop.name))).toEqual({ it: false });
  });
});

describe('evaluating', () => {
  test('gives maps that begin and end alike as maps of their own: who changes one changes no other', () => {
    const shared = sharedEntries('base', 'Base.', entries({ first: 'x' }));
    const template = { one: entriesWith(shared, {}, shop.tags), two: entriesWith(shared, {}, shop.tags) };
    const environment = environmentOf(scopeWith({ tags: { a: '1' } }));
    const given = evaluateIn(template, environment) as Record<'one' | 'two', Record<string, string>>;
    given.one.first = 'changed';
    given.one.a = 'changed';
    expect(given.two).toEqual({ first: 'x', a: '1' });
    expect(evaluateIn(template, environment)).toEqual({ one: given.two, two: given.two });
  });

  test('gives data that the caller may change without changing the next result', () => {
    const template = { fixed: { list: [1] }, taken: shop.tags };
    const scope = scopeWith({ tags: { a: '1' } });
    const first = evaluate(template, scope) as { fixed: { list: number[] }; taken: Record<string, string> };
    first.fixed.list.push(2);
    first.taken.b = '2';
    expect(evaluate(template, scope)).toEqual({ fixed: { list: [1] }, taken: { a: '1' } });
    expect(scope.values.tags).toEqual({ a: '1' });
  });

  test('tells every value that decided something, and none that nobody asked', () => {
    const read = new Set<string>();
    const template = {
      it: choose(shop.open, shop.name, shop.fallback),
      there: when<Expr<number>>(eq(shop.size, 'large'), shop.seats),
    };
    evaluate(template, scopeWith({ open: true }), (path) => read.add(path));
    expect([...read].sort()).toEqual(['name', 'open', 'size']);
  });
});
