import { expect, test } from 'vitest';
import { createFacts } from '../../src/planner/engine/facts.ts';

test('a computation that a table lets go of while another table takes it up is still told of changes', () => {
  const facts = createFacts();
  const inputs = facts.cells<string>();
  const reader = facts.cells<string>();
  const read = facts.family((key: string) => inputs.get(key));
  const later = facts.table((): ReadonlyMap<string, string | undefined> => {
    if (reader.get('who') !== 'later') return new Map();
    const value = read.get('input');
    earlier.get('value');
    return new Map([['value', value]]);
  });
  const earlier = facts.table(
    (): ReadonlyMap<string, string | undefined> =>
      reader.get('who') === 'earlier' ? new Map([['value', read.get('input')]]) : new Map(),
  );

  inputs.set('input', 'one');
  reader.set('who', 'earlier');
  expect([earlier.get('value'), later.get('value')]).toEqual(['one', undefined]);
  reader.set('who', 'later');
  expect([earlier.get('value'), later.get('value')]).toEqual([undefined, 'one']);
  inputs.set('input', 'two');
  expect(later.get('value')).toBe('two');
});
