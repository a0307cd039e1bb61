import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasErrors, render, valuesFrom } from '../../../src/index.ts';
import { goldenOf, loadCase, readCases } from '../../support/cases.ts';
import { type Cluster, gatewayApiBundles, startCluster } from '../support/cluster.ts';
import { seed } from '../support/seed.ts';
import { chartNames } from './chart-folder.ts';
import { refusalsOf } from './dry-run.ts';
import { RELEASE } from './helm-jobs.ts';
import { randomValues } from './random-values.ts';
import { serveServiceMonitors } from './service-monitors.ts';

describe.each(gatewayApiBundles)('an API server with the Gateway API %s', (gatewayApiBundle) => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster({ gatewayApiBundle, certManager: true });
    await serveServiceMonitors(cluster);
  });
  afterAll(() => cluster?.stop());

  test('takes every object of every golden', async () => {
    const cases = readCases().filter((each) => goldenOf(each) !== undefined);
    const manifests = cases.flatMap((each) => render(loadCase(each), each.release).manifests);
    const { sent, refusals } = await refusalsOf(
      cluster,
      manifests.map(({ manifest }) => manifest),
    );
    expect(refusals).toEqual([]);
    expect(sent).toBeGreaterThan(300);
  }, 300_000);

  test.each(chartNames)(
    'takes what the %s chart renders of any valid values of its own',
    async (chart) => {
      const drawn = fc
        .sample(randomValues(chart, { fragments: false }), { seed, numRuns: 600 })
        .map((values) => render(valuesFrom(chart, values as Parameters<typeof valuesFrom>[1]), RELEASE))
        .filter(({ problems }) => !hasErrors(problems));
      expect(drawn.length, `seed ${seed}: most values are valid`).toBeGreaterThan(200);
      const manifests = drawn.flatMap((rendered) => rendered.manifests.map(({ manifest }) => manifest));
      const { sent, refusals } = await refusalsOf(cluster, manifests);
      expect(refusals, `seed ${seed}`).toEqual([]);
      expect(sent).toBeGreaterThan(1_000);
    },
    300_000,
  );
});
