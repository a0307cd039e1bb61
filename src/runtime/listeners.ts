import { LABELS, RUNTIME_FIELD_MANAGER, RUNTIME_MANAGED_BY, SYNC_KINDS } from '../contract/labels.ts';
import type { WorkloadConfig } from '../contract/runtime-config.ts';
import { listenerSetName } from '../contract/runtime-names.ts';
import type { Action } from './action.ts';
import type { Clock } from './clock.ts';
import { says } from './compare.ts';
import type { Shared } from './context.ts';
import type { DedicatedHostname } from './edge-hostnames.ts';
import { type Finding, finding } from './findings.ts';
import { compareText, get } from './json.ts';
import type { PlacedListener } from './listeners-observed.ts';
import { conditionOf, GATEWAY_GROUP, listenersOf, referenceOf } from './objects.ts';
import { applyId, combine, found, NOTHING, type Part, preconditionOf, want, withdraw } from './part.ts';
import { secretNames, secretProblem } from './secrets.ts';
import type { SharedStatus } from './status.ts';
import { type Hold, isHeld, type Withdrawal } from './withdrawals.ts';
import type { KubeObject } from './world.ts';

/** Most listeners that Gateway API allows on a Gateway or ListenerSet. */
export const MAX_LISTENERS = 64;
/** Most certificateRefs of a listener. */
const MAX_REFS = 64;

export interface ListenersPlan extends Part {
  readonly status: SharedStatus['listeners'];
}

type Listener = Readonly<Record<string, unknown>> & { readonly name: string };

/**
 * Our entries of the workload Gateway, all under one field manager, and our ListenerSets.
 *
 * An entry is written when its Secret exists and goes after the routes that use it. Dedicated listeners stay where
 * they are; new ones prefer ListenerSets, which neither Helm nor other tenants' changes touch.
 */
export function planListeners(
  shared: Shared,
  dedicated: readonly DedicatedHostname[],
  sharedSecrets: readonly string[] | undefined,
  hold: Hold,
  clock: Clock,
): ListenersPlan {
  const { workload, listeners } = shared;
  const { gateway } = listeners;
  const empty = { onGateway: 0, inListenerSets: 0, freeOnGateway: 0 };
  if (workload === undefined)
    return { ...combine(listeners.sets.map((set) => dropSet(set, hold))), status: empty };
  if (gateway === undefined) {
    const missing = shared.host.complete
      ? [
          finding(
            'GatewayMissing',
            null,
            `Gateway ${workload.gateway.namespace}/${workload.gateway.name} does not exist`,
          ),
        ]
      : [];
    return { ...found(...missing), status: empty };
  }
  if (listeners.ownersUnknown) {
    return {
      ...found(
        finding('ManagedFieldsMissing', null, 'the workload Gateway was read without managedFields', {
          object: referenceOf(gateway),
        }),
      ),
      status: empty,
    };
  }
  const setsUsable = workload.listenerSets && shared.apis.listenerSet !== undefined;
  const findings: Finding[] = [];
  if (workload.listenerSets && !setsUsable)
    findings.push(finding('ListenerSetCRDMissing', null, 'dedicated listeners go to the Gateway'));
  const arrangement = arrange(shared, workload, dedicated, sharedSecrets, hold, clock, setsUsable);
  const onGateway = gatewayPart(shared, workload, gateway, arrangement.onGateway);
  const inSets = listenerSetParts(shared, workload, arrangement.inSets, hold);
  return {
    ...combine([
      found(...findings, ...arrangement.findings, ...healthFindings(shared)),
      onGateway,
      ...inSets,
      { ...NOTHING, withdrawals: arrangement.withdrawals },
    ]),
    status: {
      onGateway: arrangement.onGateway.length,
      inListenerSets: [...arrangement.inSets.values()].reduce((sum, list) => sum + list.length, 0),
      freeOnGateway: Math.max(0, MAX_LISTENERS - listeners.foreign.length - arrangement.onGateway.length),
    },
  };
}

