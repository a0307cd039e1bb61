import { describe, expect, test } from 'vitest';
import { type Cells, createFacts, type Facts } from '../../src/planner/engine/facts.ts';
import { at, get } from '../../src/planner/world/json.ts';
import { atLength } from '../support/at-length.ts';
import { differenceOf } from './differential.ts';
import { seedsFrom } from './seeds.ts';

/** A few in every test run; `npm run simulate` (scripts/simulate.ts) runs thousands. */
const HISTORIES = atLength(3, 8);
/** Within so many histories each forgotten read must be noticed. */
const PATIENCE = 120;

test(`in ${HISTORIES} random histories planners that remember say what one says that starts anew`, {
  timeout: 120_000,
}, () => {
  for (let seed = 1; seed <= HISTORIES; seed += 1) {
    expect(differenceOf({ seed }), `seed ${seed}`).toBeUndefined();
  }
});

test('a history is the same every time', () => {
  const forgetful = () => forgetting((_, value) => has(value, 'readable'));
  expect(differenceOf({ seed: 3, make: forgetful })).toEqual(differenceOf({ seed: 3, make: forgetful }));
});

/** Whether an input is one of a family, by what is kept under which key. */
type IsOf = (key: string, value: unknown) => boolean;

/** Facts of which one family of inputs notes no reads. */
function forgetting(isOf: IsOf): Facts {
  const facts = createFacts();
  return {
    ...facts,
    cells: <T>(): Cells<T> => {
      const cells = facts.cells<T>();
      const values = new Map<string, T>();
      let forgets = false;
      return {
        ...cells,
        get: (key) => (forgets ? values.get(key) : cells.get(key)),
        set: (key, value) => {
          forgets ||= value !== undefined && isOf(key, value);
          if (!forgets) cells.set(key, value);
          else if (value === undefined) values.delete(key);
          else values.set(key, value);
        },
        keys: () => (forgets ? values.keys() : cells.keys()),
      };
    },
  };
}

const has = (value: unknown, key: string): boolean =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key);

const isList = (value: unknown, isOne: (one: unknown) => boolean): boolean =>
  Array.isArray(value) && value.length > 0 && value.every(isOne);

const isOfKind =
  (kind: string) =>
  (one: unknown): boolean =>
    get(one, 'kind') === kind;

/** With the first history in which each shows; 1 unless given. */
describe.each<[string, IsOf, number?]>([
  ['objects by name', (_, value) => has(value, 'apiVersion')],
  [
    'objects of a cluster',
    (key, value) => key.startsWith('c-') && isList(value, (one) => has(one, 'apiVersion')),
    7,
  ],
  ['HTTPRoutes by hostname', (key, value) => key.includes('.') && isList(value, isOfKind('HTTPRoute')), 7],
  ['Certificates of others', (key, value) => key.includes('/') && isList(value, isOfKind('Certificate')), 5],
  [
    'claims on a hostname',
    (key, value) => isList(value, (one) => at(one, 'binding', 'hostname') === key),
    167,
  ],
  ['tenants', (_, value) => has(value, 'readable')],
  ['answers of DNS', (_, value) => isList(value, (one) => has(one, 'resolver'))],
])('a read that is forgotten (%s)', (_, isOf, shownBy = 1) => {
  test('is noticed', { timeout: 120_000 }, () => {
    const noticed = seedsFrom(shownBy, PATIENCE).find(
      (seed) => differenceOf({ seed, make: () => forgetting(isOf) }) !== undefined,
    );
    expect(noticed, `not noticed in ${PATIENCE} histories`).toBeDefined();
  });
});
