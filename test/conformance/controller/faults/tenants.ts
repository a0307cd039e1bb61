import { expect } from 'vitest';
import { fakeDns } from '../../../controller/fake-dns.ts';
import { type FakeTenants, healthyTenant, startFakeTenants } from '../../../support/fake-tenants.ts';
import { cluster as clusterOf, targetOf } from '../../../support/worlds.ts';
import { until } from '../../kube/support.ts';
import { quiet } from '../kept.ts';
import { ownObjects, type Platform } from '../platform.ts';
import { clusters } from './bench.ts';
import * as broken from './broken.ts';
import type { Story } from './story.ts';

/** One tenant must not cost the others anything: a plan, or the authority's patience. */
export const TENANTS: readonly Story[] = [
  {
    of: '13',
    says: 'a malformed cluster concerns itself only',
    tell: async ({ becomes, begin, routes }) => {
      const [first, ...rest] = clusters;
      if (first?.controlPlane === undefined) throw new Error('no cluster');
      const poison = {
        ...first,
        namespace: '../etc',
        slug: 'x'.repeat(5_000),
        controlPlane: { ...first.controlPlane, hostname: '\u0000' },
      };
      const kept = begin([poison, ...rest]);
      await becomes('the others', async () => (await routes()).length === 3);
      expect(kept.controller.state().findings.some(({ cluster: id }) => id === poison.id)).toBe(true);
    },
    without: ['chooses nobody', () => broken.choosesNobody, /for the others/],
  },
  {
    of: '15',
    says: 'fifty names of one domain are 45 orders, also for a process that remembers nothing',
    tell: async (bench) => {
      const { becomes, begin, end, platform } = bench;
      const tenants = await startFakeTenants();
      try {
        await giveTenant(platform, tenants);
        const start = () =>
          begin([customer], {
            makeTransport: tenants.makeTransport,
            dns: ['1.1.1.1', '8.8.8.8'].map((name) => fakeDns(name, ZONE, bench.clock)),
          });
        const first = start();
        await until('the orders', async () => (await orders(platform)) >= BUDGET);
        await until('the finding', () =>
          first.controller.state().findings.some(({ code }) => code === 'IssuanceBudget'),
        );
        await quiet(first);
        expect(await orders(platform)).toBe(BUDGET);
        await end();
        const second = start();
        await becomes('the finding again', () =>
          second.controller.state().findings.some(({ code }) => code === 'IssuanceBudget'),
        );
        await quiet(second);
        expect(await orders(platform)).toBe(BUDGET);
        await end();
      } finally {
        await end();
        await tenants.stop();
      }
    },
    without: ['forgets its orders', () => broken.forgetsOrders, /for the finding again/],
  },
];

/** Let's Encrypt takes 50 in 7 days; five are left to the operator. */
const BUDGET = 45;
const HOSTNAMES = Array.from({ length: 50 }, (_, index) => `www${index}.customer.test`);
const customer = clusterOf(1, { hostnames: HOSTNAMES });
const ZONE = {
  [targetOf(1)]: ['203.0.113.9'],
  ...Object.fromEntries(HOSTNAMES.map((hostname) => [hostname, targetOf(1)])),
};

async function giveTenant(platform: Platform, tenants: FakeTenants): Promise<void> {
  tenants.hold('tenant-1', healthyTenant(1));
  const data = { config: Buffer.from(tenants.kubeconfigOf('tenant-1')).toString('base64') };
  const metadata = { name: 'vc-vc', namespace: 'vc-1' };
  await platform.apply({ apiVersion: 'v1', kind: 'Secret', metadata, data });
}

async function orders({ kube }: Platform): Promise<number> {
  const found = await ownObjects(kube);
  return found.filter(
    ({ kind, spec }) => kind === 'Certificate' && JSON.stringify(spec).includes('.customer.test'),
  ).length;
}
