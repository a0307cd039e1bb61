import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emitDocument, loadValues, type ValueSource, VERSION, validate } from '../../../src/index.ts';
import { type HelmVersion, helmVersions } from '../support/helm.ts';
import { type BatchJob, type Rendering, renderAll } from '../support/helm-batch.ts';
import { chartFolder, ownFolder, writeFiles } from './chart-folder.ts';
import { file, helmJob, KUBE_VERSION, RELEASE } from './helm-jobs.ts';
import { helmOutcome } from './outcome.ts';

/*
 * The differences between the supported Helms that values can meet, as docs/helm-versions.md lists them. What the
 * library makes of the same values stands beside each.
 */

type Answers = Readonly<Record<HelmVersion, string>>;

async function answers(job: BatchJob, read: (rendering: Rendering) => string): Promise<Answers> {
  const entries = helmVersions.map(async (version) => {
    const [rendering] = await renderAll(version, [job]);
    return [version, rendering === undefined ? 'nothing' : read(rendering)] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as Answers; // one entry for each version
}

/** The number of replicas of the API, or the kind of refusal. */
function replicas(rendering: Rendering): string {
  if (!rendering.ok) return helmOutcome(rendering).kind;
  return /^ {2}replicas: (\d+)$/m.exec(rendering.output)?.[1] ?? 'none';
}

function ofSources(...sources: readonly ValueSource[]): Promise<Answers> {
  return answers(helmJob('single-node', sources, RELEASE), replicas);
}

function codes(...sources: readonly ValueSource[]): readonly string[] {
  return validate(loadValues('single-node', sources), RELEASE).map(({ code }) => code);
}

const all = (answer: string): Answers => ({ '3.17': answer, '3.22': answer, '4.3': answer });

describe('Helm versions differ', () => {
  test('in a values file of two documents, which the library refuses', async () => {
    const source = file('api: {replicas: 2}\n---\napi: {replicas: 3}\n');
    expect(await ofSources(source)).toEqual({ '3.17': '2', '3.22': '2', '4.3': '3' });
    expect(codes(source)).toHaveLength(1);
  });

  test('in a directive before a values file, which the library refuses', async () => {
    const source = file('%YAML 1.1\n---\napi: {replicas: 2}\n');
    expect(await ofSources(source)).toEqual({ '3.17': '2', '3.22': '2', '4.3': 'unreadable' });
    expect(codes(source)).toHaveLength(1);
  });

  test('in --set-json without a key, which the library reads as Helm 4 does', async () => {
    const source = { kind: 'set-json', expression: '{"api":{"replicas":2}}' } as const;
    expect(await ofSources(source)).toEqual({ '3.17': 'unreadable', '3.22': 'unreadable', '4.3': '2' });
    expect(codes(source)).toEqual([]);
  });

  test('in the Kubernetes that they assume without a cluster', async () => {
    const { kubeVersion: _, ...job } = helmJob('single-node', [], RELEASE);
    const accepted = await answers(job, (rendering) => (rendering.ok ? 'ok' : rendering.error));
    expect(accepted).toMatchObject({ '3.22': 'ok', '4.3': 'ok' });
    expect(accepted['3.17']).toContain('chart requires kubeVersion: >=1.33.0-0');
  });

  test('in null of a parent chart, so that none may be in its values.yaml', async () => {
    const folder = join(ownFolder(), 'parent-with-null', 'parent');
    const child = 'kubebyon-single-node';
    const dependencies = [{ name: child, version: VERSION, repository: '' }];
    writeFiles(folder, [
      ['Chart.yaml', emitDocument({ apiVersion: 'v2', name: 'parent', version: '1.0.0', dependencies })],
      ['values.yaml', `${child}: {api: {replicas: null}}\n`],
    ]);
    cpSync(chartFolder('single-node'), join(folder, 'charts', child), { recursive: true });
    const job = { chart: folder, ...RELEASE, kubeVersion: KUBE_VERSION };
    expect(await answers(job, replicas)).toEqual({ '3.17': 'schema', '3.22': 'schema', '4.3': '1' });
  });
});

describe('Helm versions refuse alike, though in other words,', () => {
  test.each([
    [
      'a next-line character',
      'api: {extraVolumes: [{name: a, csi: {driver: b, volumeAttributes: {a: "\\N"}}}]}',
    ],
    [
      'a merge key that is quoted',
      'api: {extraVolumes: [{name: a, csi: {driver: b, volumeAttributes: {"<<": "a"}}}]}',
    ],
    [
      'a control character',
      'api: {extraVolumes: [{name: a, csi: {driver: b, volumeAttributes: {a: "\\x7f"}}}]}',
    ],
    [
      'a character that is none',
      'api: {extraVolumes: [{name: a, csi: {driver: b, volumeAttributes: {a: "\\uffff"}}}]}',
    ],
    ['a next-line character in a list', 'api: {extraEnv: [{name: A, value: "x\\x85"}]}'],
  ])('%s', async (_, text) => {
    expect(await ofSources(file(text))).toEqual(all('schema'));
    expect(codes(file(text))).toEqual(['BadFormat']);
  });

  test.each(['"\\x7f"', '"\\x85"', '"\\uffff"', '{"<<": {a: 1}}'])(
    'the text %s without the schema, where toYaml would lose it',
    async (value) => {
      const job = {
        ...helmJob('single-node', [file(`api: {extraEnv: [{name: A, value: ${value}}]}`)], RELEASE),
      };
      const told = await answers({ ...job, skipSchemaValidation: true }, (rendering) =>
        rendering.ok ? 'ok' : rendering.error,
      );
      for (const version of helmVersions) expect(told[version]).toContain('error BadFormat values: ');
    },
  );

  test('but not what another chart puts into global', async () => {
    const source = file('global: {other: "\\x85", "<<": {a: 1}}');
    expect(codes(source)).toEqual([]);
    expect(await ofSources(source)).toEqual(all('1'));
  });
});
