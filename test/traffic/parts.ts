import { list, must } from '../../tools/lab/kubelet/objects.ts';
import type { RunningPod } from '../../tools/lab/kubelet/running-pod.ts';
import type { Lab } from '../../tools/lab/lab.ts';
import { dig, digList, digText } from '../support/rules/dig.ts';
import { SYSTEM } from '../support/worlds.ts';
import { ofPlatform } from './names.ts';
import { untilServed } from './serving.ts';

type Host = Lab['host'];

const CERTIFICATES = `/apis/cert-manager.io/v1/namespaces/${SYSTEM}/certificates`;
const WORKLOAD_GATEWAY = `/apis/gateway.networking.k8s.io/v1/namespaces/${SYSTEM}/gateways/kubebyon-kubebyon-workload-gateway`;

const CONTROLLER = 'edge-controller';

/**
 * Ends the edge controller that leads; gives the id of its process.
 *
 * @param signal SIGKILL as a Node that fails does, SIGTERM as a Pod that is moved elsewhere.
 */
export async function endLeader(
  { kubelet }: Pick<Lab, 'kubelet'>,
  signal: 'SIGKILL' | 'SIGTERM',
): Promise<number> {
  for (const pod of kubelet.pods()) {
    const program = pod.programs()[CONTROLLER];
    if (program === undefined || !(await leads(pod.probe(CONTROLLER)))) continue;
    process.kill(program.pid, signal);
    return program.pid;
  }
  throw new Error('no edge controller says that it leads');
}

/** The images of the edge controllers that run. */
export function controllerImages({ kubelet }: Pick<Lab, 'kubelet'>): readonly string[] {
  return kubelet
    .pods()
    .flatMap(({ pod }) => pod.spec.containers)
    .flatMap(({ name, image = '' }) => (name === CONTROLLER ? [image] : []));
}

async function leads(at: ReturnType<RunningPod['probe']>): Promise<boolean> {
  if (at === undefined) return false;
  const answer = await fetch(`http://${at.host}:${at.port}/metrics`);
  return /^kubebyon_edge_leading 1$/m.test(await answer.text());
}

/** The Certificate for exactly one name. */
export async function certificateOf({ api }: Host, name: string): Promise<unknown> {
  const all = await list<unknown>(api, CERTIFICATES);
  const found = all.find((one) => digList(one, 'spec', 'dnsNames').join() === name);
  if (found === undefined) throw new Error(`no Certificate for ${name}`);
  return found;
}

/** Asks cert-manager for another certificate in the place of one that is good, as `cmctl renew` does. */
export async function markForRenewal(host: Host, name: string): Promise<void> {
  const certificate = await certificateOf(host, name);
  const conditions = digList(certificate, 'status', 'conditions').filter(
    (one) => dig(one, 'type') !== 'Issuing',
  );
  const issuing = {
    ...{ type: 'Issuing', status: 'True', reason: 'ManuallyTriggered', message: 'renewed by hand' },
    lastTransitionTime: new Date().toISOString().replace(/\.\d+Z/, 'Z'),
    observedGeneration: dig(certificate, 'metadata', 'generation'),
  };
  await must(host.api, {
    method: 'PATCH',
    path: `${CERTIFICATES}/${digText(certificate, 'metadata', 'name')}/status`,
    contentType: 'application/merge-patch+json',
    body: { status: { conditions: [...conditions, issuing] } },
  });
}

/** Deletes the Secret that the certificate of a name is in. */
export async function deleteSecret(host: Host, name: string): Promise<void> {
  const secret = digText(await certificateOf(host, name), 'spec', 'secretName');
  await must(host.api, { method: 'DELETE', path: `/api/v1/namespaces/${SYSTEM}/secrets/${secret}` });
}

/** The class of the Gateway of an entry. */
export async function classOf({ host }: Pick<Lab, 'host'>, entry: string): Promise<string> {
  const path = WORKLOAD_GATEWAY.replace('workload', entry);
  return digText(await must(host.api, { method: 'GET', path }), 'spec', 'gatewayClassName');
}

/** From where the listener that the chart has declared on the workload Gateway takes routes. */
export async function chartListenerFrom({ host }: Pick<Lab, 'host'>): Promise<string> {
  const gateway = await must(host.api, { method: 'GET', path: WORKLOAD_GATEWAY });
  const listener = digList(gateway, 'spec', 'listeners').find((one) => dig(one, 'name') === 'workload-http');
  return digText(listener, 'allowedRoutes', 'namespaces', 'from');
}

/** How many listeners the workload Gateway has. */
export async function listenerCount({ host }: Pick<Lab, 'host'>): Promise<number> {
  const gateway = await must(host.api, { method: 'GET', path: WORKLOAD_GATEWAY });
  return digList(gateway, 'spec', 'listeners').length;
}

/** Waits until every cluster is reached at addresses that begin so: those of Nodes, or those of Pods. */
export async function untilReachedAt(
  clusters: readonly number[],
  address: string,
  beginning: string,
): Promise<void> {
  for (const index of clusters) {
    await untilServed(
      `c-${index} at ${beginning}`,
      { scheme: 'https', address, host: ofPlatform(index) },
      ({ answer }) => answer?.who === `c-${index}` && answer.address.startsWith(beginning),
    );
  }
}
