import { afterAll, beforeAll, expect, test } from 'vitest';
import { EVERYTHING, merge, type Values } from '../../tools/lab/chart.ts';
import { TENANT_LABELS } from '../../tools/lab/clusters.ts';
import { list } from '../../tools/lab/kubelet/objects.ts';
import { waitUntil } from '../../tools/lab/wait.ts';
import { digText } from '../support/rules/dig.ts';
import { SYSTEM } from '../support/worlds.ts';
import { describeStories } from './describe-stories.ts';
import { type Expected, servedAs } from './expected.ts';
import { configureHaproxy, throughHaproxy } from './haproxy.ts';
import { expectPreflight, expectVerified } from './looking.ts';
import { type Entries, everything } from './modes.ts';
import { ofCustomer } from './names.ts';
import { describeTraffic } from './network.ts';
import { chartListenerFrom } from './parts.ts';
import { isFrom, untilServed } from './serving.ts';
import { type Stage, startStage } from './stage.ts';
import type { Story } from './story.ts';

const CLUSTERS = 2;

/** All entries by one class of Gateways that share one Envoy. */
const SHARED: Values = merge(EVERYTHING, {
  gatewayAPI: { addressMode: 'single', gatewayClassProfiles: { shared: 'eg-shared' } },
});

const HAPROXY: Values = { publicAccess: { provider: 'haproxy' } };

/** Helm 3 writes the whole list of listeners when the chart's own entry changes (docs/upgrading.md). */
const WITH_HELM_3: readonly Story[] = [
  {
    name: 'an upgrade with Helm 3 changes the listener of the chart: those of the runtime are dropped',
    mayFail: {
      targets: /^https? /,
      which: 'workloads',
      seconds: 10,
      why: 'until the edge controller, which is replaced meanwhile, has written its listeners again',
    },
    run: async ({ lab, become }, { workload }) => {
      const start = performance.now();
      await become(
        merge(SHARED, {
          gatewayAPI: {
            workload: {
              allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels: TENANT_LABELS } } },
            },
          },
        }),
      );
      await waitUntil('the listener is changed', async () => (await chartListenerFrom(lab)) === 'Selector');
      const question = { scheme: 'https', address: workload, host: ofCustomer(1) } as const;
      await untilServed('everything again', question, isFrom(1));
      return performance.now() - start;
    },
  },
];

describeTraffic('a platform of one Node, installed by Helm 3', () => {
  let started: Stage | undefined;
  const stage = (): Stage => {
    if (started === undefined) throw new Error('the lab did not start');
    return started;
  };
  beforeAll(async () => {
    started = await startStage(CLUSTERS, { chart: 'single-node', values: HAPROXY, helm: '3.22' });
  });
  afterAll(() => started?.lab.stop());

  const kindsThere = async (): Promise<readonly string[]> => {
    const { api } = stage().lab.host;
    const gateways = await list<unknown>(
      api,
      `/apis/gateway.networking.k8s.io/v1/namespaces/${SYSTEM}/gateways`,
    );
    return gateways.map((one) => digText(one, 'metadata', 'name'));
  };

  test('with haproxy every control plane is reached by SNI, and there is no Gateway', async () => {
    const { lab, clusters } = stage();
    const address = await configureHaproxy(lab, clusters);
    await servedAs(async () => throughHaproxy(address, clusters));
    expect(await kindsThere()).toEqual([]);
    await expectVerified(lab, undefined, clusters);
  });

  test('with one GatewayClass all entries share an address, and each name gets what it must', async () => {
    const { lab, clusters, entries } = stage();
    await expectPreflight(lab, { chart: 'single-node', values: SHARED });
    await lab.upgrade({ chart: 'single-node', values: SHARED, helm: '3.22' });
    const addresses = await entries();
    expect(new Set(Object.values(addresses)).size).toBe(1);
    await servedAs(async () => atOneAddress(addresses, clusters));
    await expectVerified(lab, addresses, clusters);
  });

  describeStories('stories with Helm 3', WITH_HELM_3, stage, atOneAddress);

  test('and back to haproxy: the Gateways are gone, control planes are reached as before', async () => {
    const { lab, clusters } = stage();
    await lab.upgrade({ chart: 'single-node', values: HAPROXY, helm: '3.22' });
    const address = await configureHaproxy(lab, clusters);
    await servedAs(async () => throughHaproxy(address, clusters));
    expect(await kindsThere()).toEqual([]);
    expect(lab.kubelet.faults).toEqual([]);
  });
});

/** At one address port 80 is open for every name: what no entry knows is not found. */
function atOneAddress(entries: Entries, clusters: readonly number[]): readonly Expected[] {
  return everything(entries, clusters).map((one) =>
    one.asked.scheme === 'http' && one.says === 'none' ? { ...one, says: '404' } : one,
  );
}
