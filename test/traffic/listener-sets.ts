import { describe, expect, test } from 'vitest';
import { list } from '../../tools/lab/kubelet/objects.ts';
import { digList } from '../support/rules/dig.ts';
import { servedAs } from './expected.ts';
import { everything } from './modes.ts';
import { hostnamesOf } from './names.ts';
import { listenerCount } from './parts.ts';
import type { Stage } from './stage.ts';

/** A Gateway takes 64 listeners, and a cluster 64 hostnames: with so many of their own two clusters need more. */
const EACH = 40;

const ofMany = (index: number, number: number): string => `www.many${index}-${number}.test`;

/** More hostnames with a certificate of their own than a Gateway has listeners. */
export function describeListenerSets(stage: () => Stage): void {
  describe('ListenerSets', () => {
    test(`${2 * EACH} customers' own hostnames are served, more than one Gateway has listeners`, async () => {
      const { lab, clusters, become, entries } = stage();
      await become({ gatewayAPI: { workload: { listenerSets: true } } });
      const numbers = Array.from({ length: EACH }, (_, number) => number);
      const names = (index: number) => numbers.map((number) => ofMany(index, number));
      for (const index of [1, 2]) await lab.setHostnames(index, [...hostnamesOf(index), ...names(index)]);
      const addresses = await entries();
      const many = [1, 2].flatMap((index) =>
        names(index).map((host) => ({
          asked: { scheme: 'https', address: addresses.workload, host } as const,
          says: `200 c-${index} as t${index}abcdefghij.edge.example.com`,
        })),
      );
      await servedAs(async () => [...everything(addresses, clusters), ...many]);
      const sets = await list<unknown>(lab.host.api, '/apis/gateway.networking.k8s.io/v1/listenersets');
      const inSets = sets.flatMap((set) => digList(set, 'spec', 'listeners')).length;
      const onGateway = await listenerCount(lab);
      expect(onGateway).toBeLessThanOrEqual(64);
      expect(onGateway + inSets).toBeGreaterThanOrEqual(2 * EACH + clusters.length + 2);
    }, 600_000);
  });
}
