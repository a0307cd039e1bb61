import fc from 'fast-check';
import { type ChartName, chartNamed } from '../../../src/chart/charts.ts';
import type { Definition, FragmentDefinition, ListDefinition } from '../../../src/values/definition.ts';
import { FRAGMENT_KEY, FRAGMENT_TEXT, type Grammar, IPV4, IPV6 } from '../../../src/values/grammar.ts';
import { changedOnce } from '../../support/fragments/changed.ts';
import { drawnOf } from '../../support/fragments/drawn.ts';
import { VALID } from '../../support/fragments/valid.ts';
import { HOSTILE_STRINGS } from '../../support/random-data.ts';

/** One value and where it stands; values are lists of them, so that a failure shrinks by leaving some out. */
export interface Assignment {
  readonly path: readonly string[];
  readonly value: unknown;
}

export interface RandomOptions {
  /** Whether pieces of manifests that are passed through are set as well; true unless given. */
  readonly fragments?: boolean;
  /** Whether some values break the schema; false unless given. */
  readonly broken?: boolean;
}

/** Values of a chart as a user could write them: some entries turned on, some keys set at random. */
export function randomValues(chart: ChartName, options: RandomOptions = {}): fc.Arbitrary<object> {
  const keys = keysOf(chartNamed(chart).values, [], options.fragments ?? true);
  const good = keys.map(({ path, definition }) =>
    valuesOf(definition, path.at(-1)).map((value) => ({ path, value })),
  );
  const assignments = fc.tuple(
    fc.subarray(ENTRIES).map((entries) => entries.flat()),
    fc.array(fc.oneof(...good), { maxLength: 12 }),
    options.broken === true
      ? fc.array(brokenAssignment(keys), { minLength: 1, maxLength: 3 })
      : fc.constant([]),
  );
  return assignments.map(([entries, own, bad]) => assemble([...entries, ...own, ...bad]));
}

/** Puts assignments together; a later one wins, and what stands in its way goes. */
function assemble(assignments: readonly Assignment[]): object {
  const values: Record<string, unknown> = {};
  for (const { path, value } of assignments) {
    let at = values;
    for (const key of path.slice(0, -1)) {
      const inner = at[key];
      at = at[key] = isMap(inner) ? inner : {};
    }
    const last = path.at(-1);
    if (last !== undefined) at[last] = value;
  }
  return values;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function assign(path: string, value: unknown): Assignment {
  return { path: path.split('.'), value };
}

const WORKLOAD = 'gatewayAPI.workload';

/** What turns a feature on with all it needs, as keys drawn one by one hardly ever would. */
const ENTRIES: Assignment[][] = [
  [assign('publicAccess.provider', 'gatewayapi')],
  [
    assign('publicAccess.provider', 'gatewayapi'),
    assign('gatewayAPI.platform.enabled', true),
    assign('gatewayAPI.platform.hostname', 'kubebyon.example.com'),
    assign('gatewayAPI.platform.tlsSecretName', 'platform-tls'),
  ],
  [
    assign('web.enabled', true),
    assign('publicAccess.provider', 'gatewayapi'),
    assign('gatewayAPI.platform.enabled', true),
    assign('gatewayAPI.platform.hostname', 'kubebyon.example.com'),
    assign('gatewayAPI.platform.tlsSecretName', 'platform-tls'),
  ],
  [assign('publicAccess.provider', 'gatewayapi'), assign(`${WORKLOAD}.enabled`, true)],
  [
    assign('publicAccess.provider', 'gatewayapi'),
    assign(`${WORKLOAD}.enabled`, true),
    assign(`${WORKLOAD}.podCIDRRoute.enabled`, true),
  ],
  [
    assign(`${WORKLOAD}.tls.enabled`, true),
    assign(`${WORKLOAD}.certManager.enabled`, true),
    assign(`${WORKLOAD}.certManager.issuerRef.name`, 'letsencrypt'),
  ],
  [assign('api.hostNetwork', true)],
];

interface Key {
  readonly path: readonly string[];
  readonly definition: Definition;
}

function keysOf(definition: Definition, path: readonly string[], fragments: boolean): readonly Key[] {
  if (definition.kind === 'fragment' && !fragments) return [];
  if (definition.kind !== 'group') return [{ path, definition }];
  return Object.entries(definition.fields).flatMap(([key, field]) =>
    keysOf(field, [...path, key], fragments),
  );
}

/** Values that a definition allows. */
function valuesOf(definition: Definition, key = ''): fc.Arbitrary<unknown> {
  switch (definition.kind) {
    case 'text':
      return textOf(definition.grammar);
    case 'integer': {
      const { minimum: min, maximum: max } = definition;
      return fc.oneof(fc.constantFrom(min, max), fc.integer({ min, max }));
    }
    case 'flag':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...definition.words);
    case 'textMap':
      return fc.dictionary(textOf(definition.keys), textOf(definition.texts), {
        maxKeys: Math.min(3, definition.maxEntries),
      });
    case 'list':
      return listOf(definition);
    case 'amount':
      return fc.oneof(fc.integer({ min: 1, max: 99 }), fc.constantFrom('25%', '100%'));
    case 'fragment':
      return fragmentOf(definition, key);
    case 'group': {
      const fields = Object.entries(definition.fields).map(
        ([key, field]) => [key, valuesOf(field, key)] as const,
      );
      return fc.record(Object.fromEntries(fields));
    }
  }
}