interface Arrangement {
  readonly onGateway: readonly Listener[];
  readonly inSets: ReadonlyMap<number, readonly Listener[]>;
  readonly findings: readonly Finding[];
  readonly withdrawals: readonly Withdrawal[];
}

function arrange(
  shared: Shared,
  workload: WorkloadConfig,
  dedicated: readonly DedicatedHostname[],
  sharedSecrets: readonly string[] | undefined,
  hold: Hold,
  clock: Clock,
  setsUsable: boolean,
): Arrangement {
  const { listeners } = shared;
  const findings: Finding[] = [];
  const withdrawals: Withdrawal[] = [];
  const onGateway: Listener[] = [];
  const inSets = new Map<number, Listener[]>();
  const taken = foreignClaims(listeners.foreign);
  const main = sharedListener(shared, workload, sharedSecrets, clock);
  const httpsName = workload.tls?.httpsListenerName;
  if (main !== undefined) {
    if (taken(main)) findings.push(nameTaken(main));
    else onGateway.push(main);
  }
  const wanted = new Map(dedicated.map((one) => [one.name, one]));
  for (const [name, placed] of listeners.own) {
    if (name === httpsName && main !== undefined) continue;
    const hostname = wanted.get(name);
    if (hostname === undefined && !inUse(shared, placed, clock)) {
      withdrawals.push({ kind: 'listener', key: name });
      if (!(hold.everything || (isHeld(hold, 'listener') && workload.tls !== undefined))) continue;
    }
    const entry = hostname === undefined ? asObserved(placed) : dedicatedListener(hostname);
    const set = placed.parent.kind === 'ListenerSet' ? setNumber(placed.parent) : undefined;
    if (placed.parent.kind !== 'ListenerSet') onGateway.push(entry);
    else if (set !== undefined) putInSet(inSets, set, entry);
  }
  const fresh = dedicated
    .filter(({ name }) => !listeners.own.has(name))
    .filter(({ name }) => shared.host.complete && servable(shared, name, clock))
    .sort((a, b) => a.createdAt - b.createdAt || compareText(a.hostname, b.hostname));
  for (const hostname of fresh) {
    const entry = dedicatedListener(hostname);
    if (taken(entry)) {
      findings.push(nameTaken(entry, hostname));
    } else if (setsUsable) {
      const set = firstSetWithRoom(inSets);
      putInSet(inSets, set, entry);
    } else if (onGateway.length + listeners.foreign.length < MAX_LISTENERS) {
      onGateway.push(entry);
    } else {
      findings.push(
        finding(
          'ListenerCapacity',
          hostname.clusterId,
          `the Gateway has ${MAX_LISTENERS} listeners; ${hostname.hostname} has none`,
          { hostname: hostname.hostname },
        ),
      );
    }
  }
  return { onGateway, inSets, findings, withdrawals };
}

/** Whether an entry would collide with one that others own, by name or by port and hostname. */
function foreignClaims(foreign: Shared['listeners']['foreign']): (entry: Listener) => boolean {
  const names = new Set(foreign.map(({ name }) => name));
  const places = new Set(
    foreign.map(({ port, protocol, hostname }) => `${port} ${protocol} ${hostname ?? ''}`),
  );
  return (entry) =>
    names.has(entry.name) || places.has(`${entry.port} ${entry.protocol} ${entry.hostname ?? ''}`);
}

function nameTaken(entry: Listener, hostname?: DedicatedHostname): Finding {
  const about = hostname === undefined ? {} : { hostname: hostname.hostname };
  return finding(
    'ListenerNameTaken',
    hostname?.clusterId ?? null,
    `listener ${entry.name} (port 443, ${String(entry.hostname)}) is not ours`,
    about,
  );
}

function httpsListener(name: string, hostname: string, secrets: readonly string[]): Listener {
  return {
    name,
    port: 443,
    protocol: 'HTTPS',
    hostname,
    tls: {
      mode: 'Terminate',
      certificateRefs: secrets.map((secret) => ({ group: '', kind: 'Secret', name: secret })),
    },
    allowedRoutes: { namespaces: { from: 'All' }, kinds: [{ group: GATEWAY_GROUP, kind: 'HTTPRoute' }] },
  };
}

