import { describe, expect, test, vi } from 'vitest';
import { list } from '../../tools/lab/kubelet/objects.ts';
import { dig, digList, digText } from '../support/rules/dig.ts';
import { BASE, SYSTEM, targetOf } from '../support/worlds.ts';
import { ofCustomer, ofPlatform } from './names.ts';
import type { Stage } from './stage.ts';

/** What the runbook looks at with kubectl (6.1 to 6.3 and 6.5), with everything on. */
export function describeObjects(stage: () => Stage): void {
  const items = async (path: string): Promise<readonly unknown[]> =>
    list<unknown>(stage().lab.host.api, path);
  const ofGateways = (plural: string, where = '') =>
    items(`/apis/gateway.networking.k8s.io/v1${where}/${plural}`);
  const inSystem = `/namespaces/${SYSTEM}`;

  /** What controllers say follows what is served: each is looked at until it is so. */
  const comesTrue = (says: string, look: () => Promise<void>): void =>
    test(says, () => vi.waitFor(look, { timeout: 120_000, interval: 500 }));

  describe('what kubectl shows', () => {
    comesTrue(
      'Gateways are Accepted and Programmed, and their listeners are those of the values',
      async () => {
        const gateways = await ofGateways('gateways', inSystem);
        const clusters = stage().clusters;
        expect(gateways.map(nameOf).sort()).toEqual([
          'kubebyon-kubebyon-control-plane-gateway',
          'kubebyon-kubebyon-platform-gateway',
          'kubebyon-kubebyon-workload-gateway',
        ]);
        for (const gateway of gateways) {
          expect(conditionsOf(dig(gateway, 'status'))).toMatchObject({
            Accepted: 'True',
            Programmed: 'True',
          });
          for (const listener of digList(gateway, 'status', 'listeners')) {
            const conditions = { Accepted: 'True', Programmed: 'True', ResolvedRefs: 'True' };
            expect(conditionsOf(listener), digText(listener, 'name')).toMatchObject(conditions);
          }
        }
        const listeners = gateways.map((gateway) =>
          digList(gateway, 'spec', 'listeners').map(
            (one) => `${digText(one, 'protocol')} ${dig(one, 'hostname') ?? digText(one, 'name')}`,
          ),
        );
        expect(listeners.map((all) => [...all].sort())).toEqual([
          ['TLS control-plane'],
          ['HTTP kubebyon.example.com', 'HTTPS kubebyon.example.com'],
          [
            'HTTP workload-http',
            ...[`*.${BASE}`, ...clusters.map(ofCustomer)].map((name) => `HTTPS ${name}`).sort(),
          ],
        ]);
      },
    );

    comesTrue('routes are Accepted with ResolvedRefs', async () => {
      const routes = [...(await ofGateways('httproutes')), ...(await ofGateways('tlsroutes'))];
      expect(routes.length).toBeGreaterThan(stage().clusters.length * 3);
      for (const route of routes) {
        const parents = digList(route, 'status', 'parents');
        expect(parents.length, nameOf(route)).toBeGreaterThan(0);
        for (const parent of parents) {
          expect(conditionsOf(parent), nameOf(route)).toMatchObject({
            Accepted: 'True',
            ResolvedRefs: 'True',
          });
        }
      }
    });

    comesTrue('Certificates are Ready, each with its issuer and a Secret beside the Gateway', async () => {
      const path = `/apis/cert-manager.io/v1/namespaces/${SYSTEM}/certificates`;
      const certificates = await items(path);
      expect(certificates.map((one) => digList(one, 'spec', 'dnsNames').join()).sort()).toEqual(
        [`*.${BASE}`, ...stage().clusters.map(ofCustomer)].sort(),
      );
      const secrets = (await items(`/api/v1/namespaces/${SYSTEM}/secrets`)).map(nameOf);
      for (const certificate of certificates) {
        expect(conditionsOf(dig(certificate, 'status'))).toMatchObject({ Ready: 'True' });
        expect(digText(certificate, 'spec', 'issuerRef', 'name')).toBe('lab-ca');
        expect(secrets).toContain(digText(certificate, 'spec', 'secretName'));
      }
      const names = certificates.map((one) => digText(one, 'spec', 'secretName'));
      expect(names).toContain('kubebyon-kubebyon-workload-tls');
    });

    comesTrue(
      'the API and the edge controller have the variables of the runbook, the worker those of the control plane',
      async () => {
        const deployments = await items(`/apis/apps/v1/namespaces/${SYSTEM}/deployments`);
        const variables = (end: string) => {
          const deployment = deployments.find((one) => nameOf(one).endsWith(end));
          const containers = digList(deployment, 'spec', 'template', 'spec', 'containers');
          return digList(containers[0], 'env')
            .map((one) => digText(one, 'name'))
            .filter((name) => name.startsWith('KUBEBYON_GATEWAY_API_'));
        };
        expect(variables('-worker').every((name) => !name.includes('WORKLOAD'))).toBe(true);
        expect(variables('-worker')).toContain('KUBEBYON_GATEWAY_API_LISTENER_NAME');
        expect(variables('-api')).toContain('KUBEBYON_GATEWAY_API_WORKLOAD_PODCIDR_ROUTE_MODE');
        expect(variables('-edge-controller')).toEqual(variables('-api'));
      },
    );

    comesTrue(
      'a cluster has routes for its names, a Service and an EndpointSlice that say how it is reached',
      async () => {
        for (const index of stage().clusters) {
          const where = `/namespaces/vc-${index}`;
          const ours = (all: readonly unknown[]) =>
            all.filter(
              (one) =>
                dig(one, 'metadata', 'labels', 'kubebyon.app/gateway-api-sync-kind') === 'workload-edge' &&
                dig(one, 'metadata', 'labels', 'app.kubernetes.io/managed-by') === 'kubebyon',
            );
          const routes = ours(await ofGateways('httproutes', where));
          const names = new Set(routes.flatMap((one) => digList(one, 'spec', 'hostnames')));
          expect([...names].sort()).toEqual([targetOf(index), ofPlatform(index), ofCustomer(index)].sort());
          const [service, ...services] = ours(await items(`/api/v1${where}/services`));
          expect(services).toEqual([]);
          const mode = digText(service, 'metadata', 'annotations', 'kubebyon.app/workload-edge-backend-mode');
          const [slice] = ours(await items(`/apis/discovery.k8s.io/v1${where}/endpointslices`));
          const addresses = digList(slice, 'endpoints').flatMap((one) => digList(one, 'addresses'));
          const [port] = digList(slice, 'ports').map((one) => dig(one, 'port'));
          expect({ mode, addresses, port }).toEqual(
            mode === 'podip'
              ? { mode, addresses: [`10.${index}.1.5`, `10.${index}.2.5`], port: 80 }
              : { mode: 'nodeport', addresses: [`192.168.${index}.11`, `192.168.${index}.12`], port: 30_080 },
          );
        }
      },
    );

    comesTrue('the customer’s own name is written back to the target of its cluster', async () => {
      const routes = await ofGateways('httproutes');
      for (const index of stage().clusters) {
        const rewritten = routes
          .filter((one) => digList(one, 'spec', 'hostnames').includes(ofCustomer(index)))
          .map((one) => /"urlRewrite":\{"hostname":"([^"]+)"/.exec(JSON.stringify(dig(one, 'spec')))?.[1])
          .filter((name) => name !== undefined);
        expect(rewritten).toEqual([targetOf(index)]);
      }
    });

    comesTrue('EdgeClusters become Ready, with every hostname', async () => {
      const all = await items('/apis/kubebyon.app/v1alpha1/edgeclusters');
      expect(all.map((one) => digText(one, 'status', 'hostnamesReady'))).toEqual(
        stage().clusters.map(() => '2/2'),
      );
      for (const one of all) expect(conditionsOf(dig(one, 'status')).Ready, nameOf(one)).toBe('True');
    });
  });
}

function nameOf(object: unknown): string {
  return digText(object, 'metadata', 'name');
}

/** By type: the status of a condition. */
function conditionsOf(object: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    digList(object, 'conditions').map((one) => [digText(one, 'type'), digText(one, 'status')]),
  );
}
