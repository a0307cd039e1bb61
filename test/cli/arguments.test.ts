import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOn, lastOf, parseArguments } from '../../src/cli/input/arguments.ts';
import { splitCsv } from '../../src/cli/input/csv.ts';
import { UsageError } from '../../src/cli/usage.ts';

const flags = [
  { name: 'values', short: 'f', argument: 'FILE', description: '' },
  { name: 'output', short: 'o', argument: 'FORMAT', choices: ['yaml', 'json'], description: '' },
  { name: 'strict', description: '' },
] as const;

function usageErrorOf(run: () => unknown): UsageError | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  return undefined;
}

describe('flags are written as in Helm', () => {
  test.each([['--values a'], ['--values=a'], ['-f a'], ['-fa'], ['-f=a']])('%s', (line) => {
    expect(parseArguments(flags, line.split(' ')).given('values')).toEqual(['a']);
  });

  test('flags and words stand in any order, and a flag repeats in the order given', () => {
    const args = parseArguments(flags, ['-f', 'a', 'name', '--values', 'b', 'other', '--strict']);
    expect(args.positionals).toEqual(['name', 'other']);
    expect(args.given('values')).toEqual(['a', 'b']);
    expect(isOn(args, 'strict')).toBe(true);
  });

  test('a flag takes the next word whatever it looks like', () => {
    expect(parseArguments(flags, ['-f', '-', '-f', '--strict']).given('values')).toEqual(['-', '--strict']);
  });

  test('of a flag that counts once the last counts', () => {
    expect(lastOf(parseArguments(flags, ['-o', 'yaml', '-o', 'json']), 'output')).toBe('json');
  });

  test('a switch can be turned off', () => {
    expect(isOn(parseArguments(flags, ['--strict', '--strict=false']), 'strict')).toBe(false);
  });

  test('two dashes end the flags', () => {
    expect(parseArguments(flags, ['--', '--values', '-x']).positionals).toEqual(['--values', '-x']);
  });

  test('the text behind the first = is the argument', () => {
    expect(parseArguments(flags, ['--values=a=b=']).given('values')).toEqual(['a=b=']);
  });
});

describe('what cannot be understood', () => {
  test.each([
    [['--valeus', 'a'], 'unknown flag --valeus', 'did you mean --values?'],
    [['-x'], 'unknown flag -x', 'known flags: --values, --output, --strict'],
    [['-f'], 'the flag -f needs an argument', 'write -f ARGUMENT'],
    [['-o', 'jsn'], '--output: expected yaml or json, found "jsn"', 'did you mean json?'],
    [['--strict=maybe'], '--strict: expected true or false, found "maybe"', 'choose one of: true, false'],
  ])('%j', (words, message, hint) => {
    const error = usageErrorOf(() => parseArguments(flags, words));
    expect(error).toMatchObject({ message, hint });
  });

  test('no command line makes anything but arguments or a usage error', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        usageErrorOf(() => parseArguments(flags, words));
      }),
    );
  });
});

describe('several texts in one argument', () => {
  test.each([
    ['a,b', ['a', 'b']],
    ['"a,b",c', ['a,b', 'c']],
    ['"a""b"', ['a"b']],
    ['', []],
    ['a,,b', ['a', 'b']],
  ])('%s', (argument, texts) => {
    expect(splitCsv('--values', argument)).toEqual(texts);
  });

  test.each(['"a', 'a"b', '"a"b'])('%s is refused', (argument) => {
    expect(usageErrorOf(() => splitCsv('--values', argument))?.message).toContain('quote');
  });

  test('what is quoted comes out as it was', () => {
    const text = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (texts) => {
        const argument = texts.map((item) => `"${item.replaceAll('"', '""')}"`).join(',');
        expect(splitCsv('--values', argument)).toEqual(texts);
      }),
    );
  });
});
