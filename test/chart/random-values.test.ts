import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chartNamed } from '../../src/chart/charts.ts';
import { hasErrors, type Manifest, render, toYaml, validate, valuesFrom } from '../../src/index.ts';
import type { Definition } from '../../src/values/definition.ts';
import { readDocuments } from '../../src/yaml/index.ts';
import { atLength } from '../support/at-length.ts';
import { CHARTS } from '../support/objects.ts';
import { leavesOf, type RandomCase, validCase, withValue } from '../support/random-values.ts';
import { apiServerProblems } from '../support/rules/api-server.ts';
import { modelProblems } from '../support/rules/models.ts';
import { releaseProblems } from '../support/rules/release.ts';
import { sameData } from '../support/same-data.ts';

const KINDS = [
  'ClusterRole',
  'ClusterRoleBinding',
  'ConfigMap',
  'CustomResourceDefinition',
  'DaemonSet',
  'Deployment',
  'Gateway',
  'HTTPRoute',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'Role',
  'RoleBinding',
  'Service',
  'ServiceAccount',
  'ServiceMonitor',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
];

const RUNS = { numRuns: 90, seed: 20261123 };

function rendered({ chart, values, release }: RandomCase) {
  const { manifests, problems } = render(valuesFrom(chart, values), release);
  return { manifests, objects: manifests.map(({ manifest }): Manifest => manifest), problems };
}

describe.each(CHARTS)('values of %s drawn from its definition', (chart) => {
  test('render to objects that Kubernetes accepts, and to YAML that reads back as them', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(validCase(chart), (aCase) => {
        const { manifests, objects, problems } = rendered(aCase);
        for (const { kind } of objects) kinds.add(kind);
        expect(hasErrors(problems)).toBe(false);
        expect(objects.flatMap(modelProblems)).toEqual([]);
        expect(objects.flatMap(apiServerProblems)).toEqual([]);
        expect(releaseProblems(objects)).toEqual([]);
        const read = readDocuments(toYaml(manifests), { file: 'rendered' });
        expect(read.ok && sameData(read.documents, objects)).toBe(true);
      }),
      RUNS,
    );
    // The draw reaches every switch of the chart.
    expect([...kinds].toSorted()).toEqual(KINDS);
  });

  test('with one broken value have exactly the problem of that value', () => {
    const broken = fc.tuple(validCase(chart), fc.constantFrom(...breakages(chartNamed(chart).values)));
    fc.assert(
      fc.property(broken, ([aCase, { path, value, code }]) => {
        const values = withValue(aCase.values, path, value);
        const problems = validate(valuesFrom(chart, values), aCase.release);
        const found = problems.map((problem) => `${problem.severity} ${problem.code} ${problem.path}`);
        expect(found).toEqual([`error ${code} ${path.join('.')}`]);
      }),
      { ...RUNS, numRuns: atLength(40, 120) },
    );
  });
});

interface Breakage {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly code: string;
}

/** Every way to break one value of a definition. */
function breakages(root: Definition): readonly Breakage[] {
  const leaves = leavesOf(root).flatMap(({ path, definition }) =>
    brokenValues(definition).map(([value, code]) => ({ path, value, code })),
  );
  return [...leaves, ...sectionsOf(root, []).flatMap(({ path, isOpen }) => brokenSections(path, isOpen))];
}

function brokenValues(
  definition: Exclude<Definition, { kind: 'group' }>,
): readonly (readonly [unknown, string])[] {
  switch (definition.kind) {
    case 'text':
      return [
        [1, 'WrongType'],
        [true, 'WrongType'],
        [['a'], 'WrongType'],
        [null, 'Required'],
        ['a\nb \u0007', 'BadFormat'],
      ];
    case 'choice':
      return [
        [false, 'WrongType'],
        [null, 'Required'],
        ['Nothing', 'NotAllowed'],
        ...(definition.words.includes('') ? [] : [['', 'NotAllowed'] as const]),
      ];
    case 'integer':
      return [
        ['10', 'WrongType'],
        [1.5, 'WrongType'],
        [null, 'Required'],
        [definition.minimum - 1, 'OutOfRange'],
        [definition.maximum + 1, 'OutOfRange'],
      ];
    case 'flag':
      return [
        ['true', 'WrongType'],
        [0, 'WrongType'],
        [null, 'Required'],
      ];
    case 'textMap':
      return [
        [[], 'WrongType'],
        ['a=b', 'WrongType'],
      ];
    case 'list':
      return [
        [{}, 'WrongType'],
        ['a', 'WrongType'],
      ];
    case 'amount':
      return [
        ['101%', 'BadFormat'],
        ['many', 'BadFormat'],
        [-1, 'OutOfRange'],
        [true, 'WrongType'],
      ];
    case 'fragment':
      return definition.shape === 'list'
        ? [[{ a: 1 }, 'WrongType']]
        : [
            [[], 'WrongType'],
            ['a', 'WrongType'],
          ];
  }
}

function brokenSections(path: readonly string[], isOpen: boolean): readonly Breakage[] {
  const unknown = { path: [...path, 'noSuchKey'], value: 1, code: 'UnknownKey' };
  const others =
    path.length === 0
      ? []
      : [
          { path, value: 'text', code: 'WrongType' },
          { path, value: null, code: 'Required' },
        ];
  return isOpen ? others : [unknown, ...others];
}

function sectionsOf(
  definition: Definition,
  path: readonly string[],
): readonly { readonly path: readonly string[]; readonly isOpen: boolean }[] {
  if (definition.kind !== 'group') return [];
  const inner = Object.entries(definition.fields).flatMap(([key, field]) =>
    sectionsOf(field, [...path, key]),
  );
  return [{ path, isOpen: definition.open }, ...inner];
}
