import { expect, test } from 'vitest';
import { findMutants } from '../../scripts/mutate/find-mutants.ts';

const mutationsOf = (text: string): readonly string[] =>
  findMutants('x.ts', text).map(({ before, after }) => `${before} => ${after}`);

test.each([
  ['const a = b === c;', ['b === c => b !== c']],
  ['const a = b < c;', ['b < c => b <= c', 'b < c => b >= c']],
  ['const a = b && c;', ['b && c => ((b) || (c))']],
  ['const a = b ?? c;', ['b ?? c => ((b) && (c))']],
  ['const a = !b;', ['!b => (b)']],
  ['const a = b ? c : d;', ['b => true', 'b => false']],
  ['if (a) b();', ['a => true', 'a => false']],
  ['const a = b.some(c);', ['some => every']],
  ['const a = b.filter(c);', ['b.filter(c) => b']],
  ['const a = [...b, c];', ['...b => ...[]']],
  ['const a = 3;', ['3 => 4']],
  ['function f() { return [a]; }', ['[a] => []']],
])('%s can go wrong in these ways', (text, expected) => {
  expect(mutationsOf(text)).toEqual(expected);
});

test.each([
  "import a from 'b';",
  'type A = 1 | 2;',
  "const a = 'b' + c;",
  ['const a = `b $', '{c}`;'].join(''),
  "const says = 'a’s words';",
])('%s decides nothing that can go wrong', (text) => {
  expect(mutationsOf(text)).toEqual([]);
});

test('a mistake behind letters beyond ASCII stands at its place', () => {
  const [mutant] = findMutants('x.ts', "const says = 'a customer’s word';\nexport const a = b === c;\n");
  expect(mutant).toMatchObject({ line: 2, before: 'b === c', after: 'b !== c' });
  expect(mutant?.text).toBe("const says = 'a customer’s word';\nexport const a = b !== c;\n");
});
