import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ChartName, emitDocument, loadValues, VERSION } from '../../../src/index.ts';
import { readCases } from '../../support/cases.ts';
import { helmVersions } from '../support/helm.ts';
import { type BatchJob, renderAll } from '../support/helm-batch.ts';
import { chartFolder, ownFolder, writeFiles } from './chart-folder.ts';
import { file, KUBE_VERSION, RELEASE } from './helm-jobs.ts';
import { difference, helmOutcome, type Outcome, ourOutcome } from './outcome.ts';

const PARENT = 'platform';
const CHILD = 'kubebyon-multi-node';
const chart: ChartName = 'multi-node';

/** A chart that has ours as a dependency, which a key of its own turns on and off. */
function parentChart(condition: string): string {
  const folder = join(ownFolder(), condition, PARENT);
  writeFiles(folder, [
    [
      'Chart.yaml',
      emitDocument({
        apiVersion: 'v2',
        name: PARENT,
        version: '1.0.0',
        dependencies: [{ name: CHILD, version: VERSION, condition, repository: '' }],
      }),
    ],
    ['values.yaml', emitDocument({ [CHILD]: {}, kubebyon: { enabled: true } })],
  ]);
  cpSync(chartFolder(chart), join(folder, 'charts', CHILD), { recursive: true });
  return folder;
}

function job(folder: string, values: object): BatchJob {
  return {
    chart: folder,
    ...RELEASE,
    kubeVersion: KUBE_VERSION,
    noHooks: true,
    inline: [emitDocument(values)],
    valueFiles: ['inline:0'],
  };
}

/** The library's outcome with the paths that a chart has inside another. */
function asSubchart(outcome: Outcome): Outcome {
  if (outcome.kind !== 'objects') return outcome;
  const objects = outcome.objects.map(({ source, object }) => ({
    source: `${PARENT}/charts/${source}`,
    object,
  }));
  return { kind: 'objects', objects };
}

/** Cases by what their files say; those that no file can hold as the section of another are left out. */
const sections = readCases()
  .filter((each) => each.chart === chart && !each.name.startsWith('class-'))
  .flatMap(({ name, values }) => {
    const { user, problems } = loadValues(chart, [file(values)]);
    return problems.some(({ line }) => line === null) ? [] : [{ name, section: user }];
  });

const GLOBAL = {
  imageRegistry: 'images.example.com',
  imagePullSecrets: [{ name: 'registry' }],
  storageClass: 'for other charts',
};

describe.each(helmVersions)('Helm %s', (version) => {
  test('renders the chart inside another as the library renders the section of its values', async () => {
    const folder = parentChart('kubebyon.enabled');
    const renderings = await renderAll(
      version,
      sections.map(({ section }) => job(folder, { [CHILD]: section, global: GLOBAL })),
    );
    const differences = sections.flatMap(({ name, section }, index) => {
      const rendering = renderings[index];
      if (rendering === undefined) return [`${name}: no answer`];
      const own = file(emitDocument({ ...section, global: { ...Object(section.global), ...GLOBAL } }));
      const ours = asSubchart(ourOutcome(chart, [own], RELEASE));
      return difference(ours, helmOutcome(rendering)) ?? [];
    });
    expect(differences).toEqual([]);
    expect(sections.length).toBeGreaterThan(40);
  }, 120_000);

  test('turns the chart off by a key of the parent, and does not check its values then', async () => {
    const folder = parentChart('kubebyon.enabled');
    const [off] = await renderAll(version, [
      job(folder, { kubebyon: { enabled: false }, [CHILD]: { nope: 1 } }),
    ]);
    expect(off).toMatchObject({ ok: true });
    expect(off?.ok && off.output.trim()).toBe('');
  });

  test('is turned on and off by its own key enabled, with global passed on', async () => {
    const folder = parentChart(`${CHILD}.enabled`);
    const renderings = await renderAll(version, [
      job(folder, { [CHILD]: { enabled: true }, global: GLOBAL }),
      job(folder, { [CHILD]: { enabled: false }, global: GLOBAL }),
      job(folder, { [CHILD]: { enabled: 'maybe' } }),
    ]);
    const [on, off, neither] = renderings.map(helmOutcome);
    const ours = asSubchart(ourOutcome(chart, [file(emitDocument({ global: GLOBAL }))], RELEASE));
    expect(on && difference(ours, on)).toBeUndefined();
    expect(off).toEqual({ kind: 'objects', objects: [] });
    expect(neither).toEqual({ kind: 'schema', paths: ['enabled'] });
  });

  test('takes null for the whole section as no values', async () => {
    const folder = parentChart('kubebyon.enabled');
    const [rendering] = await renderAll(version, [job(folder, { [CHILD]: null, global: {} })]);
    const ours = asSubchart(ourOutcome(chart, [file('')], RELEASE));
    expect(rendering && difference(ours, helmOutcome(rendering))).toBeUndefined();
  });
});
