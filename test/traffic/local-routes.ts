import { describe, test } from 'vitest';
import { merge, type Values } from '../../tools/lab/chart.ts';
import { ip } from '../../tools/lab/command.ts';
import { INVENTORY_VARIABLE } from '../../tools/lab/images.ts';
import { waitUntil } from '../../tools/lab/wait.ts';
import { type Expected, servedAs } from './expected.ts';
import type { Entries } from './modes.ts';
import { untilReachedAt } from './parts.ts';
import type { Stage } from './stage.ts';

/** Routes of the route agent and of an API that keeps them itself (docs/runtime.md, KUBEBYON_EDGE_ROUTE_PROTOCOL). */
const OUR_ROUTES = 'proto 157';

/** Without an edge controller: the API keeps the entries, and the routes of its own Node (runbook 5.4, mode local). */
function localValues(values: Values, inventory: string): Values {
  return merge(values, {
    edgeController: { enabled: false },
    api: { hostNetwork: true, replicas: 1, extraEnv: [{ name: INVENTORY_VARIABLE, value: inventory }] },
    gatewayAPI: {
      workload: {
        backendStrategy: 'podip',
        podCIDRRoute: { mode: 'local', syncIntervalSeconds: 2, staleAfterSeconds: 30 },
      },
    },
  });
}

/** The mode in which the API keeps routes itself, over the values of a release. */
export function describeLocalRoutes(
  stage: () => Stage,
  values: Values,
  upgrade: (values: Values) => Promise<void>,
  expected: (entries: Entries, clusters: readonly number[]) => readonly Expected[],
): void {
  describe('routes by the API itself', () => {
    test('Pods are reached, no route agent is there, and routes that somebody flushed come back', async () => {
      const { lab, clusters, entries } = stage();
      await upgrade(localValues(values, lab.inventory));
      const isAlone = () =>
        lab.kubelet
          .pods()
          .flatMap(({ pod }) => pod.spec.containers)
          .every(({ name }) => name !== 'route-agent' && name !== 'edge-controller');
      await waitUntil('edge controllers and route agents are gone', isAlone, 120_000);
      // Those of the agent stand in the way of nothing: whoever keeps routes now must make them anew.
      await ip(`route flush ${OUR_ROUTES}`);
      const areBack = async () => (await ip(`route show ${OUR_ROUTES}`)).trim() !== '';
      await waitUntil('the routes are back', areBack, 120_000);
      const addresses = await entries();
      await untilReachedAt(clusters, addresses.workload, '10.');
      await servedAs(async () => expected(addresses, clusters));
    });
  });
}
