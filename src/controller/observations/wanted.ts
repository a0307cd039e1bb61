import { setImmediate as breathe } from 'node:timers';
import type { Clock } from '../../kube/index.ts';
import type { ClusterStatus } from '../../planner/index.ts';
import { sameData } from '../../planner/world/json.ts';
import type { PlannedChanges } from '../loop/planned-changes.ts';
import type { ProbeTarget } from './probes.ts';

/** When DNS is to be asked about a name again. */
export interface WantedName {
  /** RFC 3339; undefined when the plan says no time. */
  readonly at: string | undefined;
  /** The platform has handed it out and keeps its DNS: nobody moves it away unseen. */
  readonly isPlatforms: boolean;
}

/** Hears what plans want to know, each thing when it is another one. */
export interface WantedHandler {
  readonly onName: (hostname: string, wanted: WantedName) => void;
  readonly onNoName: (hostname: string) => void;
  /** Addresses to probe for a cluster. */
  readonly onTargets: (cluster: string, targets: readonly ProbeTarget[]) => void;
  readonly onNoTargets: (cluster: string) => void;
  /** The hostname of a control plane whose route the Gateway's controller has taken. */
  readonly onControlPlane: (cluster: string, hostname: string) => void;
  readonly onNoControlPlane: (cluster: string) => void;
  /** Everything that plans have said so far has been told. */
  readonly onTold: () => void;
}

/** What plans want to know: names of DNS, addresses, and control planes. What a plan does not change costs nothing. */
export interface Wanted {
  /** The next plan. */
  follow(changes: PlannedChanges): void;
  /** Everything has been told. */
  isTold(): boolean;
  stop(): void;
}

/** After the first plan there are tens of thousands of names: everything else must not wait for them. */
const SLICE_MS = 5;

export function followWanted(clock: Clock, handler: WantedHandler): Wanted {
  /** What the newest plan says, not followed yet. */
  const pending = new Map<string, ClusterStatus | undefined>();
  /** Told at the end: a name that moves from one cluster to another is wanted all the time. */
  const touched = new Set<string>();
  let isBreathing = false;
  let isStopped = false;
  const known = new Map<string, ClusterStatus>();
  /** The clusters that name a hostname; two may bind one. */
  const owners = new Map<string, readonly string[]>();

  const tellName = (hostname: string): void => {
    const all = (owners.get(hostname) ?? []).flatMap((id) => namesOf(known.get(id)).get(hostname) ?? []);
    if (all.length === 0) handler.onNoName(hostname);
    else handler.onName(hostname, all.reduce(sooner));
  };
  const own = (hostname: string, id: string, isOwn: boolean): void => {
    const others = (owners.get(hostname) ?? []).filter((each) => each !== id);
    const now = isOwn ? [...others, id] : others;
    if (now.length === 0) owners.delete(hostname);
    else owners.set(hostname, now);
  };
  const followOne = (id: string, status: ClusterStatus | undefined): void => {
    const before = known.get(id);
    const [were, are] = [namesOf(before), namesOf(status)];
    if (status === undefined) known.delete(id);
    else known.set(id, status);
    for (const hostname of were.keys()) {
      if (are.has(hostname)) continue;
      own(hostname, id, false);
      touched.add(hostname);
    }
    for (const [hostname, wanted] of are) {
      const isNew = !were.has(hostname);
      if (isNew) own(hostname, id, true);
      if (isNew || !sameData(were.get(hostname), wanted)) touched.add(hostname);
    }
    const [targets, last] = [status?.backend?.probeTargets, before?.backend?.probeTargets];
    if (targets === undefined && last !== undefined) handler.onNoTargets(id);
    else if (targets !== undefined && targets !== last) handler.onTargets(id, targets);
    const [hostname, former] = [acceptedOf(status), acceptedOf(before)];
    if (hostname === undefined && former !== undefined) handler.onNoControlPlane(id);
    else if (hostname !== undefined && hostname !== former) handler.onControlPlane(id, hostname);
  };
  const step = (): boolean => {
    for (const [id, status] of pending) {
      pending.delete(id);
      followOne(id, status);
      return true;
    }
    for (const hostname of touched) {
      touched.delete(hostname);
      tellName(hostname);
      return true;
    }
    return false;
  };
  const work = (): void => {
    if (isBreathing || isStopped) return;
    const begun = clock.now();
    while (step()) {
      if (clock.now() - begun < SLICE_MS) continue;
      isBreathing = true;
      breathe(() => {
        isBreathing = false;
        work();
      });
      return;
    }
    handler.onTold();
  };
  return {
    follow: ({ reports, gone }) => {
      for (const id of gone) pending.set(id, undefined);
      for (const { status } of reports) pending.set(status.id, status);
      if (pending.size > 0) work();
    },
    isTold: () => pending.size === 0 && touched.size === 0,
    stop: () => {
      isStopped = true;
    },
  };
}

/** The names of a cluster that are names. */
function namesOf(status: ClusterStatus | undefined): ReadonlyMap<string, WantedName> {
  const names = new Map<string, WantedName>();
  for (const { hostname, phase, management, nextCheckAt: at } of status?.hostnames ?? []) {
    if (phase === 'invalid') continue;
    const [wanted, known] = [{ at, isPlatforms: management === 'platform' }, names.get(hostname)];
    names.set(hostname, known === undefined ? wanted : sooner(known, wanted));
  }
  return names;
}

function acceptedOf(status: ClusterStatus | undefined): string | undefined {
  return status?.controlPlane?.phase === 'ready' ? status.controlPlane.hostname : undefined;
}

/** Of two wishes the one that asks sooner, in each part. */
function sooner(one: WantedName, other: WantedName): WantedName {
  return { at: earlier(one.at, other.at), isPlatforms: one.isPlatforms && other.isPlatforms };
}

function earlier(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Date.parse(one) <= Date.parse(other) ? one : other;
}
