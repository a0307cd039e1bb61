import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coalesce } from '../../../src/values/load/coalesce.ts';
import { layerSources } from '../../../src/values/load/layer.ts';
import { mergeMaps } from '../../../src/values/load/merge.ts';
import {
  isMap,
  type Path,
  type PlainMap,
  type PlainValue,
  showPath,
} from '../../../src/values/load/plain.ts';
import type { SetKind, ValueSource } from '../../../src/values/load/source.ts';
import { findOrigin, sourcedMap, toPlainMap } from '../../../src/values/load/sourced.ts';
import { readWithYamlPackage } from '../../support/values-reader.ts';
import { cleanOf, flag, layer, ordinary } from './support.ts';

const key = fc.constantFrom('a', 'b', 'c', 'd', '1', 'x y', 'p.q', 'toString');

/** Random plain values with few keys, so that two of them often meet. */
const { map: plainMaps } = fc.letrec<{ value: PlainValue; map: PlainMap }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<PlainValue>(null, true, 0, 1.5, 'x', ''),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('map'),
  ),
  map: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
}));

/** Maps in which a key that begins with `m` always holds a map and any other never does. */
const { map: shapedMaps } = fc.letrec<{ map: PlainMap; leaf: PlainValue }>((tie) => ({
  leaf: fc.oneof(fc.constantFrom<PlainValue>(null, 1, 'x'), fc.array(tie('map'), { maxLength: 2 })),
  map: fc
    .tuple(
      fc.dictionary(fc.constantFrom('l1', 'l2', 'l3'), tie('leaf'), {
        maxKeys: 3,
        depthIdentifier: 'shaped',
      }),
      fc.option(
        fc.dictionary(fc.constantFrom('m1', 'm2'), tie('map'), { maxKeys: 2, depthIdentifier: 'shaped' }),
        {
          nil: {},
          depthIdentifier: 'shaped',
          maxDepth: 4,
        },
      ),
    )
    .map(([leaves, maps]) => ({ ...leaves, ...maps })),
}));

const nowhere = { file: 'x', line: 1, column: 1 };

function merged(below: PlainMap, above: PlainMap): PlainMap {
  return toPlainMap(mergeMaps(sourcedMap(below, nowhere), sourcedMap(above, nowhere)));
}

describe('merging', () => {
  test('is associative where maps meet only maps', () => {
    fc.assert(
      fc.property(shapedMaps, shapedMaps, shapedMaps, (a, b, c) => {
        expect(ordinary(merged(merged(a, b), c))).toEqual(ordinary(merged(a, merged(b, c))));
      }),
    );
  });

  test('over nothing and with nothing changes nothing', () => {
    fc.assert(
      fc.property(plainMaps, (values) => {
        expect(ordinary(merged({}, values))).toStrictEqual(ordinary(values));
        expect(ordinary(merged(values, {}))).toStrictEqual(ordinary(values));
        expect(ordinary(merged(values, values))).toStrictEqual(ordinary(values));
      }),
    );
  });
});

/** Freezes to every depth, so that a change would throw. */
function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) frozen(item);
    Object.freeze(value);
  }
  return value;
}

/** Every path to something that is no map, and what stands there. */
function leavesOf(value: PlainValue, path: Path = []): [Path, PlainValue][] {
  if (!isMap(value)) return [[path, value]];
  return Object.entries(value).flatMap(([name, item]) => leavesOf(item, [...path, name]));
}

function at(value: PlainValue | undefined, path: Path): PlainValue | undefined {
  return path.reduce<PlainValue | undefined>((inner, step) => {
    if (isMap(inner) && typeof step === 'string') return Object.hasOwn(inner, step) ? inner[step] : undefined;
    return Array.isArray(inner) && typeof step === 'number' ? inner[step] : undefined;
  }, value);
}

