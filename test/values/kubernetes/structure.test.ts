import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonSchema } from '../../../src/index.ts';
import type { Finding } from '../../../src/values/check/finding.ts';
import { kubernetesDefinitions, presentSchema } from '../../../src/values/kubernetes/schema.ts';
import { checkShape } from '../../../src/values/kubernetes/structure.ts';
import { changedOnce } from '../../support/fragments/changed.ts';
import { drawnOf, TYPE_NAMES } from '../../support/fragments/drawn.ts';

const SEED = 20261127;

/** Control characters as JSON writes them, and those that it writes as they are. */
const CONTROL = /\\u00[01]|\\[btnfr]|[\u007f-\u009f\u2028\u2029\ufffe\uffff]|\\ud[89a-f]/u;

/** What the table of types says, without what only newer versions of Kubernetes know. */
function refusals(name: string, value: unknown): readonly Finding[] {
  const findings: Finding[] = [];
  checkShape(value, { kind: 'type', name }, ['piece'], { findings, onSound: () => {} });
  return findings.filter(({ severity }) => severity === 'error');
}

describe.each(TYPE_NAMES)('a piece of the type %s', (name) => {
  const schema = { definitions: kubernetesDefinitions([name]), ...presentSchema({ kind: 'type', name }) };
  const validate = new Ajv({ strict: false }).compile(schema);
  const one = drawnOf(name);
  const piece = fc.oneof(
    one,
    one.chain((start) => changedOnce(start, one)).map(({ value }) => value),
    fc.jsonValue(),
  );

  test('is taken by the table of types and by the schema that Helm checks, or by neither', () => {
    fc.assert(
      fc.property(piece, (value) => {
        // Control characters are the business of the table and of the template.
        fc.pre(!CONTROL.test(JSON.stringify(value)));
        expect(refusals(name, value).length === 0).toBe(validate(value));
      }),
      { seed: SEED, numRuns: 150 },
    );
  });
});

describe('the shape of a piece', () => {
  test('a misspelt key is told by the nearest one', () => {
    expect(refusals('EnvVar', { name: 'A', valeu: 'x' })).toMatchObject([
      { code: 'UnknownKey', path: ['piece', 'valeu'], hint: 'did you mean piece.value?' },
    ]);
  });

  test('null is nothing where a key may be left out, and a missing key where it may not', () => {
    expect(refusals('EnvVar', { name: 'A', value: null, valueFrom: null })).toEqual([]);
    expect(refusals('EnvVar', { name: null })).toMatchObject([{ code: 'Required', path: ['piece', 'name'] }]);
  });

  test('a field of newer versions is told once, with the version', () => {
    const findings: Finding[] = [];
    const value = { name: 'A', valueFrom: { fileKeyRef: { key: 'a', path: 'b', volumeName: 'c' } } };
    checkShape(value, { kind: 'type', name: 'EnvVar' }, [], { findings, onSound: () => {} });
    expect(findings).toMatchObject([
      { severity: 'warning', code: 'NeedsKubernetes', path: ['valueFrom', 'fileKeyRef'] },
    ]);
    expect(findings[0]?.message).toContain('1.34');
  });

  test('every type of the schema is described for editors', () => {
    const { definitions } = jsonSchema('multi-node') as {
      definitions: Record<string, { description?: string }>;
    };
    const types = Object.entries(definitions).filter(([name]) => /^[A-Z]/.test(name));
    expect(types.length).toBeGreaterThan(80);
    expect(types.filter(([, { description = '' }]) => description === '').map(([name]) => name)).toEqual([]);
  });
});
