import { TENANT_LABELS } from '../../tools/lab/clusters.ts';
import { waitUntil } from '../../tools/lab/wait.ts';
import { healthyTenant } from '../support/fake-tenants.ts';
import { BASE, targetOf } from '../support/worlds.ts';
import { ask } from './ask.ts';
import { CONTROLLER_STORIES } from './controller-stories.ts';
import { FLOOD } from './flood.ts';
import { hostnamesOf, ofCustomer, ofPlatform } from './names.ts';
import { chartListenerFrom, deleteSecret, markForRenewal, untilReachedAt } from './parts.ts';
import { isFrom, untilServed } from './serving.ts';
import type { Story } from './story.ts';

const https = (address: string, host: string) => ({ scheme: 'https', address, host }) as const;

const MOVING = `moving.${BASE}`;

/** Stories of a release that Helm 4 keeps, in the order in which they happen. */
export const STORIES: readonly Story[] = [
  {
    name: 'a hostname of a customer is added',
    run: async ({ lab }, { workload }) => {
      await lab.setHostnames(1, [...hostnamesOf(1), 'new.customer1.test']);
      return untilServed('the new hostname', https(workload, 'new.customer1.test'), isFrom(1));
    },
  },
  {
    name: 'and removed again',
    run: async ({ lab }, { workload }) => {
      await lab.setHostnames(1, hostnamesOf(1));
      // By HTTPS it is answered for a minute more, as long as a redirect may stand that was not seen yet.
      const question = { scheme: 'http', address: workload, host: 'new.customer1.test' } as const;
      return untilServed('nothing by HTTP', question, ({ status }) => status === 404);
    },
  },
  {
    name: 'a hostname below the base domain is given to a cluster',
    run: async ({ lab }, { workload }) => {
      await lab.setHostnames(1, [...hostnamesOf(1), MOVING]);
      const served = await untilServed('its first cluster', https(workload, MOVING), isFrom(1));
      // It moves at once only when its redirect stands, see docs/traffic.md.
      const http = { scheme: 'http', address: workload, host: MOVING } as const;
      await untilServed('its redirect', http, ({ status }) => status === 302);
      return served;
    },
  },
  {
    name: 'and moves to another cluster',
    targets: ({ workload }) => [{ ...https(workload, MOVING), name: 'moving', who: ['c-1', 'c-2'] }],
    run: async ({ lab }, { workload }) => {
      await lab.setHostnames(2, [...hostnamesOf(2), MOVING]);
      await lab.setHostnames(1, hostnamesOf(1));
      return untilServed('its other cluster', https(workload, MOVING), isFrom(2));
    },
  },
  {
    name: 'the DNS of a hostname leads elsewhere for a while, and back',
    run: async ({ lab }, { workload }) => {
      await lab.setRecords({ [ofCustomer(3)]: ['198.51.100.1'] });
      await untilServed('it still', https(workload, ofCustomer(3)), isFrom(3));
      await lab.setRecords({ [ofCustomer(3)]: targetOf(3) });
      return undefined;
    },
  },
  {
    name: 'a certificate is renewed',
    run: async ({ lab }, { workload }) => {
      const question = https(workload, ofCustomer(4));
      const { serial } = await ask(question);
      await markForRenewal(lab.host, ofCustomer(4));
      return untilServed('another certificate', question, (got) => isFrom(4)(got) && got.serial !== serial);
    },
  },
  {
    name: 'the Secret of a certificate is deleted',
    mayFail: {
      targets: /^https www\.customer4\.test$/,
      which: 'HTTPS of that name',
      seconds: 5,
      why: 'until cert-manager has signed anew',
    },
    run: async ({ lab }, { workload }) => {
      const question = https(workload, ofCustomer(4));
      const { serial } = await ask(question);
      await deleteSecret(lab.host, ofCustomer(4));
      return untilServed('another certificate', question, (got) => isFrom(4)(got) && got.serial !== serial);
    },
  },
  {
    name: 'the issuer of all certificates is another one (helm upgrade)',
    run: async ({ become, clusters }, { workload }) => {
      const start = performance.now();
      await become({
        gatewayAPI: { workload: { certManager: { issuerRef: { name: 'lab-other-ca' } } } },
      });
      for (const index of clusters) {
        for (const name of hostnamesOf(index)) {
          await untilServed(
            `${name} by the other issuer`,
            https(workload, name),
            ({ issuer }) => issuer === 'lab-other-ca',
          );
        }
      }
      return performance.now() - start;
    },
  },
  {
    name: 'backends by Pod address become backends by NodePort (helm upgrade)',
    run: async ({ become, clusters }, { workload }) => {
      const start = performance.now();
      await become({ gatewayAPI: { workload: { backendStrategy: 'nodeport' } } });
      await untilReachedAt(clusters, workload, '192.168.');
      return performance.now() - start;
    },
  },
  {
    name: 'and back (helm upgrade)',
    run: async ({ become, clusters }, { workload }) => {
      const start = performance.now();
      await become({ gatewayAPI: { workload: { backendStrategy: 'podip' } } });
      await untilReachedAt(clusters, workload, '10.');
      return performance.now() - start;
    },
  },
  {
    name: 'all ingress Pods of a cluster are gone, and come back',
    mayFail: {
      targets: /^https (app5|www\.customer5|t5abcdefghij)\./,
      which: 'HTTPS of that cluster',
      seconds: 20,
      why: 'nobody is there to answer',
    },
    run: async ({ lab }, { workload }) => {
      const question = https(workload, ofPlatform(5));
      lab.tenants.hold('tenant-5', { ...healthyTenant(5), pods: [] });
      await untilServed('no backend', question, ({ status }) => status === 503);
      const start = performance.now();
      lab.tenants.hold('tenant-5', healthyTenant(5));
      await untilServed('the Pods again', question, isFrom(5));
      return performance.now() - start;
    },
  },
  FLOOD,
  ...CONTROLLER_STORIES,
  {
    name: 'Envoy Gateway is started again, and a hostname is added',
    run: async ({ lab }, { workload }) => {
      await lab.restartGatewayControllers();
      await lab.setHostnames(7, [...hostnamesOf(7), 'new.customer7.test']);
      return untilServed('the new hostname', https(workload, 'new.customer7.test'), isFrom(7));
    },
  },
  {
    name: 'an upgrade with Helm 4 changes the listener of the chart on the workload Gateway',
    run: async ({ become, lab }, { workload }) => {
      const start = performance.now();
      await become({
        gatewayAPI: {
          workload: {
            backendStrategy: 'podip',
            allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels: TENANT_LABELS } } },
          },
        },
      });
      await waitUntil('the listener is changed', async () => (await chartListenerFrom(lab)) === 'Selector');
      await untilServed('everything', https(workload, ofCustomer(1)), isFrom(1));
      return performance.now() - start;
    },
  },
  {
    name: `and helm rollback takes it back`,
    run: async ({ lab }, { workload }) => {
      const start = performance.now();
      await lab.rollBack({ helm: '4.3' });
      await waitUntil('the listener is as before', async () => (await chartListenerFrom(lab)) === 'All');
      await untilServed('everything', https(workload, ofCustomer(1)), isFrom(1));
      return performance.now() - start;
    },
  },
];
