import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chartNamed } from '../../../src/chart/charts.ts';
import { loadValues, type Problem, validate, valuesFrom } from '../../../src/index.ts';
import { fragmentPlaces } from '../../../src/values/fragment-places.ts';
import { atLength } from '../../support/at-length.ts';
import { HOSTILE_STRINGS } from '../../support/random-data.ts';

const SEED = 20261127;
const RELEASE = { name: 'kubebyon', namespace: 'kubebyon-system' };
const places = fragmentPlaces(chartNamed('multi-node').values).map(({ path }) => path);

type Values = Parameters<typeof valuesFrom>[1];

function at(path: readonly string[], piece: unknown): Values {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), piece) as Values;
}

/** Keys that Kubernetes knows, our own words, and words of JavaScript. */
const KEYS = [
  ...[
    'name',
    'value',
    'valueFrom',
    'env',
    'volumeMounts',
    'limits',
    'requests',
    'httpGet',
    'emptyDir',
    'sleep',
  ],
  ...[
    'api',
    'extraEnv',
    'KUBEBYON_API',
    'enabled',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'length',
    '0',
    '',
  ],
];

const data = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'medium' },
    fc.constantFrom<unknown[]>(null, true, 0, -1, 1.5, 2 ** 53 - 1, -(2 ** 31), '', ...HOSTILE_STRINGS),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('any'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).any;

describe('a piece of a manifest', () => {
  test('of any depth and type gives problems with a place, never an exception', () => {
    fc.assert(
      fc.property(fc.constantFrom(...places), data, (path, piece) => {
        const problems: readonly Problem[] = validate(valuesFrom('multi-node', at(path, piece)), RELEASE);
        for (const problem of problems) {
          expect(problem.path).not.toBe('');
          expect(problem.message).not.toMatch(/\bundefined\b|\[object|found NaN/);
        }
      }),
      { seed: SEED, numRuns: atLength(300, 1_500) },
    );
  });

  const MANY = 12_000;
  test.each([
    [
      'one variable again and again',
      'extraEnv',
      Array.from({ length: MANY }, () => ({ name: 'A', value: 'b' })),
    ],
    [
      'unknown keys',
      'affinity',
      Object.fromEntries(Array.from({ length: MANY }, (_, i) => [`podAffinty${i}`, {}])),
    ],
    [
      'numbers for variables',
      'extraEnv',
      Array.from({ length: MANY }, (_, i) => ({ name: `A${i}`, value: i })),
    ],
    [
      'mounts of no volume',
      'extraVolumeMounts',
      Array.from({ length: MANY }, (_, i) => ({ name: `v${i}`, mountPath: `/${i}` })),
    ],
    [
      'a long quantity',
      'resources',
      { limits: { memory: `${'9'.repeat(900_000)}Gi`, cpu: `0.${'1'.repeat(100_000)}` } },
    ],
    ['a long exponent', 'resources', { limits: { memory: '9e999', cpu: '1e-999' } }],
    ['a long name', 'extraEnv', [{ name: `${'a-'.repeat(400_000)}=`, value: 'b' }]],
    [
      'a long path',
      'extraVolumes',
      [{ name: 'a', configMap: { name: 'b', items: [{ key: 'c', path: '../'.repeat(300_000) }] } }],
    ],
  ] as const)('of %s up to 1 MiB is judged in less than a second', (_, key, piece) => {
    const text = JSON.stringify({ api: { [key]: piece } });
    expect(text.length).toBeLessThan(1_048_576);
    const before = process.cpuUsage();
    const loaded = loadValues('multi-node', [{ kind: 'file', name: 'values.json', text }]);
    const read = process.cpuUsage(before).user;
    const problems = validate(valuesFrom('multi-node', loaded.user), RELEASE);
    const judged = process.cpuUsage(before).user - read;
    expect(problems.length > 0).toBe(key !== 'resources'); // quantities may be of any length
    expect(judged / 1_000).toBeLessThan(1_000);
  });
});
