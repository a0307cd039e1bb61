import type { DataMap, Scope } from '../../src/template/index.ts';
import {
  choice,
  flag,
  fragmentList,
  group,
  integer,
  list,
  text,
  textMap,
} from '../../src/values/definition.ts';
import { LABEL_VALUE, LINE, QUALIFIED_KEY } from '../../src/values/grammar.ts';
import { referencesOf } from '../../src/values/references.ts';

/** A definition that has nothing to do with the product: the template language knows only its shapes. */
export const definition = group('A shop.', {
  name: text('', LINE, 'Name.'),
  fallback: text('shop', LINE, 'Name when there is none.'),
  open: flag(false, 'Whether it is open.'),
  size: choice(['small', 'large'], 'small', 'Size.'),
  seats: integer(4, [0, 100], 'Seats.'),
  tags: textMap(QUALIFIED_KEY, LABEL_VALUE, 8, 'Tags.'),
  more: textMap(QUALIFIED_KEY, LABEL_VALUE, 8, 'More tags.'),
  dishes: list(
    group('A dish.', { name: text('', LINE, 'Name.'), price: integer(0, [0, 99], 'Price.') }),
    9,
    'Dishes.',
  ),
  extra: fragmentList('EnvVar', 'Taken over.'),
});

export const shop = referencesOf(definition);

const DEFAULTS: DataMap = {
  name: '',
  fallback: 'shop',
  open: false,
  size: 'small',
  seats: 4,
  tags: {},
  more: {},
  dishes: [],
  extra: [],
};

/** A scope with these values over the defaults. */
export function scopeWith(values: DataMap): Scope {
  return {
    values: { ...DEFAULTS, ...values },
    release: { name: 'corner', namespace: 'street', service: 'Helm' },
    chart: { name: 'shops', version: '1.2.3', appVersion: '9' },
  };
}
