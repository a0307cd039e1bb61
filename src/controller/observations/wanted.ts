import type { ClusterStatus } from '../../planner/index.ts';
import type { PlannedChanges } from '../loop/planned-changes.ts';
import type { ProbeTarget } from './probes.ts';

/** Hears what plans want to know, each thing when it is another one. */
export interface WantedHandler {
  /** A name is wanted, and DNS is to be asked again at that time: RFC 3339, or undefined when the plan says none. */
  readonly onName: (hostname: string, at: string | undefined) => void;
  readonly onNoName: (hostname: string) => void;
  /** Addresses to probe for a cluster. */
  readonly onTargets: (cluster: string, targets: readonly ProbeTarget[]) => void;
  readonly onNoTargets: (cluster: string) => void;
  /** The hostname of a control plane whose route the Gateway's controller has taken. */
  readonly onControlPlane: (cluster: string, hostname: string) => void;
  readonly onNoControlPlane: (cluster: string) => void;
}

/** Follows what plans want to know: names of DNS, addresses, and control planes. What a plan does not change costs nothing. */
export function followWanted(handler: WantedHandler): (changes: PlannedChanges) => void {
  const known = new Map<string, ClusterStatus>();
  /** The clusters that name a hostname; two may bind one. */
  const owners = new Map<string, readonly string[]>();

  const tellName = (hostname: string): void => {
    const times = (owners.get(hostname) ?? []).map((id) => namesOf(known.get(id)).get(hostname));
    if (times.length === 0) handler.onNoName(hostname);
    else handler.onName(hostname, times.reduce(earlier));
  };
  const own = (hostname: string, id: string, isOwn: boolean): void => {
    const others = (owners.get(hostname) ?? []).filter((each) => each !== id);
    const now = isOwn ? [...others, id] : others;
    if (now.length === 0) owners.delete(hostname);
    else owners.set(hostname, now);
  };
  const follow = (id: string, status: ClusterStatus | undefined, touched: Set<string>): void => {
    const before = known.get(id);
    const [were, are] = [namesOf(before), namesOf(status)];
    if (status === undefined) known.delete(id);
    else known.set(id, status);
    for (const hostname of were.keys()) {
      if (are.has(hostname)) continue;
      own(hostname, id, false);
      touched.add(hostname);
    }
    for (const [hostname, at] of are) {
      const isNew = !were.has(hostname);
      if (isNew) own(hostname, id, true);
      if (isNew || were.get(hostname) !== at) touched.add(hostname);
    }
    const [targets, last] = [status?.backend?.probeTargets, before?.backend?.probeTargets];
    if (targets === undefined && last !== undefined) handler.onNoTargets(id);
    else if (targets !== undefined && targets !== last) handler.onTargets(id, targets);
    const [hostname, former] = [acceptedOf(status), acceptedOf(before)];
    if (hostname === undefined && former !== undefined) handler.onNoControlPlane(id);
    else if (hostname !== undefined && hostname !== former) handler.onControlPlane(id, hostname);
  };
  return ({ reports, gone }) => {
    // Told at the end: a name that moves from one cluster to another is wanted all the time.
    const touched = new Set<string>();
    for (const id of gone) follow(id, undefined, touched);
    for (const { status } of reports) follow(status.id, status, touched);
    for (const hostname of touched) tellName(hostname);
  };
}

/** The names of a cluster that are names, each with the earliest time when it is to be asked again. */
function namesOf(status: ClusterStatus | undefined): ReadonlyMap<string, string | undefined> {
  const names = new Map<string, string | undefined>();
  for (const { hostname, phase, nextCheckAt } of status?.hostnames ?? []) {
    if (phase === 'invalid') continue;
    names.set(hostname, names.has(hostname) ? earlier(names.get(hostname), nextCheckAt) : nextCheckAt);
  }
  return names;
}

function acceptedOf(status: ClusterStatus | undefined): string | undefined {
  return status?.controlPlane?.phase === 'ready' ? status.controlPlane.hostname : undefined;
}

function earlier(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Date.parse(one) <= Date.parse(other) ? one : other;
}
