import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProgram } from '../support/program.ts';
import { makeHealthy } from './healthy.ts';
import { addClusters } from './many-clusters.ts';
import { NAMESPACE, type Stage, startStage } from './stage.ts';

const MAIN = join(import.meta.dirname, '../../../src/cli/main.ts');

/** 5,000 are what one process holds (docs/scale.md); the figure in docs/looking.md is of so many. */
const CLUSTERS = Number(process.env.KUBEBYON_VERIFY_CLUSTERS ?? 300);

/** For 5,000 clusters; on a busy machine fewer take a moment too. */
const MOST_SECONDS = 30;
const MOST_HEAP_MB = 512;

/** Says how much memory the process had at most. */
const TELLS_MEMORY = `data:text/javascript,process.on('exit',()=>process.stderr.write('maxRSS '+process.resourceUsage().maxRSS))`;

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
  await makeHealthy(stage);
  await stage.change('Deployment', 'kubebyon-kubebyon-api', ({ spec }) => {
    for (const variable of spec.template.spec.containers[0].env) {
      if (variable.name.endsWith('LISTENER_SETS')) variable.value = 'true';
    }
  });
  const count = await addClusters(stage, CLUSTERS);
  process.stderr.write(`${CLUSTERS} clusters, ${count} objects\n`);
}, 3_600_000);
afterAll(() => stage?.stop());

test(`verify of ${CLUSTERS} clusters takes ${MOST_SECONDS} s at most, in ${MOST_HEAP_MB} MB of heap`, async () => {
  const words = ['verify', 'kubebyon', '-n', NAMESPACE, '--no-requests', '-o', 'json'];
  const start = performance.now();
  const { code, stdout, stderr } = await runProgram(
    process.execPath,
    [
      ...[`--max-old-space-size=${MOST_HEAP_MB}`, '--import', TELLS_MEMORY, MAIN, ...words],
      ...['--kubeconfig', stage.cluster.kubeconfig],
    ],
    { env: { PATH: process.env.PATH ?? '' }, timeout: 200_000 },
  );
  const seconds = (performance.now() - start) / 1_000;
  expect(code, stderr + stdout.slice(0, 3_000)).toBe(0);
  const { counts, requests, checks } = JSON.parse(stdout);
  const [, memory = '0'] = /maxRSS (\d+)/.exec(stderr) ?? [];
  process.stderr.write(
    `verify: ${seconds.toFixed(1)} s, ${Math.round(Number(memory) / 1_024)} MB, ${requests} requests\n`,
  );
  expect(counts).toMatchObject({ failed: 0, unknown: 0, warning: 0 });
  expect(checks.map(({ object }: { readonly object: string }) => object)).toEqual(
    expect.arrayContaining([`${CLUSTERS + 1} EdgeClusters`, `${CLUSTERS + 1} shim Services`]),
  );
  expect(seconds).toBeLessThan(MOST_SECONDS);
});
