/** What must not compile about the bounds of a stored form; see `template.ts`. */
import {
  choice,
  flag,
  group,
  list,
  optional,
  required,
  text,
} from '../../src/planner/world/definition/language.ts';
import type { StoredGroup } from '../../src/planner/world/definition/stored.ts';

const sample = group({
  name: required(text(), 'A name.'),
  kind: optional(choice(['a', 'b']), 'A word.'),
  on: required(flag(), 'A flag.'),
  names: optional(list(text()), 'Names.'),
});

type Bounds = StoredGroup<typeof sample.fields>;

const name = { maxLength: 63 };
const names = { maxItems: 4, shared: 'set', elements: name } as const;

export const whole: Bounds = { fields: { name, names } };

export const withDefaults: Bounds = {
  fields: { name, names, kind: { default: 'a' }, on: { default: false } },
};

// @ts-expect-error a text without bound
export const unboundedText: Bounds = { fields: { names } };

// @ts-expect-error an optional list without bound
export const unboundedList: Bounds = { fields: { name } };

// @ts-expect-error a list whose elements have no bound
export const unboundedElements: Bounds = { fields: { name, names: { maxItems: 4, shared: 'set' } } };
