import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

import { helm, helmVersions, type TemplateJob, templateArguments } from '../support/helm.ts';
import { type Rendering, renderAll } from '../support/helm-batch.ts';
import { inParallel } from '../support/parallel.ts';

const folder = mkdtempSync(join(tmpdir(), 'kubebyon-helm-batch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function valuesFile(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const chart = fileURLToPath(new URL('fixtures/sample-chart', import.meta.url));
const plain: TemplateJob = { chart, name: 'first', namespace: 'default' };
const jobs: Readonly<Record<string, TemplateJob>> = {
  defaults: plain,
  'another name and namespace': { ...plain, name: 'a.b', namespace: 'other' },
  'two values files': {
    ...plain,
    valueFiles: [
      valuesFile('one.yaml', 'text: one\nnested: {right: null}\n'),
      valuesFile('two.yaml', 'nested: {left: y}\ncount: 0x10\n'),
    ],
  },
  'every flag that sets values': {
    ...plain,
    set: ['count=5,list[1]=x', 'a.b=null'],
    setString: ['text=007'],
    setJson: ['nested={"left":{"x":[1.5,null]}}'],
    setFile: [`file=${valuesFile('text.txt', 'one\ntwo\n')}`],
    setLiteral: ['literal=a,b=c'],
  },
  'a removed subchart': { ...plain, set: ['part.enabled=false'] },
  'an upgrade': { ...plain, isUpgrade: true },
  'custom resource definitions': { ...plain, includeCrds: true },
  'no hooks': { ...plain, noHooks: true },
  'no tests': { ...plain, skipTests: true },
  'another Kubernetes with the Gateway API': {
    ...plain,
    kubeVersion: '1.31.4',
    apiVersions: ['gateway.networking.k8s.io/v1', 'cert-manager.io/v1'],
  },
  'a refusal by the schema': { ...plain, set: ['count=101'] },
  'a skipped schema': { ...plain, set: ['count=101'], skipSchemaValidation: true },
  'a failing template': { ...plain, set: ['fail=not like this'] },
  'values that are no YAML': { ...plain, valueFiles: [valuesFile('bad.yaml', 'a: [\n')] },
  'a values file that is not there': { ...plain, valueFiles: [join(folder, 'absent.yaml')] },
  'a name that is no release name': { ...plain, name: 'Upper_Case' },
  'a chart that is not there': { ...plain, chart: join(folder, 'absent') },
  'a bad Kubernetes version': { ...plain, kubeVersion: 'x.y' },
};

async function renderByCommand(version: (typeof helmVersions)[number], job: TemplateJob): Promise<Rendering> {
  const { code, stdout, stderr } = await helm(version, templateArguments(job));
  if (code === 0) return { ok: true, output: stdout };
  const error = stderr.slice(stderr.indexOf('Error: ') + 'Error: '.length).replace(/\n$/, '');
  return { ok: false, error };
}

describe.each(helmVersions)('the batch renderer of Helm %s', (version) => {
  test('gives byte for byte what the helm command gives', async () => {
    const names = Object.keys(jobs);
    const inBatch = await renderAll(version, Object.values(jobs));
    const byCommand = await inParallel(Object.values(jobs), (job) => renderByCommand(version, job));

    const named = (renderings: readonly Rendering[]) =>
      Object.fromEntries(names.map((name, i) => [name, renderings[i]]));
    expect(named(inBatch)).toEqual(named(byCommand));
    expect(inBatch.filter(({ ok }) => ok)).toHaveLength(11);
  });

  test('reads a values file given as text like the same file on disk', async () => {
    const text = 'text: "a\\u2028b"\ncount: 010\nnested: {left: ~}\n';
    const [inline, onDisk] = await renderAll(version, [
      { ...plain, inline: ['count: 1\n', text], valueFiles: ['inline:1'] },
      { ...plain, valueFiles: [valuesFile('text.yaml', text)] },
    ]);
    expect(inline).toEqual(onDisk);
    expect(inline).toMatchObject({ ok: true });
  });

  test('goes on after a failure and answers in the order asked', async () => {
    const orders = Array.from({ length: 200 }, (_, i) => i);
    const answers = await renderAll(
      version,
      orders.map((i) => ({ ...plain, set: [i % 3 === 0 ? 'count=x' : `text=number-${i}`] })),
    );
    for (const [i, answer] of answers.entries()) {
      if (i % 3 === 0) expect(answer.ok).toBe(false);
      else expect(answer.ok && answer.output).toContain(`number-${i}\\"`);
    }
  });
});
