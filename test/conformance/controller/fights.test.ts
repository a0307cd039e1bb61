import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EdgeClusterInput } from '../../../src/planner/world/world.ts';
import { cluster } from '../../support/worlds.ts';
import { until } from '../kube/support.ts';
import { converged, isQuiet, type Kept, keep } from './kept.ts';
import { inventoryOf, ownObjects, type Platform, startPlatform } from './platform.ts';

const { workload: _, ...entry }: EdgeClusterInput = cluster(1);
const TLS_ROUTES = { group: 'gateway.networking.k8s.io', version: 'v1', plural: 'tlsroutes' };
const RIVAL = 'another-controller';

let platform: Platform;
let kept: Kept;
beforeAll(async () => {
  platform = await startPlatform([entry]);
  kept = keep({ host: platform.credentials });
  kept.inventory.set(inventoryOf([entry]));
  await converged(kept);
});
afterAll(async () => {
  await kept?.controller.stop();
  await platform?.stop();
  expect(kept?.faults).toEqual([]);
});

async function route() {
  const found = (await ownObjects(platform.kube)).find(({ kind }) => kind === 'TLSRoute');
  if (found === undefined) throw new Error('no TLSRoute');
  return found;
}

const hostnamesOf = ({ spec }: Awaited<ReturnType<typeof route>>): unknown => Object(spec).hostnames;
const fought = () => kept.controller.state().findings.filter(({ code }) => code === 'ObjectFoughtOver');

/** Another controller on the real API server: takes the hostnames of our route whenever it sees that they are ours. */
function startRival() {
  let isStopped = false;
  let writes = 0;
  const run = async (): Promise<void> => {
    while (!isStopped) {
      const { apiVersion, kind, metadata, spec } = await route();
      if (!JSON.stringify(spec).includes('rival.example.com')) {
        const { name, namespace } = metadata;
        const taken = { ...Object(spec), hostnames: ['rival.example.com'] };
        const object = { apiVersion, kind, metadata: { name, ...(namespace && { namespace }) }, spec: taken };
        const answer = await platform.kube.apply(TLS_ROUTES, object, { fieldManager: RIVAL, force: true });
        if (!answer.ok) throw new Error(answer.failure.message);
        writes += 1;
      }
      await sleep(20);
    }
  };
  const running = run();
  return {
    writes: () => writes,
    stop: async () => {
      isStopped = true;
      await running;
    },
  };
}

test('an object that another program changes back is written less and less often, and it is said who does', async () => {
  const wanted = hostnamesOf(await route());
  const rival = startRival();
  try {
    await until('the finding', () => fought().length > 0, 60_000);
    expect(fought()).toMatchObject([
      { severity: 'warning', object: { kind: 'TLSRoute', namespace: entry.namespace } },
    ]);
    expect(fought()[0]?.message).toContain(`field manager ${RIVAL} changes it back`);
    // The pauses are 1, 2 and 4 s by then: in the six seconds of all that come in between there are three writes at most.
    const before = kept.written.length;
    const begun = performance.now();
    await sleep(6_000);
    const passed = (performance.now() - begun) / 1_000;
    expect(kept.written.length - before).toBeLessThanOrEqual(Math.ceil(Math.log2(passed + 1)) + 1);
    expect(rival.writes()).toBeGreaterThanOrEqual(4);
  } finally {
    await rival.stop();
  }
  await until(
    'our hostnames',
    async () => JSON.stringify(hostnamesOf(await route())) === JSON.stringify(wanted),
    60_000,
  );
  await until('rest', () => isQuiet(kept));
});
