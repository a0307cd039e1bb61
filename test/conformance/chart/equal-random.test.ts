import { createHash } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ChartName, emitDocument, loadValues, validate } from '../../../src/index.ts';
import { FIXTURES_FOLDER, identified } from '../../support/cases.ts';
import { type HelmVersion, helmVersions } from '../support/helm.ts';
import { type HelmBatch, startHelmBatch } from '../support/helm-batch.ts';
import { seed } from '../support/seed.ts';
import { chartNames, writeFiles } from './chart-folder.ts';
import { compareOne } from './compare.ts';
import { file, type HelmRelease, RELEASE } from './helm-jobs.ts';
import { ourOutcome } from './outcome.ts';
import { type RandomOptions, randomValues } from './random-values.ts';

interface Drawn {
  readonly text: string;
  readonly release: HelmRelease;
}

const releases = fc.oneof(
  { weight: 4, arbitrary: fc.constant(RELEASE) },
  {
    weight: 1,
    arbitrary: fc.record({
      name: fc.constantFrom('a', '1', 'a.b', 'null', 'true', '0x10', 'x'.repeat(53), `${'a-'.repeat(26)}a`),
      namespace: fc.constantFrom('default', 'on', '1e3', 'n'.repeat(63), 'Upper', 'a.b', 'x'.repeat(64)),
    }),
  },
);

function drawn(chart: ChartName, options: RandomOptions): fc.Arbitrary<Drawn> {
  return fc.record({ text: randomValues(chart, options).map(emitDocument), release: releases });
}

/** Saves values that show a difference as a case, so that they are tested from then on. */
function saveCase(chart: ChartName, { text, release }: Drawn): string {
  const name = `random-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
  const problems = validate(loadValues(chart, [file(text)]), release).map(identified);
  const files: [string, string][] = [['values.yaml', text]];
  if (release !== RELEASE) files.push(['release.yaml', emitDocument(release)]);
  if (problems.length > 0) files.push(['problems.json', `${JSON.stringify(problems, null, 2)}\n`]);
  writeFiles(join(FIXTURES_FOLDER, chart, name), files);
  return `fixtures/${chart}/${name}`;
}

let batches: readonly { readonly version: HelmVersion; readonly batch: HelmBatch }[];
beforeAll(() => {
  batches = helmVersions.map((version) => ({ version, batch: startHelmBatch(version) }));
});
afterAll(() => Promise.all(batches.map(({ batch }) => batch.stop())));

/** What the Helms that differ from the library say, one below the other; empty when all agree. */
async function differencesOf(chart: ChartName, { text, release }: Drawn): Promise<string> {
  const comparison = { name: 'random', chart, sources: [file(text)], release };
  const answers = await Promise.all(
    batches.map(async ({ version, batch }) => {
      const difference = await compareOne(version, batch, comparison);
      return difference === undefined ? [] : [`Helm ${version}: ${difference}`];
    }),
  );
  return answers.flat().join('\n');
}

async function expectEqual(chart: ChartName, options: RandomOptions, numRuns: number): Promise<void> {
  const property = fc.asyncProperty(drawn(chart, options), async (values) => {
    const differences = await differencesOf(chart, values);
    if (differences !== '') throw new Error(differences);
  });
  const { failed, counterexample, counterexamplePath, errorInstance } = await fc.check(property, {
    seed,
    numRuns,
  });
  const [values] = counterexample ?? [];
  if (!failed || values === undefined) return;
  const saved = saveCase(chart, values);
  const how = `seed ${seed}, path ${counterexamplePath}, saved as ${saved}`;
  expect.fail(`${how}\n${values.text}\nrelease ${JSON.stringify(values.release)}\n${String(errorInstance)}`);
}

/** How many of some values each gate lets through, by kind of outcome. */
function tally(chart: ChartName, options: RandomOptions, numRuns: number): ReadonlyMap<string, number> {
  const kinds = fc
    .sample(drawn(chart, options), { seed, numRuns })
    .map(({ text, release }) => ourOutcome(chart, [file(text)], release).kind);
  return new Map(
    Object.entries(Object.groupBy(kinds, (kind) => kind)).map(([kind, all]) => [kind, all.length]),
  );
}

describe.each(chartNames)(
  'every Helm and the library, for values of the %s chart drawn at random',
  (chart) => {
    test('render the same objects in the same order', async () => {
      await expectEqual(chart, {}, 350);
      expect(tally(chart, {}, 350).get('objects')).toBeGreaterThan(150);
      expect(tally(chart, {}, 350).get('constraints')).toBeGreaterThan(50);
    }, 300_000);

    test('refuse the same values for the same reasons', async () => {
      await expectEqual(chart, { broken: true }, 200);
      expect(tally(chart, { broken: true }, 200).get('schema')).toBeGreaterThan(150);
    }, 300_000);
  },
);
