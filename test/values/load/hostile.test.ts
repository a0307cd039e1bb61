import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coalesce } from '../../../src/values/load/coalesce.ts';
import type { SetKind } from '../../../src/values/load/source.ts';
import { atLength } from '../../support/at-length.ts';
import { errorsOf, file, flag, layer } from './support.ts';

const KINDS: readonly SetKind[] = ['set', 'set-string', 'set-json', 'set-file', 'set-literal'];

/** Arguments made of the grammar's own characters and words. */
const argument = fc
  .array(
    fc.constantFrom(
      ...'.,=[]{}\\"-+ \n\u0000\u2028\ud800é0129aelu'.split(''),
      ...['null', 'true', '[0]', '[65537]', '{"a":', '1e400', '__proto__', 'a.b=', '[1].c', 'one.txt', '😀'],
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));

describe('whatever the flags say', () => {
  test('nothing is thrown, and every problem can be read and found', () => {
    const sources = fc.array(
      fc.tuple(fc.constantFrom(...KINDS), argument).map(([kind, expression]) => flag(kind, expression)),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(sources, (flags) => {
        const { user, problems } = layer(file('a.yaml', 'a: {b: [1, {c: 2}]}\nl: x'), ...flags);
        coalesce(user, { a: { b: [] }, e: 1 });
        for (const { code, message, hint, origin } of problems) {
          expect(code).toBe('BadSetFlag');
          expect(message).toMatch(/expected|not allowed/);
          expect(hint).not.toBe('');
          expect(origin.file).toMatch(/^--set/);
          expect(message + origin.file).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        }
      }),
      { numRuns: atLength(600, 3_000) },
    );
  });

  test.each(['__proto__', 'constructor', 'prototype'])('the key %s is refused everywhere', (name) => {
    for (const expression of [
      `${name}=1`,
      `${name}.x=1`,
      `a.${name}=1`,
      `a[0].${name}.x=1`,
      `${name}[0]=1`,
    ]) {
      for (const kind of ['set', 'set-string', 'set-json', 'set-literal'] as const) {
        expect(errorsOf(kind, expression)).toEqual([`the key "${name}" is not allowed`]);
      }
    }
    expect(errorsOf('set', `${name.slice(0, 3)}\\${name.slice(3)}=1`)).toHaveLength(1);
    expect(errorsOf('set-json', `v=[{"${name}":1}]`)).toHaveLength(1);
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  test('maps have no prototype, so that no name is there unless it was written', () => {
    const { user } = layer(flag('set', 'm.a=1'), flag('set-json', 'j={"k":{}}'), file('a', 'f: {g: {}}'));
    const { values } = coalesce(user, { d: { e: {} } });
    const maps = (value: unknown): object[] =>
      typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(maps)] : [];
    expect(maps(values)).toHaveLength(8);
    for (const map of maps(values)) expect(Object.getPrototypeOf(map)).toBeNull();
  });

  test('nesting ends at 100 levels', () => {
    const indexes = (count: number) => `v${'[0]'.repeat(count)}=1`;
    expect(errorsOf('set', indexes(99))).toEqual([]);
    expect(errorsOf('set', indexes(100))).toEqual([
      'expected at most 100 levels of maps and lists, found more',
    ]);
    const json = (count: number) => `v=${'['.repeat(count)}${']'.repeat(count)}`;
    expect(errorsOf('set-json', json(99))).toEqual([]);
    expect(errorsOf('set-json', json(100))).toHaveLength(1);
    expect(errorsOf('set-json', json(60_000))).toHaveLength(1);
  });

  test('flags make at most a million list items', () => {
    const many = Array.from({ length: 16 }, (_, index) => flag('set', `l${index}[65536]=x`));
    expect(layer(...many.slice(1)).problems).toEqual([]);
    expect(layer(...many).problems).toMatchObject([{ code: 'BadSetFlag', path: 'l15[65536]' }]);
  });

  test('an argument longer than a command line allows is refused at once', () => {
    for (const kind of ['set', 'set-string', 'set-json', 'set-file'] as const) {
      expect(errorsOf(kind, `v=${'1,'.repeat(70_000)}`)).toEqual([
        'expected at most 131072 characters, found more',
      ]);
    }
    expect(errorsOf('set-json', `{"a":"${'x'.repeat(131_072)}"}`)).toHaveLength(1);
    expect(errorsOf('set-json', `v="${'x'.repeat(131_000)}"`)).toEqual([]);
  });

  test('what a flag holds cannot forge lines or turn the text around in a message', () => {
    const { problems } = layer(flag('set', 'a\u001b[2K\nb\u202e,c'));
    expect(problems[0]?.origin.file).toBe('--set a\\u001b[2K\\u000ab\\u202e,c');
  });

  test('a message shows no more of a long value than fits a line', () => {
    const { problems } = layer(flag('set-json', `v=${'x'.repeat(5_000)}`));
    expect(problems[0]?.message.length).toBeLessThan(120);
    expect(problems[0]?.origin.file.length).toBeLessThan(120);
  });
});
