import type { Planned } from '../../planner/index.ts';
import type { ProbeTarget } from './probes.ts';

/** What a plan wants to know: names by when DNS is to be asked again, and addresses by cluster. */
export interface WantedObservations {
  readonly names: ReadonlyMap<string, string | undefined>;
  readonly targets: ReadonlyMap<string, readonly ProbeTarget[]>;
}

export function wantedObservations({ status }: Planned): WantedObservations {
  const names = new Map<string, string | undefined>();
  const targets = new Map<string, readonly ProbeTarget[]>();
  for (const { id, hostnames, backend } of status.clusters) {
    for (const { hostname, phase, nextCheckAt } of hostnames) {
      // Two clusters may bind one name: the earlier time counts.
      if (phase !== 'invalid') names.set(hostname, earlier(names.get(hostname), nextCheckAt));
    }
    if (backend?.probeTargets !== undefined) targets.set(id, backend.probeTargets);
  }
  return { names, targets };
}

function earlier(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Date.parse(one) <= Date.parse(other) ? one : other;
}