describe('coalescing', () => {
  test('never changes its inputs nor shares parts with them', () => {
    fc.assert(
      fc.property(plainMaps, plainMaps, (user, defaults) => {
        const { values } = coalesce(frozen(user), frozen(defaults));
        for (const [path] of leavesOf(values)) {
          expect(Object.isFrozen(at(values, path.slice(0, -1)))).toBe(false);
          if (Array.isArray(at(values, path))) expect(Object.isFrozen(at(values, path))).toBe(false);
        }
      }),
    );
  });

  test('without user values gives the defaults, nulls of maps aside', () => {
    fc.assert(
      fc.property(plainMaps, (defaults) => {
        const { values, cleared } = coalesce({}, defaults);
        const withoutNull = (value: PlainValue): PlainValue => {
          if (!isMap(value)) return value;
          const kept = Object.entries(value).filter(([, item]) => item !== null);
          return Object.fromEntries(kept.map(([name, item]) => [name, withoutNull(item)]));
        };
        expect(ordinary(values)).toStrictEqual(ordinary(withoutNull(defaults)));
        expect(cleared).toEqual([]);
      }),
    );
  });

  test('keeps every leaf of the user, but for nulls over a default', () => {
    fc.assert(
      fc.property(plainMaps, plainMaps, (user, defaults) => {
        const { values, cleared } = coalesce(user, defaults);
        const gone = new Set(cleared.map((path) => JSON.stringify(path)));
        for (const [path, value] of leavesOf(user)) {
          if (path.length === 0) continue;
          if (gone.has(JSON.stringify(path))) {
            expect(value).toBeNull();
            expect(at(values, path)).toBeUndefined();
          } else expect(ordinary(at(values, path))).toStrictEqual(ordinary(value));
        }
      }),
    );
  });

  test('takes every leaf of the defaults under which and above which the user wrote nothing', () => {
    fc.assert(
      fc.property(plainMaps, plainMaps, (user, defaults) => {
        const { values } = coalesce(user, defaults);
        for (const [path, value] of leavesOf(defaults)) {
          const above = path.map((_, depth) => at(user, path.slice(0, depth)));
          if (value === null || !above.every((part) => part === undefined || isMap(part))) continue;
          if (at(user, path) !== undefined) continue;
          expect(ordinary(at(values, path))).toStrictEqual(ordinary(value));
        }
      }),
    );
  });
});

const FLAG_KINDS: readonly SetKind[] = ['set', 'set-string', 'set-json', 'set-literal'];

/** Sources whose every leaf is a text that begins with the number of its source. */
const markedSources = fc
  .array(
    fc.oneof(
      plainMaps.map((values) => ({ kind: 'file', values }) as const),
      fc.record({
        kind: fc.constantFrom(...FLAG_KINDS),
        path: fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom('a', 'b', 'c') }, fc.nat(2)), {
          minLength: 1,
          maxLength: 4,
        }),
      }),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((shapes) =>
    shapes.map((shape, index): ValueSource => {
      if (!('path' in shape)) {
        const text = JSON.stringify(shape.values, (_, value) =>
          typeof value === 'object' && value !== null ? value : `${index}!`,
        );
        return { kind: 'file', name: `${index}!`, text };
      }
      const value = shape.kind === 'set-json' ? `"${index}!"` : `${index}!`;
      return flag(shape.kind, `${showPath(['a', ...shape.path])}=${value}`);
    }),
  );

test('the origin of every value is the source that set it', () => {
  fc.assert(
    fc.property(markedSources, (sources) => {
      const { user, origins } = layerSources(sources, readWithYamlPackage);
      const check = (value: PlainValue, path: Path): void => {
        if (isMap(value)) for (const [name, item] of Object.entries(value)) check(item, [...path, name]);
        else if (Array.isArray(value))
          for (const [index, item] of value.entries()) check(item, [...path, index]);
        else if (value !== null) {
          const { value: origin, nearest } = findOrigin(origins, path);
          expect(nearest).toBe(origin);
          expect(origin?.file).toContain(value);
          const source = sources.find((one) => one.kind === 'file' && one.name === origin?.file);
          if (source?.kind !== 'file') expect(origin?.line).toBeNull();
          else expect(String(source.text).slice((origin?.column ?? 0) - 1)).toMatch(`"${value}"`);
        }
      };
      check(user, []);
    }),
  );
});

describe('whatever key and text', () => {
  const text = fc.string({ unit: 'binary' }).map((one) => one.toWellFormed());
  const name = text.filter((one) => one !== '' && !['__proto__', 'constructor', 'prototype'].includes(one));
  const names = fc.array(name, { minLength: 1, maxLength: 4 });
  const nested = (path: readonly string[], value: PlainValue): unknown =>
    path.reduceRight<unknown>((inner, step) => ({ [step]: inner }), value);

  test('an escaped key and value come back from --set-string as they were', () => {
    fc.assert(
      fc.property(names, text, (path, value) => {
        const escaped = value.replace(/[\\,{}]/g, '\\$&');
        expect(cleanOf(layer(flag('set-string', `${showPath(path)}=${escaped}`)))).toEqual(
          nested(path, value),
        );
      }),
    );
  });

  test('JSON comes back from --set-json as it was', () => {
    fc.assert(
      fc.property(names, plainMaps, text, (path, value, word) => {
        const json = JSON.stringify([value, word]);
        const read = cleanOf(layer(flag('set-json', `${showPath(path)}=${json},zz.y=1`)));
        expect(read).toMatchObject(Object(nested(path, [value, word])));
        expect(read).toMatchObject({ zz: { y: 1 } });
      }),
    );
  });

  test('a text comes back from --set-literal as it was', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(cleanOf(layer(flag('set-literal', `v=${value}`)))).toEqual({ v: value });
      }),
    );
  });
});
