import { ACME_ISSUER } from '../../tools/lab/acme.ts';
import { merge, type Values } from '../../tools/lab/chart.ts';
import { waitUntil } from '../../tools/lab/wait.ts';
import { digText } from '../support/rules/dig.ts';
import { targetOf } from '../support/worlds.ts';
import { challengeOf, ELSEWHERE } from './acme-parts.ts';
import { ask, type Question } from './ask.ts';
import { hostnamesOf, ofCustomer, ofPlatform } from './names.ts';
import { markForRenewal } from './parts.ts';
import { isFrom, untilServed } from './serving.ts';
import type { Story } from './story.ts';

/** Customers' own hostnames get certificates of the ACME authority, names below the base domain of another one. */
export const WITH_ACME: Values = {
  gatewayAPI: { workload: { certManager: { selfManaged: { issuerRef: { name: ACME_ISSUER } } } } },
};

/** Every certificate is of the ACME authority. */
export const ALL_BY_ACME: Values = merge(WITH_ACME, {
  gatewayAPI: { workload: { certManager: { wildcard: false, issuerRef: { name: ACME_ISSUER } } } },
});

const NEW = 'new.customer1.test';

/** A question by HTTPS that only a certificate of the authority answers rightly. */
export function trusting(ca: string, address: string, host: string): Question {
  return { scheme: 'https', address, host, ca };
}

/** How often the authority was asked to prove a name, at least; an order whose names were proven before asks not again. */
async function proves(what: string, count: () => number, wanted: number): Promise<void> {
  await waitUntil(`${what}: the authority is asked ${wanted} times to prove it`, () => count() >= wanted);
}

/** Stories of certificates that are had by proving names through the entry itself, in the order in which they happen. */
export const ACME_STORIES: readonly Story[] = [
  {
    name: 'a hostname of a customer is added, and proven to an ACME authority',
    run: async ({ lab }, { workload }) => {
      const ca = await lab.acme.root();
      await lab.setHostnames(1, [...hostnamesOf(1), NEW]);
      return untilServed('the new hostname', trusting(ca, workload, NEW), isFrom(1));
    },
  },
  {
    name: 'a certificate is renewed by proving its name while HTTP is redirected',
    run: async ({ lab }, { workload }) => {
      const name = ofCustomer(1);
      const redirected = { scheme: 'http', address: workload, host: name } as const;
      await untilServed('its redirect', redirected, ({ status }) => status === 302);
      const question = trusting(await lab.acme.root(), workload, name);
      const { serial } = await ask(question);
      const proven = lab.acme.validations(name);
      const start = performance.now();
      await markForRenewal(lab.host, name);
      await proves(name, () => lab.acme.validations(name), proven + 1);
      await untilServed('another certificate', question, (got) => isFrom(1)(got) && got.serial !== serial);
      return performance.now() - start;
    },
  },
  {
    name: 'a certificate is to be renewed while the DNS of its name leads elsewhere, and back',
    run: async ({ lab }, { workload }) => {
      const name = ofCustomer(2);
      const question = trusting(await lab.acme.root(), workload, name);
      const { serial } = await ask(question);
      const before = { orders: lab.acme.orders(), proven: lab.acme.validations(name) };
      await lab.setRecords({ [name]: ELSEWHERE });
      await markForRenewal(lab.host, name);
      const isStuck = async (): Promise<boolean> =>
        digText(await challengeOf(lab.host, name), 'status', 'reason').includes('self check');
      await waitUntil('the solver does not reach itself', isStuck);
      const after = { orders: lab.acme.orders(), proven: lab.acme.validations(name) };
      // The order is opened before the solver tries; nothing that fails is asked of the authority.
      if (after.orders !== before.orders + 1 || after.proven !== before.proven)
        throw new Error(`expected one order and no proof, found ${JSON.stringify({ before, after })}`);
      const start = performance.now();
      await lab.setRecords({ [name]: targetOf(2) });
      await untilServed('another certificate', question, (got) => isFrom(2)(got) && got.serial !== serial);
      return performance.now() - start;
    },
  },
  {
    name: 'names below the base domain get a certificate of the ACME authority, each proven (helm upgrade)',
    run: async ({ become, lab, clusters }, { workload }) => {
      const ca = await lab.acme.root();
      const start = performance.now();
      await become(ALL_BY_ACME);
      for (const index of clusters)
        await untilServed(ofPlatform(index), trusting(ca, workload, ofPlatform(index)), isFrom(index));
      return performance.now() - start;
    },
  },
];
