import { listed } from '../../text/listed.ts';
import type { ClusterContext } from '../context.ts';
import { type Finding, finding } from '../findings.ts';
import {
  describeListener,
  type ForeignListener,
  type ListenerPlace,
  type Taking,
  takersOf,
} from './foreign-listeners.ts';
import type { EdgeHostname } from './hostname-plan.ts';

/** The entries of the workload Gateway that routes of clusters attach to (runbook 5.4). */
const HTTP = { port: 80, protocol: 'HTTP', hostname: undefined };
const HTTPS = { port: 443, protocol: 'HTTPS' };

/** Names of a cluster whose requests a listener of others takes. */
export interface TakenNames {
  readonly findings: readonly Finding[];
  /** Those that it takes whole. */
  readonly hostnames: ReadonlySet<string>;
}

/** Looks for listeners of others that are more specific than those our routes attach to. */
export function takenNames({ shared, id }: ClusterContext, served: readonly EdgeHostname[]): TakenNames {
  const foreign = shared.foreignListeners;
  const hostnames = new Set<string>();
  const takings: Taking[] = [];
  for (const { hostname, http, https, redirect, certificateOf } of foreign.length === 0 ? [] : served) {
    const secure = https === 'shared' ? `*.${shared.baseDomain ?? ''}` : (certificateOf ?? hostname);
    const ours: Pick<ListenerPlace, 'port' | 'protocol' | 'hostname'>[] = [
      ...(http || redirect ? [HTTP] : []),
      ...(https === undefined ? [] : [{ ...HTTPS, hostname: secure }]),
    ];
    const taken = ours.flatMap((one) => takersOf(hostname, one, foreign));
    takings.push(...taken);
    if (taken.some(({ name }) => name === hostname)) hostnames.add(hostname);
  }
  return { findings: takingFindings(id, takings, 'requests'), hostnames };
}

/** One finding for each listener, with the names that it takes. */
export function takingFindings(
  cluster: string,
  takings: readonly Taking[],
  what: 'requests' | 'connections',
): readonly Finding[] {
  const names = new Map<ForeignListener, Set<string>>();
  for (const { listener, name } of takings) names.set(listener, (names.get(listener) ?? new Set()).add(name));
  return [...names].map(([listener, taken]) =>
    finding(
      'ForeignListener',
      cluster,
      `${describeListener(listener)} takes the ${what} for ${listed([...taken])}`,
    ),
  );
}