const DEDICATED = new WeakMap<DedicatedHostname, Listener>();

/** The same object for the same request, so that a comparison that was made once need not be made again. */
function dedicatedListener(request: DedicatedHostname): Listener {
  const known = DEDICATED.get(request) ?? httpsListener(request.name, request.hostname, [request.name]);
  DEDICATED.set(request, known);
  return known;
}

/** An entry that is kept as it is, in our own spelling. */
function asObserved({ entry }: PlacedListener): Listener {
  return httpsListener(entry.name, entry.hostname ?? '', entry.secretNames);
}

/**
 * The shared HTTPS listener, `*.<base domain>`, with one certificateRef per shard. New shards are appended, since of
 * two that hold one name the earlier wins and the later is dropped whole; none is added before its Secret exists.
 */
function sharedListener(
  shared: Shared,
  { tls }: WorkloadConfig,
  secrets: readonly string[] | undefined,
  clock: Clock,
): Listener | undefined {
  if (tls === undefined || secrets === undefined || shared.baseDomain === undefined) return undefined;
  const current = shared.listeners.own.get(tls.httpsListenerName)?.entry.secretNames ?? [];
  const kept = current.filter((name) => secrets.includes(name) || !shared.host.complete);
  const seen = new Set(kept.flatMap((name) => namesOf(shared, name)));
  const added: string[] = [];
  for (const name of secrets) {
    if (kept.includes(name) || !servable(shared, name, clock)) continue;
    const names = namesOf(shared, name);
    if (names.some((one) => seen.has(one))) continue;
    for (const one of names) seen.add(one);
    added.push(name);
  }
  const refs = [...kept, ...added].slice(0, MAX_REFS);
  const fallback = refs.length === 0 ? current : refs;
  return fallback.length === 0
    ? undefined
    : httpsListener(tls.httpsListenerName, `*.${shared.baseDomain}`, fallback);
}

function namesOf(shared: Shared, name: string): readonly string[] {
  const secret = shared.store.secret(name);
  return secret === undefined ? [] : (secretNames(secret) ?? []);
}

function servable(shared: Shared, name: string, clock: Clock): boolean {
  const secret = shared.store.secret(name);
  return secret !== undefined && secretProblem(secret, shared.store.certificate(name), clock) === undefined;
}

/** Whether routes of ours still attach to this listener; a redirect to it is always taken away before they are. */
function inUse(shared: Shared, { entry }: PlacedListener, clock: Clock): boolean {
  if (shared.observed.routesOnListener(entry.name) > 0) return true;
  return entry.hostname !== undefined && shared.recentlyHttps(entry.hostname, clock);
}

function gatewayPart(
  shared: Shared,
  workload: WorkloadConfig,
  gateway: KubeObject,
  entries: readonly Listener[],
): Part {
  const owned = [...shared.listeners.own.values()].filter(({ parent }) => parent === gateway);
  const sorted = [...entries].sort((a, b) => compareText(a.name, b.name));
  const same =
    owned.length === sorted.length &&
    sorted.every((entry) =>
      owned.some((placed) => placed.entry.name === entry.name && says(placed.entry.raw, entry)),
    );
  if (same) return NOTHING;
  const { namespace, name } = workload.gateway;
  const reference = { apiVersion: `${GATEWAY_GROUP}/v1`, kind: 'Gateway', namespace, name };
  const action: Action = {
    id: applyId(reference),
    verb: 'apply',
    object: {
      apiVersion: reference.apiVersion,
      kind: 'Gateway',
      metadata: { name, namespace },
      spec: { listeners: sorted },
    },
    fieldManager: RUNTIME_FIELD_MANAGER,
    precondition: preconditionOf(gateway),
    after: [],
    reason: `${sorted.length} HTTPS listeners of ours`,
    cluster: null,
  };
  return { ...NOTHING, actions: [action] };
}

