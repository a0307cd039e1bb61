import { describe, expect, test } from 'vitest';
import type { Rendering } from '../support/helm-batch.ts';
import { renderAll } from '../support/helm-batch.ts';
import { file, helmJob, RELEASE } from './helm-jobs.ts';
import { difference, helmOutcome, ourOutcome } from './outcome.ts';
import { schemaRefusal } from './schema-refusal.ts';

async function rendered(text: string): Promise<Rendering> {
  const [rendering] = await renderAll('4.3', [helmJob('single-node', [file(text)], RELEASE)]);
  if (rendering === undefined) throw new Error('no answer');
  return rendering;
}

function ours(text: string) {
  return ourOutcome('single-node', [file(text)], RELEASE);
}

describe('the comparison of the library with Helm finds', () => {
  test.each([
    ['another field', '', 'api: {replicas: 2}'],
    ['another type of a field', 'commonAnnotations: {a: "1"}', 'commonAnnotations: {a: "01"}'],
    ['an object more', 'rbac: {create: false}', ''],
    ['a refusal by the schema', '', 'api: {replicas: x}'],
    ['another path of a refusal', 'web: {replicas: x}', 'api: {replicas: x}'],
    ['one path of two missing', 'api: {replicas: x, nope: 1}', 'api: {replicas: x}'],
    ['a refusal by a constraint', '', 'web: {enabled: true}'],
    ['another constraint', 'gatewayAPI: {platform: {enabled: true}}', 'web: {enabled: true}'],
    [
      'one constraint of two missing',
      'web: {enabled: true, service: {create: false}}',
      'web: {enabled: true}',
    ],
    ['values that cannot be read', '', 'a: ['],
  ])('%s', async (_, one, other) => {
    expect(difference(ours(one), helmOutcome(await rendered(other)))).toBeDefined();
    expect(difference(ours(other), helmOutcome(await rendered(one)))).toBeDefined();
    expect(difference(ours(one), helmOutcome(await rendered(one)))).toBeUndefined();
  });

  test('another order of the same objects', async () => {
    const rendering = await rendered('');
    const documents = rendering.ok ? rendering.output.split(/^---\n/m).filter(Boolean) : [];
    const output = documents.toReversed().join('\n---\n');
    expect(difference(ours(''), helmOutcome({ ok: true, output }))).toContain('Helm renders');
  });
});

const head = "values don't meet the specifications of the schema(s) in the following chart(s):\nc:\n";

describe('a refusal by the schema is read', () => {
  test('in the words of Helm 3.17', () => {
    const lines = [
      '- (root): Additional property zzz is not allowed',
      '- sec: host is required',
      '- sec.l.1: k is required',
      '- tls: Must validate "then" as "if" was valid',
      '- sec.n: Must be greater than or equal to 1',
      '- (root): web is required',
    ];
    const paths = ['sec.host', 'sec.l.1.k', 'sec.n', 'web', 'zzz'];
    expect(schemaRefusal(head + lines.join('\n'))).toEqual({ kind: 'schema', paths });
  });

  test('in the words of Helm 3.22 and 4.3', () => {
    const lines = [
      "- at '': additional properties 'zzz', 'it\\'s' not allowed",
      "- at '/sec': validation failed",
      "  - at '/sec': missing properties 'host', 'port'",
      "  - at '/sec/l': 'allOf' failed",
      "    - at '/sec/l/1': got number, want string",
      "- at '/labels/a~1b': 'x y' does not match pattern '^[a-z]$'",
    ];
    const paths = ["it's", 'labels.a/b', 'sec.host', 'sec.l.1', 'sec.port', 'zzz'];
    expect(schemaRefusal(head + lines.join('\n'))).toEqual({ kind: 'schema', paths });
  });

  test('or not at all, when a line is unknown', () => {
    expect(() => schemaRefusal(`${head}- something else`)).toThrow('unknown line');
    expect(schemaRefusal('another message')).toBeUndefined();
  });
});
