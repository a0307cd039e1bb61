import { run } from '../../src/cli/run.ts';
import { list } from '../../tools/lab/kubelet/objects.ts';
import type { Lab } from '../../tools/lab/lab.ts';
import { dig, digList, digText } from '../support/rules/dig.ts';
import { SYSTEM } from '../support/worlds.ts';

type Host = Lab['host'];

/** Where nobody of the lab is. */
export const ELSEWHERE = ['198.51.100.1'] as const;

/** The challenge that stands for a name; undefined: none does. */
export async function challengeOf({ api }: Host, name: string): Promise<unknown> {
  const all = await list<unknown>(api, `/apis/acme.cert-manager.io/v1/namespaces/${SYSTEM}/challenges`);
  return all.find((one) => dig(one, 'spec', 'dnsName') === name);
}

/** The orders of cert-manager for a name, whatever came of them. */
export async function ordersFor({ api }: Host, name: string): Promise<readonly unknown[]> {
  const all = await list<unknown>(api, `/apis/acme.cert-manager.io/v1/namespaces/${SYSTEM}/orders`);
  return all.filter((one) => digList(one, 'spec', 'dnsNames').includes(name));
}

/** The Certificates for a name, exactly as it stands in them. */
export async function certificatesFor({ api }: Host, name: string): Promise<readonly unknown[]> {
  const all = await list<unknown>(api, `/apis/cert-manager.io/v1/namespaces/${SYSTEM}/certificates`);
  return all.filter((one) => digList(one, 'spec', 'dnsNames').includes(name));
}

/** Whether the last issuance of one of these Certificates has failed. */
export function hasFailed(certificates: readonly unknown[]): boolean {
  return certificates
    .flatMap((one) => digList(one, 'status', 'conditions'))
    .some((one) => dig(one, 'type') === 'Issuing' && dig(one, 'reason') === 'Failed');
}

/** The routes of the solver for a name. */
export async function solverRoutes({ api }: Host, name: string): Promise<readonly unknown[]> {
  const all = await list<unknown>(api, `/apis/gateway.networking.k8s.io/v1/namespaces/${SYSTEM}/httproutes`);
  return all.filter(
    (one) =>
      digText(one, 'metadata', 'name').startsWith('cm-acme-http-solver-') &&
      digList(one, 'spec', 'hostnames').includes(name),
  );
}

/** By type: what the EdgeCluster of a cluster says of one of its hostnames, as `STATUS REASON: MESSAGE`. */
export async function saidOf(
  { api }: Host,
  index: number,
  hostname: string,
): Promise<Readonly<Record<string, string>>> {
  const all = await list<unknown>(api, `/apis/kubebyon.app/v1alpha1/namespaces/vc-${index}/edgeclusters`);
  const about = all
    .flatMap((one) => digList(one, 'status', 'hostnames'))
    .find((one) => dig(one, 'hostname') === hostname);
  return Object.fromEntries(
    digList(about, 'conditions').map((one) => [
      digText(one, 'type'),
      `${digText(one, 'status')} ${digText(one, 'reason')}: ${digText(one, 'message')}`,
    ]),
  );
}

/** What was told as Events about clusters so far, each as `REASON: MESSAGE`. */
export async function told({ api }: Host): Promise<readonly string[]> {
  const events = await list<unknown>(api, '/api/v1/events');
  return events
    .filter((one) => dig(one, 'involvedObject', 'kind') === 'EdgeCluster')
    .map((one) => `${digText(one, 'reason')}: ${digText(one, 'message')}`);
}

/** What `why` and `verify` say that is not as it should be, a line each. */
export async function complaints(host: Host, words: readonly string[]): Promise<readonly string[]> {
  const flags = ['-n', SYSTEM, '--no-requests', '--kubeconfig', host.kubeconfig, '-o', 'json'];
  const { stdout = '', stderr = '' } = await run([...words, ...flags]);
  if (stdout === '') throw new Error(stderr);
  const checks = digList(JSON.parse(stdout), 'checks').filter((one) => dig(one, 'verdict') !== 'ok');
  return checks.map(
    (one) =>
      `${digText(one, 'verdict')} ${digText(one, 'code')} ${digText(one, 'object')}: ${digText(one, 'found')}`,
  );
}
