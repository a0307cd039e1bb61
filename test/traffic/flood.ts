import { setTimeout as sleep } from 'node:timers/promises';
import type { Lab } from '../../tools/lab/lab.ts';
import { healthyTenant, type TenantHolds } from '../support/fake-tenants.ts';
import { securely, startLoad } from './load.ts';
import { hostnamesOf, workloadNames } from './names.ts';
import { isFrom, untilServed } from './serving.ts';
import type { Story } from './story.ts';

/** The tenant that floods. */
const NOISY = 8;

/** As many as this machine sends; so many are under way at a time. */
const REQUESTS_A_SECOND = 5_000;
const AT_ONCE = 64;

/** How often its API server says that everything it holds is changed. */
const CHANGE_EVERY_MS = 2;

/** How long it floods at least, and how long after that was begun another tenant gets a hostname. */
const FLOOD_MS = 6_000;
const AFTER_MS = 1_000;

/** A tenant floods the entry and the edge controller: the others are answered rightly, and get what they ask for. */
export const FLOOD: Story = {
  name: 'a tenant floods by requests and by changes in its API server, and another one gets a hostname',
  run: async ({ lab }, { workload }, note) => {
    const end = await startFlood(lab, workload);
    try {
      const isOver = sleep(FLOOD_MS);
      await sleep(AFTER_MS);
      await lab.setHostnames(1, [...hostnamesOf(1), 'beside-flood.customer1.test']);
      const question = { scheme: 'https', address: workload, host: 'beside-flood.customer1.test' } as const;
      const served = await untilServed('the new hostname', question, isFrom(1));
      await isOver;
      return served;
    } finally {
      note(await end());
    }
  },
};

/** Floods until it is ended; then it says how many requests and changes there were. */
async function startFlood({ tenants }: Lab, address: string): Promise<() => Promise<string>> {
  const targets = workloadNames(NOISY).map(([host]) => securely(address, host, NOISY));
  const flood = await startLoad({ targets, perSecond: REQUESTS_A_SECOND, atOnce: AT_ONCE });
  let changes = 0;
  const timer = setInterval(() => {
    changes += 1;
    tenants.hold(`tenant-${NOISY}`, changed(changes));
  }, CHANGE_EVERY_MS);
  return async () => {
    clearInterval(timer);
    tenants.hold(`tenant-${NOISY}`, healthyTenant(NOISY));
    const { requests, seconds } = await flood.end();
    const aSecond = (count: number) => Math.round(count / seconds);
    return `${aSecond(requests)} requests and ${aSecond(changes)} changes a second`;
  };
}

/** The tenant with another annotation on everything, and the second of its Pods ready or not in turn. */
function changed(count: number): TenantHolds {
  const annotations = { 'flood.test/count': String(count) };
  const conditions = [{ type: 'Ready', status: count % 2 === 0 ? 'True' : 'False' }];
  return Object.fromEntries(
    Object.entries(healthyTenant(NOISY)).map(([plural, objects]) => [
      plural,
      objects.map(({ metadata, status, ...rest }, number) => ({
        ...rest,
        metadata: { ...metadata, annotations },
        status: plural === 'pods' && number === 1 ? { ...Object(status), conditions } : status,
      })),
    ]),
  );
}
