import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import {
  compareWithGolden,
  evaluateChart,
  explainManifestField,
  loadValues,
  render,
  toYaml,
  validate,
  valuesFrom,
} from '../../src/index.ts';
import { MAX_VALUES } from '../../src/yaml/read.ts';

/** What a caller without types passes; the cast is what such a caller has not. */
const untyped = (value: unknown) => value as never;

const values = valuesFrom('multi-node', {});
const release = { name: 'r' };

describe('a wrong argument is one error that names it', () => {
  test.each([
    ['a release without name', () => render(values, untyped({})), /^release\.name: expected a text/],
    ['no release', () => render(values, untyped(undefined)), /^release: expected a release/],
    [
      'a misspelt key',
      () => render(values, untyped({ name: 'r', namespce: 'n' })),
      /did you mean namespace\?$/,
    ],
    [
      'a namespace that is no text',
      () => render(values, untyped({ name: 'r', namespace: 5 })),
      /^release\.namespace: /,
    ],
    [
      'no values',
      () => render(untyped(undefined), release),
      /^values: expected what loadValues or valuesFrom gives/,
    ],
    ['values that were not loaded', () => validate(untyped({ api: {} }), release), /^values: expected what/],
    [
      'an unknown chart',
      () => valuesFrom(untyped('multi'), untyped({})),
      /^chart: expected single-node or multi-node, found the text "multi"$/,
    ],
    ['an unknown chart to load', () => loadValues(untyped('multi'), []), /^chart: expected/],
    [
      'an unknown chart to evaluate',
      () => evaluateChart(untyped('x'), untyped({}), release),
      /^chart: expected/,
    ],
    [
      'complete values that are none',
      () => evaluateChart('multi-node', untyped([]), release),
      /^values: expected complete values, .*, found a list$/,
    ],
    ['sources that are no list', () => loadValues('multi-node', untyped({})), /^sources: expected a list/],
    [
      'a source of no kind',
      () => loadValues('multi-node', [untyped({ kind: 'fil' })]),
      /^sources\[0\]\.kind: expected one of file/,
    ],
    [
      'no golden',
      () => compareWithGolden([], untyped(undefined)),
      /^golden: expected a text, found nothing$/,
    ],
    [
      'no name to explain by',
      () => explainManifestField(values, untyped({}), { kind: 'Gateway', name: 'x', path: [] }),
      /^release\.name: /,
    ],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});

describe('values of a program that no values file can say are problems', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic.commonLabels = cyclic;
  class Replicas {
    readonly count = 2;
  }
  const own = {
    Object: class {
      readonly replicas = 2;
    },
    Orphan: Object.assign(function Orphan() {}, {
      prototype: Object.create(null),
    }) as unknown as new () => object,
  };
  Object.defineProperty(own.Orphan.prototype, 'constructor', { value: own.Orphan });
  const throwingProxy = (thrown: unknown) =>
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw thrown;
        },
      },
    );
  test.each([
    ['a list', [], '', 'expected a map of values, found a list'],
    ['null', null, '', 'expected a map of values, found null'],
    ['nothing', undefined, '', 'expected a map of values, found undefined'],
    ['a date', { api: new Date(0) }, 'api', 'found an object of a class (Date)'],
    ['an object of a class', { api: new Replicas() }, 'api', 'found an object of a class (Replicas)'],
    [
      'an object of an own class Object',
      { api: new own.Object() },
      'api',
      'found an object of a class (Object)',
    ],
    [
      'an object of a class of no parent',
      { api: new own.Orphan() },
      'api',
      'found an object of a class (Orphan)',
    ],
    [
      'keys that a prototype without a prototype holds',
      Object.create(Object.assign(Object.create(null), { nameOverride: 'x' })),
      '',
      'expected a plain map, found one with a prototype of its own',
    ],
    [
      'a prototype that says it is of Object',
      { api: Object.create(Object.create(null, { constructor: { value: Object } })) },
      'api',
      'expected a plain map, found one with a prototype of its own',
    ],
    [
      'a getter',
      {
        get api() {
          return {};
        },
      },
      'api',
      'expected a value, found a getter',
    ],
    ['a proxy that throws', throwingProxy(new Error('boo')), '', 'found some that throws: Error: boo'],
    ['a proxy that throws nothing', throwingProxy(undefined), '', 'found some that throws: undefined'],
    ['a proxy that throws a symbol', throwingProxy(Symbol('s')), '', 'found some that throws: Symbol(s)'],
    [
      'a proxy that throws what has no text',
      throwingProxy(Object.create(null)),
      '',
      'found some that throws: what cannot be printed',
    ],
    [
      'a proxy that throws what throws',
      throwingProxy({
        toString: () => {
          throw new Error('again');
        },
      }),
      '',
      'found some that throws: what cannot be printed',
    ],
    [
      'a key that JavaScript treats specially',
      JSON.parse('{"__proto__": {}}'),
      '__proto__',
      'is not allowed',
    ],
  ])('%s', (_, data, path, message) => {
    const { problems } = valuesFrom('multi-node', untyped(data));
    expect(problems).toMatchObject([{ severity: 'error', path }]);
    expect(problems[0]?.message).toContain(message);
    expect(render(valuesFrom('multi-node', untyped(data)), release).manifests).toEqual([]);
  });

  test('data that contains itself', () => {
    expect(valuesFrom('multi-node', untyped(cyclic)).problems).toMatchObject([{ code: 'OutOfRange' }]);
  });

  test('data that contains itself twice ends, each time it meets itself', () => {
    const twice: Record<string, unknown> = {};
    twice.a = twice;
    twice.b = [twice];
    const { problems } = valuesFrom('multi-node', untyped({ api: twice }));
    expect(problems.map(({ path }) => path)).toEqual(['api.a', 'api.b[0]']);
    expect(problems[0]?.message).toBe('expected data that ends, found a map or list that contains itself');
  });

  test('data that shares its parts so often that nobody could walk it', () => {
    let shared: Record<string, unknown> = {};
    for (let level = 0; level < 40; level += 1) shared = { a: shared, b: shared };
    expect(valuesFrom('multi-node', untyped(shared)).problems).toMatchObject([{ code: 'OutOfRange' }]);
    expect(
      valuesFrom('multi-node', untyped({ api: { extraEnv: new Array(2 ** 32 - 1) } })).problems,
    ).not.toEqual([]);
  });

  test('a proxy that was revoked', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    for (const data of [proxy, { api: proxy }])
      expect(valuesFrom('multi-node', untyped(data)).problems).toMatchObject([
        { code: 'WrongType', path: '' },
      ]);
  });

  test('but not a map without prototype, or one of another realm', () => {
    const bare = Object.assign(Object.create(null), { nameOverride: 'x' });
    const foreign = runInNewContext("({ nameOverride: 'x', imagePullSecrets: [{ name: 'y' }] })");
    expect(valuesFrom('multi-node', bare).problems).toEqual([]);
    expect(valuesFrom('multi-node', foreign).problems).toEqual([]);
  });

  test('and are read once, so that what is rendered is what was checked', () => {
    let reads = 0;
    const moody = new Proxy(
      { nameOverride: '' },
      {
        getOwnPropertyDescriptor: (target, key) => {
          reads += 1;
          const value = reads === 1 ? 'edge' : 'x\n---\nkind: Secret';
          return { ...Reflect.getOwnPropertyDescriptor(target, key), value };
        },
        get: () => 'x\n---\nkind: Secret',
      },
    );
    const list = new Proxy([{ name: 'y' }], {
      get: (target, key, receiver) => {
        reads += key === '0' ? 1 : 0;
        return Reflect.get(target, key, receiver);
      },
    });
    const read = valuesFrom('multi-node', untyped(moody));
    expect({ reads, user: read.user, problems: read.problems }).toEqual({
      reads: 1,
      user: { nameOverride: 'edge' },
      problems: [],
    });
    expect(valuesFrom('multi-node', untyped({ imagePullSecrets: list })).problems).toEqual([]);
    expect(reads).toBe(2);
  });

  test('as many of them as a values file may hold', () => {
    const few = 10;
    const codes = (count: number) => {
      const numbers = new Array(count).fill(1);
      const text = `global: {numbers: [${numbers.join()}]}`;
      const read = [
        valuesFrom('multi-node', { global: { numbers } }),
        loadValues('multi-node', [{ kind: 'file', name: 'values.yaml', text }]),
      ];
      return read.map(({ problems }) => problems.map(({ code }) => code));
    };
    expect(codes(MAX_VALUES - few)).toEqual([[], []]);
    expect(codes(MAX_VALUES)).toEqual([['OutOfRange'], ['TooLarge']]);
  });
});

