import { NODE_ADDRESS } from '../../tools/lab/addresses.ts';
import type { Release, Values } from '../../tools/lab/chart.ts';
import { controlPlaneName } from '../../tools/lab/clusters.ts';
import { configureHaproxy, HAPROXY_PORTS } from './haproxy.ts';
import { isFrom, untilServed } from './serving.ts';
import type { Stage } from './stage.ts';
import type { Story } from './story.ts';

/** haproxy on the network of its Node, so that clients find it at the port of the Gateways (runbook 5.1). */
export const HAPROXY_ON_NODE: Values = { publicAccess: { provider: 'haproxy' }, api: { hostNetwork: true } };

const CONTROL_PLANES: NonNullable<Story['insteadTargets']> = (clusters) =>
  clusters.map((index) => {
    const host = controlPlaneName(index);
    return {
      ...{ name: `passthrough ${host}`, scheme: 'https', address: '', host },
      byName: true,
      who: [`c-${index}`],
    };
  });

const mayFail = (seconds: number, why: string): NonNullable<Story['mayFail']> => ({
  targets: /^passthrough /,
  which: 'control planes',
  ...{ seconds, why },
});

/** From haproxy to Gateways as docs/upgrading.md says; clients ask DNS each time. */
export function toGateways(values: Values, release: Omit<Release, 'values'>): Story {
  return {
    name: 'haproxy is replaced by Gateways, and then DNS leads to them',
    insteadTargets: CONTROL_PLANES,
    mayFail: mayFail(20, 'from the end of haproxy until the new Gateway serves and DNS leads to it'),
    run: async (stage) => {
      const start = performance.now();
      await stage.lab.upgrade({ ...release, values });
      const { 'control-plane': address } = await stage.entries(['control-plane']);
      await untilAllAnswer(stage, address);
      await pointTo(stage, address);
      return performance.now() - start;
    },
  };
}

/** And back. */
export function toHaproxy(release: Omit<Release, 'values'>): Story {
  return {
    name: 'Gateways are replaced by haproxy, and then DNS leads to it',
    insteadTargets: CONTROL_PLANES,
    mayFail: mayFail(20, 'from the end of the Gateway until the Pod with haproxy runs and DNS leads to it'),
    run: async (stage) => {
      const start = performance.now();
      await stage.lab.upgrade({ ...release, values: HAPROXY_ON_NODE });
      const { address } = await configureHaproxy(stage.lab, stage.clusters, 'node');
      await untilAllAnswer(stage, address);
      await pointTo(stage, address);
      return performance.now() - start;
    },
  };
}

/** Sets the records of all control planes. */
export async function pointTo({ lab, clusters }: Stage, address: string): Promise<void> {
  await lab.setRecords(Object.fromEntries(clusters.map((index) => [controlPlaneName(index), [address]])));
}

async function untilAllAnswer({ clusters }: Stage, address: string): Promise<void> {
  const port = address === NODE_ADDRESS ? HAPROXY_PORTS.node : 443;
  for (const index of clusters) {
    const host = controlPlaneName(index);
    await untilServed(`${host} at ${address}`, { scheme: 'https', address, port, host }, isFrom(index));
  }
}
