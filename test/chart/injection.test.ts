import { describe, expect, test } from 'vitest';
import { chartNamed } from '../../src/chart/charts.ts';
import { hasErrors, type Manifest, type Problem, render, toYaml, valuesFrom } from '../../src/index.ts';
import type { Grammar } from '../../src/values/grammar.ts';
import type { PlainMap } from '../../src/values/load/index.ts';
import { readDocuments } from '../../src/yaml/index.ts';
import { USUAL_RELEASE } from '../support/cases.ts';
import { gatewayValues, PLATFORM } from '../support/objects.ts';
import { leavesOf, withValue } from '../support/random-values.ts';
import { dig, digList } from '../support/rules/dig.ts';
import { sameData } from '../support/same-data.ts';

/** Texts that break out of a careless template, YAML writer, shell or log. */
const INJECTIONS: readonly string[] = [
  'a\nb: c',
  'a\n---\napiVersion: v1\nkind: Secret',
  '---',
  '...',
  '\n',
  'a\r\nb',
  '"',
  "'",
  '"}, "x": {"',
  "' , 'x': '",
  '\\"',
  '\\',
  '{{ .Values.global }}',
  '{{- fail "x" }}',
  '{{ include "kubebyon.x" . }}',
  '}}',
  '{{/*',
  '#',
  'a #b',
  'a: b',
  ': ',
  '- a',
  '? a',
  '[a, b]',
  '{a: b}',
  '&a',
  '*a',
  '!!binary aGk=',
  '!include x',
  '|',
  '>-',
  '%YAML 1.1',
  '@a',
  '`a`',
  '<<',
  '$(id)',
  '$\u007bHOME}',
  '; rm -rf /',
  '../../etc/passwd',
  'a,b=c',
  '\t',
  ' a ',
  '\u0000',
  'a\u0007b',
  '\u001b[31m',
  '\u007f',
  '\u0085',
  '\u2028',
  '\u2029',
  '\ufeff',
  '\ufffe',
  '\ud800',
  '\u202etxt',
  '😀',
  '中文',
  'yes',
  'off',
  'null',
  '~',
  '1e3',
  '0x1f',
  '1_000',
  '2026-01-01',
  '12:30:45',
  '.inf',
  'constructor',
  'toString',
  '__proto__',
  'x'.repeat(5000),
  `${'x\n'.repeat(500)}`,
];

/** Everything on, so that every value is read by something. */
const EVERYTHING = gatewayValues(
  {
    platform: PLATFORM,
    workload: {
      enabled: true,
      tls: { enabled: true },
      certManager: {
        enabled: true,
        issuerRef: { name: 'a' },
        selfManaged: { enabled: true, issuerRef: { name: 'b' } },
      },
      allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels: { a: 'b' } } } },
      podCIDRRoute: { enabled: true },
    },
  },
  { web: { enabled: true }, edgeController: { enabled: true, serviceMonitor: { enabled: true } } },
);

/** The settings that read a value. */
function baseOf([section]: readonly string[]): PlainMap {
  return section === 'haproxy' ? {} : EVERYTHING;
}

const leaves = leavesOf(chartNamed('multi-node').values);

function rendered(values: PlainMap): {
  readonly problems: readonly Problem[];
  readonly objects: readonly Manifest[];
} {
  const { manifests, problems } = render(valuesFrom('multi-node', values), USUAL_RELEASE);
  const objects = manifests.map(({ manifest }) => manifest);
  if (hasErrors(problems)) return { problems, objects };
  const read = readDocuments(toYaml(manifests), { file: 'rendered' });
  expect(read.ok && sameData(read.documents, objects)).toBe(true);
  return { problems, objects };
}

/** Data with every scalar taken out: only which objects, keys and elements there are. */
function shapeOf(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(shapeOf);
  if (typeof data !== 'object' || data === null) return null;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, shapeOf(value)]));
}

/** Every text and every key in data. */
function textsOf(data: unknown, collect: (text: string, isKey: boolean) => void): void {
  if (typeof data === 'string') collect(data, false);
  else if (typeof data === 'object' && data !== null) {
    for (const [key, value] of Object.entries(data)) {
      if (!Array.isArray(data)) collect(key, true);
      textsOf(value, collect);
    }
  }
}

function holdsText(data: unknown, wanted: string): boolean {
  let found = false;
  textsOf(data, (text, isKey) => {
    found ||= !isKey && text.includes(wanted);
  });
  return found;
}

