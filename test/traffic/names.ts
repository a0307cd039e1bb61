import { BASE, targetOf } from '../support/worlds.ts';

/** The hostname of a cluster that is below the base domain: the shared certificate is for it. */
export function ofPlatform(index: number): string {
  return `app${index}.${BASE}`;
}

/** The hostname of a cluster that belongs to its customer: it has a certificate of its own. */
export function ofCustomer(index: number): string {
  return `www.customer${index}.test`;
}

/** The two hostnames that every cluster has. */
export function hostnamesOf(index: number): readonly string[] {
  return [ofPlatform(index), ofCustomer(index)];
}

/** All names by which the workloads of a cluster are asked for, and the host that they see. */
export function workloadNames(index: number): readonly (readonly [name: string, seen: string])[] {
  const target = targetOf(index);
  return [
    [target, target],
    [ofPlatform(index), ofPlatform(index)],
    // A name of its own is written back to the target: the ingress knows no other (runbook 4.7).
    [ofCustomer(index), target],
  ];
}
