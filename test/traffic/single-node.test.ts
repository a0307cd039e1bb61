import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EVERYTHING, merge, type Values } from '../../tools/lab/chart.ts';
import { TENANT_LABELS } from '../../tools/lab/clusters.ts';
import { list } from '../../tools/lab/kubelet/objects.ts';
import { waitUntil } from '../../tools/lab/wait.ts';
import { digText } from '../support/rules/dig.ts';
import { SYSTEM } from '../support/worlds.ts';
import { describeStories, nothing } from './describe-stories.ts';
import { type Expected, servedAs } from './expected.ts';
import { configureHaproxy, throughHaproxy } from './haproxy.ts';
import { describeLocalRoutes } from './local-routes.ts';
import { expectPreflight, expectVerified } from './looking.ts';
import { type Entries, everything } from './modes.ts';
import { ofCustomer } from './names.ts';
import { describeTraffic } from './network.ts';
import { chartListenerFrom } from './parts.ts';
import { HAPROXY_ON_NODE, pointTo, toGateways, toHaproxy } from './provider-switch.ts';
import { isFrom, untilServed } from './serving.ts';
import { CONTROL_PLANES_ALONE, SINGLE_NODE_MODES } from './single-node-modes.ts';
import { type Stage, startStage } from './stage.ts';
import type { Story } from './story.ts';

const CLUSTERS = 2;

/** All entries by one class of Gateways that share one Envoy. */
const SHARED: Values = merge(EVERYTHING, {
  gatewayAPI: { addressMode: 'single', gatewayClassProfiles: { shared: 'eg-shared' } },
});

const HAPROXY: Values = { publicAccess: { provider: 'haproxy' } };

const RELEASE = { chart: 'single-node', helm: '3.22' } as const;

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
    started = await startStage(CLUSTERS, { ...RELEASE, values: HAPROXY });
  });
  afterAll(() => started?.lab.stop());

  const upgrade = (values: Values): Promise<void> => stage().lab.upgrade({ ...RELEASE, values });

  const gatewaysThere = async (): Promise<readonly string[]> => {
    const { api } = stage().lab.host;
    const gateways = await list<unknown>(
      api,
      `/apis/gateway.networking.k8s.io/v1/namespaces/${SYSTEM}/gateways`,
    );
    return gateways.map((one) => digText(one, 'metadata', 'name'));
  };

  test('with haproxy every control plane is reached by SNI, and there is no Gateway', async () => {
    const { lab, clusters } = stage();
    const at = await configureHaproxy(lab, clusters);
    await servedAs(async () => throughHaproxy(at, clusters));
    expect(await gatewaysThere()).toEqual([]);
    await expectVerified(lab, undefined, clusters);
  });

  test('with haproxy on the network of its Node it is reached at port 443 of the Node', async () => {
    const { lab, clusters } = stage();
    await upgrade(HAPROXY_ON_NODE);
    const at = await configureHaproxy(lab, clusters, 'node');
    await servedAs(async () => throughHaproxy(at, clusters));
    await pointTo(stage(), at.address);
  });

  const forward = toGateways(CONTROL_PLANES_ALONE, RELEASE);
  describeStories('haproxy to Gateways', [forward], stage, nothing);

  describe('what is served, mode after mode by helm upgrade', () => {
    for (const mode of SINGLE_NODE_MODES) {
      test(mode.says, async () => {
        const { lab, clusters, entries } = stage();
        await expectPreflight(lab, { chart: RELEASE.chart, values: mode.values });
        await upgrade(mode.values);
        const addresses = await entries(mode.entries);
        await servedAs(async () => mode.expected(addresses, clusters));
      });
    }
  });

  test('with one GatewayClass all entries share an address, and each name gets what it must', async () => {
    const { lab, clusters, entries } = stage();
    await expectPreflight(lab, { chart: RELEASE.chart, values: SHARED });
    await upgrade(SHARED);
    const isShared = async () => new Set(Object.values(await entries())).size === 1;
    await waitUntil('all entries have one address', isShared, 120_000);
    const addresses = await entries();
    await pointTo(stage(), addresses['control-plane']);
    await servedAs(async () => atOneAddress(addresses, clusters));
    await expectVerified(lab, addresses, clusters);
  });

  describeStories('stories with Helm 3', WITH_HELM_3, stage, atOneAddress);

  describeLocalRoutes(stage, SHARED, upgrade, atOneAddress);

  describeStories('Gateways to haproxy', [toHaproxy(RELEASE)], stage, nothing);

  test('with haproxy again the Gateways are gone, and nothing went wrong below', async () => {
    expect(await gatewaysThere()).toEqual([]);
    expect(stage().lab.kubelet.faults).toEqual([]);
  });
});

/** At one address port 80 is open for every name: what no entry knows is not found. */
function atOneAddress(entries: Entries, clusters: readonly number[]): readonly Expected[] {
  return everything(entries, clusters).map((one) =>
    one.asked.scheme === 'http' && one.says === 'none' ? { ...one, says: '404' } : one,
  );
}
