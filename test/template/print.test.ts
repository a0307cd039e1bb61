import { describe, expect, test } from 'vitest';
import {
  and,
  atLeast,
  block,
  boundedName,
  choose,
  concat,
  EXPRESSION,
  type Expr,
  either,
  entries,
  eq,
  firstNonEmpty,
  forEach,
  isSet,
  joinEntries,
  named,
  not,
  or,
  release,
  someKeyMatches,
  spread,
  toText,
  when,
} from '../../src/template/index.ts';
import {
  collectHelpers,
  goCondition,
  goPipeline,
  printHelpers,
  printTemplate,
} from '../../src/template/print/index.ts';
import { emitDocument } from '../../src/yaml/index.ts';
import { shop } from './sample.ts';

const options = { prefix: 'shop', emit: emitDocument };
const busy = named('busy', 'Whether it is busy.', and(shop.open, eq(shop.size, 'large')));

describe('an expression in Go', () => {
  test.each<[string, Expr<unknown>, string]>([
    ['a value', shop.name, '$.Values.name'],
    ['a fact about the release', release.namespace, '$.Release.Namespace'],
    ['texts compared', eq(shop.size, 'large'), 'eq $.Values.size "large"'],
    ['integers compared, whatever type Helm gave them', eq(shop.seats, 4), 'eq (int64 $.Values.seats) 4'],
    ['a bound', atLeast(shop.seats, 2, 3), 'ge (int64 $.Values.seats) (mul 3 2)'],
    ['texts joined, percent signs kept', concat('100%-', shop.name), 'printf "100%%-%s" $.Values.name'],
    ['a choice', choose(shop.open, 'a', 'b'), 'ternary "a" "b" $.Values.open'],
    ['a chain', firstNonEmpty(shop.name, 'x'), 'or $.Values.name "x"'],
    ['an integer as text, never with an exponent', toText(shop.seats), 'toString (int64 $.Values.seats)'],
    ['a bounded name', boundedName(shop.name), 'include "shop.boundedName" $.Values.name'],
    [
      'entries joined, also of a map that null removed',
      joinEntries(shop.tags),
      'include "shop.joinEntries" (default dict $.Values.tags)',
    ],
    ['a named flag as a boolean', busy, 'eq (include "shop.busy" $) "true"'],
    [
      'keys against a pattern',
      someKeyMatches(shop.tags, '^a'),
      'regexMatch "(?m)^a" (join "\\n" (keys (default dict $.Values.tags)))',
    ],
  ])('%s', (_, expression, expected) => {
    expect(goPipeline(expression[EXPRESSION], 'shop')).toBe(expected);
  });

  test.each<[string, Expr<boolean>, string]>([
    ['a named flag', busy, 'include "shop.busy" $'],
    ['something set', isSet(shop.tags), '$.Values.tags'],
    [
      'nested conditions are one',
      and(shop.open, and(busy, isSet(shop.name))),
      'and $.Values.open (include "shop.busy" $) $.Values.name',
    ],
    ['a negation', not(or(shop.open, busy)), 'not (or $.Values.open (include "shop.busy" $))'],
  ])('as a condition: %s', (_, expression, expected) => {
    expect(goCondition(expression[EXPRESSION], 'shop')).toBe(expected);
  });
});

describe('a template in Go', () => {
  test('looks as a person would have written it', () => {
    const template = when<object>(shop.open, {
      kind: 'Shop',
      metadata: { name: shop.name, labels: entries({ app: 'shop' }, shop.tags, shop.more) },
      spec: {
        seats: shop.seats,
        size: either<unknown>(isSet(shop.tags), shop.tags, { fixed: true }),
        list: [
          { name: 'first', value: shop.name },
          when<object>(busy, { name: 'second' }),
          block<object>(shop.open, [{ name: 'third' }]),
          forEach(shop.dishes, 'dish', (dish) => ({ name: dish.name })),
          spread(shop.extra),
        ],
      },
    });
    expect(printTemplate(template, options)).toBe(`{{- if $.Values.open }}
kind: Shop
metadata:
  name: {{ $.Values.name | toJson }}
  labels:
    app: shop
    {{- range $key, $value := $.Values.tags }}
    {{- if not (hasKey (default dict $.Values.more) $key) }}
    {{ $key | toJson }}: {{ $value | toJson }}
    {{- end }}
    {{- end }}
    {{- range $key, $value := $.Values.more }}
    {{ $key | toJson }}: {{ $value | toJson }}
    {{- end }}
spec:
  seats: {{ int64 $.Values.seats }}
  {{- if $.Values.tags }}
  size:
    {{- toYaml $.Values.tags | nindent 4 }}
  {{- else }}
  size:
    fixed: true
  {{- end }}
  list:
  - name: first
    value: {{ $.Values.name | toJson }}
  {{- if include "shop.busy" $ }}
  - name: second
  {{- end }}
  {{- if $.Values.open }}
  - name: third
  {{- end }}
  {{- range $_, $dish := $.Values.dishes }}
  - name: {{ $dish.name | toJson }}
  {{- end }}
  {{- if $.Values.extra }}
  {{- toYaml $.Values.extra | nindent 2 }}
  {{- end }}
{{- end }}
`);
  });

  test('fixed text that a template would read is refused', () => {
    expect(() => printTemplate({ a: '{{ evil }}' }, options)).toThrow('may not hold {{');
  });

  test('an element whose first property may be missing is refused, because its dash would be lost', () => {
    const template = { list: [{ a: when<number>(shop.open, 1), b: shop.name }] };
    expect(() => printTemplate(template, options)).toThrow('must always be there');
  });
});

describe('helpers', () => {
  test('stand under the names of the definition, with what they are', () => {
    const text = printHelpers(collectHelpers([{ a: busy }]), options);
    expect(text).toContain(`{{/* Whether it is busy. */}}
{{- define "shop.busy" -}}
{{- if and $.Values.open (eq $.Values.size "large") }}true{{ end }}
{{- end }}
`);
  });

  test('one name for two things is refused', () => {
    const other = named('busy', 'Another.', shop.open);
    expect(() => collectHelpers([busy, other])).toThrow('two helpers are named busy');
  });
});