function holdsKey(data: unknown, wanted: string): boolean {
  let found = false;
  textsOf(data, (text, isKey) => {
    found ||= isKey && text === wanted;
  });
  return found;
}

const REFUSALS = ['BadFormat', 'OutOfRange', 'NotAllowed'];

/** What is rendered with something harmless at a path, by path. */
const usualShapes = new Map<string, unknown>();

function usualShape(path: readonly string[]): unknown {
  const key = path.join('.');
  const known = usualShapes.get(key);
  if (known !== undefined) return known;
  const harmless = HARMLESS[path.at(-1) ?? ''] ?? 'harmless';
  const made = shapeOf(objectsWith(withValue(baseOf(path), path, harmless)));
  usualShapes.set(key, made);
  return made;
}

function objectsWith(values: PlainMap): readonly Manifest[] | undefined {
  const { manifests, problems } = render(valuesFrom('multi-node', values), USUAL_RELEASE);
  return hasErrors(problems) ? undefined : manifests.map(({ manifest }) => manifest);
}

/** Texts that are not rendered: those of the test Pod, and the profile of the other address mode. */
const NOT_RENDERED = /^(tests\.image\.|gatewayAPI\.gatewayClassProfiles\.shared$)/;

/** Sets a text; it is refused, or comes out whole while the objects stay the same but for their texts. */
function expectContained(path: readonly string[], injection: string): void {
  const objects = objectsWith(withValue(baseOf(path), path, injection));
  if (objects === undefined) return;
  expect(shapeOf(objects)).toEqual(usualShape(path));
  if (!holdsText(objects, injection)) expect(path.join('.')).toMatch(NOT_RENDERED);
}

/** Something that is allowed where a plain word is not. */
const HARMLESS: Readonly<Record<string, string>> = {
  kind: 'Issuer',
  digest: `sha256:${'a'.repeat(64)}`,
  hostname: 'harmless.example.com',
  apiBaseURL: 'https://example.com',
  nextPublicAPIBaseURL: 'https://example.com',
};

const maps = leaves.flatMap(({ path, definition }) =>
  definition.kind === 'textMap' ? [{ path, definition }] : [],
);

/** Everything on, with every map set to something of its own. */
function withMaps(contents: (index: number) => Readonly<Record<string, string>>): PlainMap {
  return maps.reduce((values, { path }, index) => withValue(values, path, contents(index)), EVERYTHING);
}

