import { expect, test } from 'vitest';
import { findMutants, withMutant } from '../../scripts/mutate/find-mutants.ts';
import { withSwitches } from '../../scripts/mutate/switches.ts';

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
  ['const a = [...b, c];', ['b => []']],
  ['const a = 3;', ['3 => 4']],
  ['function f() { return [a]; }', ['[a] => []']],
  ['const a = not(b);', ['not(b) => b']],
  ['const a = isSet(b);', ['isSet => isEmpty']],
  ['const a = and(b, c);', ['and => or', 'and(b, c) => and(c)', 'and(b, c) => and(b)']],
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
  const text = "const says = 'a customer’s word';\nexport const a = b === c;\n";
  const [mutant] = findMutants('x.ts', text);
  expect(mutant).toMatchObject({ line: 2, before: 'b === c', after: 'b !== c' });
  expect(mutant && withMutant(text, mutant)).toBe(
    "const says = 'a customer’s word';\nexport const a = b !== c;\n",
  );
});

/** What a file says with each of its mistakes, and with none. */
function answers(body: string, given: Readonly<Record<string, unknown>>): readonly unknown[] {
  const text = `const answer = (${Object.keys(given).join(', ')}) => ${body};`;
  const mutants = findMutants('x.ts', text).map((mutant, id) => ({ ...mutant, id }));
  const run = (source: string, on?: number): unknown => {
    const program = new Function(
      '__mutant',
      ...Object.keys(given),
      `${source} return answer(${Object.keys(given).join(', ')});`,
    );
    return program((id: number) => id === on, ...Object.values(given));
  };
  const switched = withSwitches(text, mutants);
  expect(run(switched)).toEqual(run(text));
  return mutants.map((mutant) => {
    const answer = run(switched, mutant.id);
    expect(answer).toEqual(run(withMutant(text, mutant)));
    return answer;
  });
}

test.each([
  ['a === b', { a: 1, b: 1 }, [false]],
  ['a < b || !(a > 0)', { a: 2, b: 2 }, [false, true, true, true, false, true, false]],
  ['a.some((one) => one > 1)', { a: [1, 2] }, [false, true, false, true]],
  ['a?.some(Boolean)', { a: undefined }, [undefined]],
  ['[...a, ...a.filter(Boolean)]', { a: [0, 1] }, [[1], [0, 1], [0, 1, 0, 1]]],
  ['Math.max(a, a ? 1 : 0)', { a: 1 }, [1, 1, 1, 2, 1]],
])('every mistake of %s behind its switch says what the file with it says', (body, given, expected) => {
  expect(answers(body, given).map(String).toSorted()).toEqual(expected.map(String).toSorted());
});