function listOf({ element, elementRules }: ListDefinition<Definition>): fc.Arbitrary<unknown> {
  // The only list with rules of its own is that of addresses, whose type decides what the value may be.
  const elements = elementRules.length === 0 ? valuesOf(element) : ADDRESS;
  return fc.uniqueArray(elements, { maxLength: 3, selector: (item) => JSON.stringify(item) });
}

const ADDRESS = fc.oneof(
  fc.record({
    type: fc.constant('IPAddress'),
    value: fc.oneof(fc.ipV4(), fc.constantFrom('2001:db8::1', '::1', 'fd00:0:0:0:0:0:0:1')),
  }),
  fc.record({ type: fc.constant('Hostname'), value: fc.constantFrom('lb.example.com', 'a-1.b') }),
);

const texts = new Map<string, fc.Arbitrary<string>>();

/** Texts of a grammar: those that some YAML reader takes for something else, and whatever the pattern allows. */
function textOf({ pattern, maxLength }: Grammar): fc.Arbitrary<string> {
  const key = `${pattern} ${maxLength}`;
  const known = texts.get(key);
  if (known !== undefined) return known;
  const regexp = new RegExp(pattern, 'u');
  const allowed = (text: string) => regexp.test(text) && [...text].length <= maxLength;
  const hostile = [...HOSTILE_STRINGS, ...WELL_FORMED].filter(allowed);
  const matching = isAddressPattern(pattern)
    ? fc.oneof(fc.ipV4(), fc.constantFrom('10.0.0.0/8', 'fd00::/8', '2001:db8::1/128', '::')).filter(allowed)
    : fc.stringMatching(regexp, { size: 'small' }).filter(allowed);
  const made = hostile.length === 0 ? matching : fc.oneof(fc.constantFrom(...hostile), matching);
  texts.set(key, made);
  return made;
}

/** These patterns are long alternatives, which a generator from patterns takes very long for. */
function isAddressPattern(pattern: string): boolean {
  return pattern.includes(IPV4) || pattern.includes(IPV6);
}

/** Texts of grammars that no hostile text fits, and the longest ones. */
const WELL_FORMED: readonly string[] = [
  `sha256:${'0123456789abcdef'.repeat(4)}`,
  ...['https://api.example.com', 'http://[::1]:8080/a?b=%20#c', 'images.example.com:5000/team/api', 'api'],
  ...['example.com/team', 'app.kubernetes.io/part-of', 'eg', 'a'.repeat(63), 'a'.repeat(253), 'a.b'],
  ...[
    'kubebyon.example.com',
    'ClusterIssuer',
    'Issuer',
    'cert-manager.io',
    'v1.10',
    '1.0',
    '0x10',
    'on',
    'y',
  ],
];

const fragmentKey = textOf(FRAGMENT_KEY);

/** Pieces that Kubernetes takes, drawn ones, and both with one change. */
function fragmentOf({ shape, of }: FragmentDefinition, key: string): fc.Arbitrary<unknown> {
  const one = drawnOf(of);
  const drawn = shape === 'list' ? fc.array(one, { maxLength: 2 }) : one;
  const valid = VALID[key] ?? [];
  const piece =
    valid.length === 0 ? drawn : fc.oneof({ arbitrary: fc.constantFrom(...valid), weight: 4 }, drawn);
  const changed = piece.chain((start) => changedOnce(start, one)).map(({ value }) => value);
  return fc.oneof(
    { arbitrary: piece, weight: 4 },
    { arbitrary: changed.filter((value) => value !== null), weight: 1 },
  );
}

/** Integers that a double may have lost digits of are refused when they are read. */
function isExact(number: number): boolean {
  return !Number.isInteger(number) || Number.isSafeInteger(number);
}

/** Any data whose texts are allowed, with keys of one kind. */
function dataWith(key: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  return fc.letrec<{ data: unknown }>((tie) => ({
    data: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      textOf(FRAGMENT_TEXT),
      fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).filter(isExact)),
      fc.constantFrom(true, false, null),
      fc.array(tie('data'), { maxLength: 3 }),
      fc.dictionary(key, tie('data'), { maxKeys: 3, noNullPrototype: true }),
    ),
  })).data;
}

/** A key that is unknown, missing, of another type or out of its bounds. */
function brokenAssignment(keys: readonly Key[]): fc.Arbitrary<Assignment> {
  const sections = keys.map(({ path }) => path.slice(0, -1));
  const anywhere = fc.constantFrom(
    ...keys.map(({ path }) => path),
    ...sections.filter(({ length }) => length > 0),
  );
  return fc.oneof(
    fc.tuple(anywhere, brokenValue).map(([path, value]) => ({ path, value })),
    fc
      .tuple(fc.constantFrom(...sections), brokenKey, brokenValue)
      .map(([path, key, value]) => ({ path: [...path, key], value })),
  );
}

/** Helm's messages do not escape a backslash at the end of a key, so such a key could not be found in them. */
const tellableKey = fragmentKey.filter((key) => !key.includes('\\'));

const brokenKey = fc.oneof(
  fc.constantFrom('enable', 'Name', '<<', "it's", 'a/b', 'a~b', 'a.b', 'x y'),
  tellableKey,
);

const brokenValue = fc.oneof(
  fc.constantFrom<unknown[]>(
    null,
    true,
    'true',
    '',
    'Yes',
    0,
    -1,
    1.5,
    65_536,
    1e21,
    '8080',
    [],
    {},
    [null],
    [{}],
  ),
  fc.constantFrom(...HOSTILE_STRINGS),
  dataWith(tellableKey),
);
