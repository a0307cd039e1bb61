import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Check } from '../../../src/operator/checks/check.ts';
import { listOf } from '../../../src/text/json.ts';
import { runProgram } from '../support/program.ts';
import { makeHealthy } from './healthy.ts';
import { addClusters } from './many-clusters.ts';
import { NAMESPACE, type Stage, startStage } from './stage.ts';

const MAIN = join(import.meta.dirname, '../../../src/cli/main.ts');

/** 5,000 are what one process holds (docs/scale.md); the figure in docs/looking.md is of so many. */
const CLUSTERS = Number(process.env.KUBEBYON_VERIFY_CLUSTERS ?? 100);

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
  await eventuallyListed(stage);
  process.stderr.write(`${CLUSTERS} clusters, ${count} objects\n`);
}, 3_600_000);
afterAll(() => stage?.stop());

/** Kinds of which each cluster has one: the API server has a cache for each. */
const LISTED = [
  '/apis/kubebyon.app/v1alpha1/edgeclusters',
  '/apis/gateway.networking.k8s.io/v1/httproutes',
  '/apis/discovery.k8s.io/v1/endpointslices',
  '/api/v1/services',
];

/** What was written into etcd the API server knows a while later. */
async function eventuallyListed({ cluster }: Stage): Promise<void> {
  const deadline = performance.now() + 600_000;
  for (const path of LISTED) {
    for (;;) {
      const answer = await cluster.api.request({ method: 'GET', path: `${path}?resourceVersion=0` });
      const known = answer.ok ? listOf(answer.object.items).length : 0;
      if (known > CLUSTERS) break;
      if (performance.now() > deadline)
        throw new Error(`expected ${CLUSTERS + 1} at ${path}, found ${known}`);
      await sleep(500);
    }
  }
}

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
  const { requests, checks }: { readonly requests: number; readonly checks: readonly Check[] } =
    JSON.parse(stdout);
  const [, memory = '0'] = /maxRSS (\d+)/.exec(stderr) ?? [];
  process.stderr.write(
    `verify: ${seconds.toFixed(1)} s, ${Math.round(Number(memory) / 1_024)} MB, ${requests} requests\n`,
  );
  // The Role is that of a release without ListenerSets, and says so.
  const said = checks.filter(({ verdict, code: rule }) => verdict !== 'ok' && rule !== 'RuntimePermissions');
  expect(said).toEqual([]);
  expect(code).toBe(3);
  expect(checks.map(({ object }) => object)).toEqual(
    expect.arrayContaining([`${CLUSTERS + 1} EdgeClusters`, `${CLUSTERS + 1} shim Services`]),
  );
  expect(seconds).toBeLessThan(MOST_SECONDS);
});
