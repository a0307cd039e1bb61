import type { WorkloadConfig } from '../../contract/runtime-config.ts';
import type { SharedSteps } from '../context.ts';
import { type Finding, finding } from '../findings.ts';
import type { Clock } from '../world/clock.ts';
import { type Hold, isHeld, type Withdrawal } from '../world/hold.ts';
import { compareText } from '../world/json.ts';
import { describeCollision, type ForeignListener, inTheWayOf, listenerPlace } from './foreign-listeners.ts';
import { listenersBefore } from './foreign-sets.ts';
import type { DedicatedHostname } from './hostname-plan.ts';
import { asObserved, dedicatedListener, type KeptListeners, type Listener } from './listener-entries.ts';
import { setNumber } from './listener-sets.ts';
import type { PlacedListener } from './listeners-observed.ts';
import type { RouteNamespaces } from './route-namespaces.ts';
import { servable, sharedListener } from './shared-listener.ts';

/** Most listeners that Gateway API allows on a Gateway or ListenerSet. */
export const MAX_LISTENERS = 64;

/** Which entry stands where. */
export interface Arrangement {
  readonly onGateway: readonly Listener[];
  readonly inSets: ReadonlyMap<number, readonly Listener[]>;
  readonly findings: readonly Finding[];
  readonly withdrawals: readonly Withdrawal[];
}

export interface ListenersToArrange {
  readonly kept: KeptListeners;
  readonly shared: SharedSteps;
  readonly workload: WorkloadConfig;
  readonly dedicated: readonly DedicatedHostname[];
  /** What the shared listener may refer to; undefined: there is none. */
  readonly sharedSecrets: readonly string[] | undefined;
  readonly hold: Hold;
  readonly clock: Clock;
  /** New entries go to ListenerSets. */
  readonly setsUsable: boolean;
}

/** The Gateway, or a ListenerSet of ours by its number. */
type Place = 'gateway' | number;

/** An arrangement while it is made. */
interface Draft extends Arrangement {
  readonly onGateway: Listener[];
  readonly inSets: Map<number, Listener[]>;
  readonly findings: Finding[];
  readonly withdrawals: Withdrawal[];
  /** The listener of others that comes before an entry and collides with it. */
  readonly inTheWay: (entry: Listener, place: Place) => ForeignListener | undefined;
}

/** Listeners of the Gateway come before those of every ListenerSet (Gateway API, listener precedence). */
function collisions({ kept, shared }: ListenersToArrange): Draft['inTheWay'] {
  const { foreign, foreignSets, sets } = shared.listeners;
  const onGateway = foreign.map(listenerPlace);
  return (entry, place) => {
    if (place === 'gateway' || foreignSets.length === 0) return inTheWayOf(entry, onGateway);
    const ours = sets.find((set) => setNumber(kept, set) === place);
    return inTheWayOf(entry, [...onGateway, ...listenersBefore(foreignSets, ours)]);
  };
}

/** The shared listener, then what is there and stays, then what is new, oldest first. */
export function arrange(input: ListenersToArrange): Arrangement {
  const { shared, workload, sharedSecrets, clock } = input;
  const inTheWay = collisions(input);
  const draft: Draft = {
    onGateway: [],
    inSets: new Map(),
    findings: [],
    withdrawals: [],
    inTheWay,
  };
  const { admits } = shared.listeners;
  // Then there are none of ours either.
  if (admits === undefined) return draft;
  const main = sharedListener(shared, workload, sharedSecrets, admits, clock);
  if (main !== undefined) {
    const other = inTheWay(main, 'gateway');
    if (other !== undefined) draft.findings.push(placeTaken(main, other));
    if (other === undefined || shared.listeners.own.has(main.name)) draft.onGateway.push(main);
  }
  placeKnown(draft, input, admits, main === undefined ? undefined : workload.tls?.httpsListenerName);
  placeNew(draft, input, admits);
  return draft;
}

/** @param placed the name of an entry that has its place already. */
function placeKnown(
  draft: Draft,
  input: ListenersToArrange,
  admits: RouteNamespaces,
  placed: string | undefined,
): void {
  const { kept, shared, workload, dedicated, hold, clock } = input;
  const wanted = new Map(dedicated.map((one) => [one.name, one]));
  for (const [name, own] of shared.listeners.own) {
    if (name === placed) continue;
    const hostname = wanted.get(name);
    if (hostname === undefined && !inUse(shared, own, clock)) {
      draft.withdrawals.push({ kind: 'listener', key: name });
      if (!(hold.everything || (isHeld(hold, 'listener') && workload.tls !== undefined))) continue;
    }
    const entry =
      hostname === undefined ? asObserved(own, admits) : dedicatedListener(kept, hostname, admits);
    const set = own.parent.kind === 'ListenerSet' ? setNumber(kept, own.parent) : undefined;
    const other = draft.inTheWay(entry, set ?? 'gateway');
    if (other !== undefined) draft.findings.push(placeTaken(entry, other, hostname));
    if (own.parent.kind !== 'ListenerSet') draft.onGateway.push(entry);
    else if (set !== undefined) putInSet(draft.inSets, set, entry);
  }
}

function placeNew(
  draft: Draft,
  { kept, shared, dedicated, clock, setsUsable }: ListenersToArrange,
  admits: RouteNamespaces,
): void {
  const { own, foreign } = shared.listeners;
  const fresh = dedicated
    .filter(({ name }) => !own.has(name))
    .filter(({ name }) => shared.host.complete && servable(shared, name, clock))
    .sort((a, b) => a.createdAt - b.createdAt || compareText(a.hostname, b.hostname));
  for (const hostname of fresh) {
    const entry = dedicatedListener(kept, hostname, admits);
    const set = setsUsable ? firstSetWithRoom(draft.inSets) : undefined;
    const other = draft.inTheWay(entry, set ?? 'gateway');
    if (other !== undefined) draft.findings.push(placeTaken(entry, other, hostname));
    else if (set !== undefined) putInSet(draft.inSets, set, entry);
    else if (draft.onGateway.length + foreign.length < MAX_LISTENERS) draft.onGateway.push(entry);
    else draft.findings.push(noRoom(hostname));
  }
}

function noRoom({ hostname, clusterId }: DedicatedHostname): Finding {
  const message = `the Gateway has ${MAX_LISTENERS} listeners; ${hostname} has none`;
  return finding('ListenerCapacity', clusterId, message, { hostname });
}

/** Whether routes of ours still attach to this listener; a redirect to it is always taken away before they are. */
function inUse(shared: SharedSteps, { entry }: PlacedListener, clock: Clock): boolean {
  if (shared.observed.routesOnListener(entry.name) > 0) return true;
  return entry.hostname !== undefined && shared.recentlyOnListener(entry.hostname, clock);
}

/** An entry that collides is not written; one that is there stays, since others may be the ones to go. */
function placeTaken(entry: Listener, other: ForeignListener, hostname?: DedicatedHostname): Finding {
  const about = hostname === undefined ? {} : { hostname: hostname.hostname };
  return finding('ListenerNameTaken', hostname?.clusterId ?? null, describeCollision(other, entry), about);
}

function putInSet(sets: Map<number, Listener[]>, number: number, entry: Listener): void {
  const entries = sets.get(number);
  if (entries === undefined) sets.set(number, [entry]);
  else entries.push(entry);
}

function firstSetWithRoom(sets: ReadonlyMap<number, readonly Listener[]>): number {
  let number = 1;
  while ((sets.get(number)?.length ?? 0) >= MAX_LISTENERS) number += 1;
  return number;
}