const SET_NAME = /^kubebyon-edge-listeners-([1-9][0-9]{0,3})$/;

function setNumber(set: KubeObject): number | undefined {
  const known = NUMBERS.get(set);
  if (known !== undefined) return known;
  const match = SET_NAME.exec(set.metadata.name);
  const number = match === null ? undefined : Number(match[1]);
  if (number !== undefined) NUMBERS.set(set, number);
  return number;
}

const NUMBERS = new WeakMap<KubeObject, number>();

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

function listenerSetParts(
  shared: Shared,
  workload: WorkloadConfig,
  planned: ReadonlyMap<number, readonly Listener[]>,
  hold: Hold,
): readonly Part[] {
  const { listenerSet: apiVersion } = shared.apis;
  const applies = [...planned]
    .sort(([a], [b]) => a - b)
    .map(([number, entries]): Part => {
      if (apiVersion === undefined) return NOTHING;
      const observed = shared.observed.find({
        apiVersion,
        kind: 'ListenerSet',
        namespace: workload.gateway.namespace,
        name: listenerSetName(number),
      });
      if (observed !== undefined && sameEntries(observed, entries)) return NOTHING;
      const object = listenerSetObject(apiVersion, workload, number, entries);
      return want(object, observed, { cluster: null, reason: `${entries.length} dedicated listeners` });
    });
  const drops = shared.listeners.sets
    .filter((set) => !planned.has(setNumber(set) ?? 0))
    .map((set) => dropSet(set, hold));
  return [...applies, ...drops];
}

/** Entries are a map by name: their order means nothing. */
function sameEntries(set: KubeObject, entries: readonly Listener[]): boolean {
  const checked = SAME.get(set);
  if (checked?.length === entries.length && checked.every((entry, index) => entry === entries[index]))
    return true;
  const observed = new Map(listenersOf(set).map((one) => [one.name, one]));
  const same =
    observed.size === entries.length && entries.every((entry) => says(observed.get(entry.name)?.raw, entry));
  if (same) SAME.set(set, entries);
  return same;
}

/** Entries that a set, as it was observed, was found to have. */
const SAME = new WeakMap<KubeObject, readonly Listener[]>();

function dropSet(set: KubeObject, hold: Hold): Part {
  return withdraw(set, 'ListenerSet', hold, { cluster: null, reason: 'its last listener left' });
}

function listenerSetObject(
  apiVersion: string,
  workload: WorkloadConfig,
  number: number,
  entries: readonly Listener[],
) {
  return {
    apiVersion,
    kind: 'ListenerSet',
    metadata: {
      name: listenerSetName(number),
      namespace: workload.gateway.namespace,
      labels: { [LABELS.managedBy]: RUNTIME_MANAGED_BY, [LABELS.syncKind]: SYNC_KINDS.workloadEdge },
    },
    spec: {
      parentRef: {
        group: GATEWAY_GROUP,
        kind: 'Gateway',
        name: workload.gateway.name,
        namespace: workload.gateway.namespace,
      },
      listeners: [...entries].sort((a, b) => compareText(a.name, b.name)),
    },
  };
}

function healthFindings({ listeners }: Shared): readonly Finding[] {
  const down = [...listeners.own]
    .filter(([, { health }]) => health.state === 'down')
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, { health, parent, entry }]) =>
      finding('ListenerNotProgrammed', null, `listener ${name}: ${health.reason}`, {
        object: referenceOf(parent),
        ...(entry.hostname === undefined ? {} : { hostname: entry.hostname }),
      }),
    );
  const refused = listeners.sets.flatMap((set) => {
    const accepted = conditionOf(get(set.status, 'conditions'), 'Accepted');
    const definite = accepted?.status === 'False' && accepted.observedGeneration === set.metadata.generation;
    return definite
      ? [
          finding('ListenerSetNotAccepted', null, `${accepted.reason}: ${accepted.message}`, {
            object: referenceOf(set),
          }),
        ]
      : [];
  });
  return [...down, ...refused];
}