describe('a comparison with golden YAML', () => {
  const { manifests } = render(values, release);
  const golden = toYaml(manifests);

  test('does not take a document that is there twice for one', () => {
    const [first = ''] = golden.split(/^---\n/m).filter((text) => text !== '');
    const { equivalent, differences } = compareWithGolden(manifests, `${golden}---\n${first}`);
    expect({ equivalent, differences }).toEqual({
      equivalent: false,
      differences: ['ServiceAccount/default/r-kubebyon-api is in the golden file 2 times'],
    });
  });

  test('says in which field an object differs', () => {
    const other = golden.replace('replicas: 1', 'replicas: 7');
    expect(other).not.toBe(golden);
    expect(compareWithGolden(manifests, other).differences).toEqual([
      expect.stringMatching(
        /^Deployment\/default\/\S+ differs in spec\.replicas: 7 in the golden file, 1 rendered$/,
      ),
    ]);
  });

  test('names a key that every JavaScript object seems to have', () => {
    const labelled = render(valuesFrom('multi-node', { commonLabels: { toString: 'x' } }), release);
    expect(compareWithGolden(labelled.manifests, golden).differences[0]).toMatch(
      /differs in metadata\.labels\.toString: nothing in the golden file, "x" rendered$/,
    );
  });

  test('names a field that only one of them has', () => {
    const other = golden.replace(/^ {2}revisionHistoryLimit: 10\n/m, '');
    expect(compareWithGolden(manifests, other).differences).toEqual([
      expect.stringMatching(
        /differs in spec\.revisionHistoryLimit: nothing in the golden file, 10 rendered$/,
      ),
    ]);
  });
});