describe.each(INJECTIONS.map((injection) => [JSON.stringify(injection).slice(0, 40), injection] as const))(
  'the text %s',
  (_title, injection) => {
    test('in every free text of the values is refused there, or comes out as that one text', () => {
      const texts = leaves.flatMap(({ path, definition }) =>
        definition.kind === 'text' ? [{ path, grammar: definition.grammar }] : [],
      );
      expect(texts.length).toBeGreaterThan(40);
      const all = texts.reduce((values, { path }) => withValue(values, path, injection), EVERYTHING);
      const refused = new Set(
        valuesFrom('multi-node', all)
          .problems.filter(({ code }) => REFUSALS.includes(code))
          .map(({ path }) => path),
      );
      for (const { path } of texts) if (!refused.has(path.join('.'))) expectContained(path, injection);
    });

    test('in every map of texts is refused there, or comes out as that one text of its key', () => {
      const keyOf = (index: number) => `m${index}.example.com/k`;
      const attacked = valuesFrom(
        'multi-node',
        withMaps((index) => ({ [keyOf(index)]: injection })),
      );
      const refused = attacked.problems.map(({ path }) => path);
      const contents = (index: number, text: string) =>
        allows(maps[index]?.definition.texts, injection) ? { [keyOf(index)]: text } : {};
      const { objects } = rendered(withMaps((index) => contents(index, injection)));
      expect(shapeOf(objects)).toEqual(shapeOf(rendered(withMaps((index) => contents(index, 'v'))).objects));
      maps.forEach(({ path, definition }, index) => {
        if (allows(definition.texts, injection)) expect(holdsKey(objects, keyOf(index))).toBe(true);
        else expect(refused.some((at) => at.startsWith(`${path.join('.')}.m${index}\\.`))).toBe(true);
      });
    });

    test('as a key of every map of texts is refused there, or comes out as that one key', () => {
      const values = withMaps((index) => Object.fromEntries([[injection, `v${index}`]]));
      const { problems } = valuesFrom('multi-node', values);
      const [first] = maps;
      if (allows(first?.definition.keys, injection) && injection !== 'constructor') {
        expect(problems).toEqual([]);
        const { objects } = rendered(values);
        maps.forEach(({ path }, index) => {
          // Of one key in both, the Nodes that get routes win over the Nodes of the agent.
          if (path.join('.') !== 'routeAgent.nodeSelector')
            expect(holdsText(objects, `v${index}`)).toBe(true);
        });
        expect(holdsKey(objects, injection)).toBe(true);
      } else {
        expect(problems.map(({ code }) => code)).toEqual(maps.map(() => 'BadFormat'));
      }
    });

    test('in a piece of a manifest is refused there, or comes out as that one text and that one key', () => {
      const volume = {
        name: 'own',
        csi: { driver: 'csi.example.com', volumeAttributes: { [injection]: injection } },
      };
      const pieces: readonly (readonly [readonly string[], unknown])[] = [
        [['api', 'extraVolumes'], [volume]],
        [['api', 'extraContainers'], [{ name: 'own', image: 'own', args: [injection] }]],
        [['api', 'extraEnv'], [{ name: 'OWN', value: injection }]],
      ];
      const values = pieces.reduce((all, [path, piece]) => withValue(all, path, piece), EVERYTHING);
      const { problems, objects } = rendered(values);
      if (hasErrors(problems)) {
        expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['BadFormat']));
      } else {
        expect(holdsKey(volumesOf(objects), injection)).toBe(true);
        for (const place of [volumesOf(objects), containersOf(objects), environmentOf(objects)])
          expect(holdsText(place, injection)).toBe(true);
      }
    });

    test('in an element of a list is refused there, or comes out as that one text', () => {
      const elements: readonly (readonly [readonly string[], (text: string) => unknown])[] = [
        [['imagePullSecrets'], (name) => ({ name })],
        [['global', 'imagePullSecrets'], (name) => ({ name })],
        [['gatewayAPI', 'addresses'], (value) => ({ type: 'Hostname', value })],
        [['gatewayAPI', 'platform', 'addresses'], (value) => ({ type: 'IPAddress', value })],
        [['routeAgent', 'protectedCIDRs'], (text) => text],
      ];
      for (const [path, element] of elements) {
        const values = withValue(EVERYTHING, path, [element(injection)]);
        const { problems } = valuesFrom('multi-node', values);
        if (problems.length > 0) expect(REFUSALS).toContain(problems[0]?.code);
        else expect(holdsText(objectsWith(values), injection)).toBe(true);
      }
    });

    test('under global is refused, or changes nothing', () => {
      const values = withValue(EVERYTHING, ['global', 'other'], { [injection]: injection });
      expect(objectsWith(values) ?? objectsWith(EVERYTHING)).toEqual(objectsWith(EVERYTHING));
    });

    test('as release name and namespace is refused, or comes out in names only', () => {
      for (const release of [
        { name: injection, namespace: 'kubebyon-system' },
        { name: 'kubebyon', namespace: injection },
      ]) {
        const { manifests, problems } = render(valuesFrom('multi-node', EVERYTHING), release);
        if (hasErrors(problems)) {
          expect(problems.map(({ code }) => code)).toContain(
            release.name === injection ? 'ReleaseNameUnfit' : 'NamespaceUnfit',
          );
          continue;
        }
        expect(shapeOf(manifests)).toEqual(
          shapeOf(render(valuesFrom('multi-node', EVERYTHING), USUAL_RELEASE).manifests),
        );
      }
    });
  },
);

const volumesOf = (objects: readonly Manifest[]) =>
  objects.map((object) => dig(object, 'spec', 'template', 'spec', 'volumes'));
const containersOf = (objects: readonly Manifest[]) =>
  objects.map((object) => dig(object, 'spec', 'template', 'spec', 'containers'));
const environmentOf = (objects: readonly Manifest[]) =>
  objects.map((object) =>
    digList(object, 'spec', 'template', 'spec', 'containers').map((each) => dig(each, 'env')),
  );

function allows(grammar: Grammar | undefined, text: string): boolean {
  if (grammar === undefined || !text.isWellFormed()) return false;
  const { pattern, maxLength } = grammar;
  return [...text].length <= maxLength && new RegExp(pattern).test(text);
}

test('the shape of data tells another key, element or object', () => {
  expect(shapeOf({ a: ['x'] })).toEqual(shapeOf({ a: ['y'] }));
  expect(shapeOf({ a: ['x'] })).not.toEqual(shapeOf({ a: ['x'], b: 1 }));
  expect(shapeOf({ a: ['x'] })).not.toEqual(shapeOf({ a: ['x', 'y'] }));
});
