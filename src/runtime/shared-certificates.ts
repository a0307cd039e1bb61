import { CERTIFICATE_ANNOTATIONS } from '../contract/labels.ts';
import type { IssuerReference, WorkloadConfig, WorkloadTlsConfig } from '../contract/runtime-config.ts';
import { sharedSecretName } from '../contract/runtime-names.ts';
import {
  certificateObject,
  dnsNamesOf,
  issuanceFailure,
  needsOrder,
  type OrderRequest,
  orderAnnotation,
} from './certificates.ts';
import { type Clock, DAY, formatTime, MINUTE, parseTime } from './clock.ts';
import type { Shared } from './context.ts';
import { type Finding, finding } from './findings.ts';
import { registeredDomain } from './hostnames.ts';
import { at, compareText, entryOf, get, textOf } from './json.ts';
import type { SharedMemory } from './memory.ts';
import { annotation, conditionOf, isOurs, referenceOf } from './objects.ts';
import { combine, found, type Part, remove, want, withdraw } from './part.ts';
import { secretIsFree, secretNames } from './secrets.ts';
import type { SharedCertificateStatus } from './status.ts';
import { type Hold, isHeld } from './withdrawals.ts';
import type { KubeObject } from './world.ts';

/** Certificate authorities allow 100 names on a certificate, Gateway API 64 certificateRefs on a listener. */
export const MAX_NAMES = 100;
export const MAX_SHARDS = 64;
const WINDOW = 10 * MINUTE;
const QUARANTINE = DAY;

export interface SharedCertificatesPlan extends Part {
  readonly orders: readonly OrderRequest[];
  /** Secrets with names that are wanted, in shard order: what the listener may refer to. */
  readonly secrets: readonly string[];
  readonly statuses: readonly SharedCertificateStatus[];
  readonly quarantine: SharedMemory['quarantine'];
}

interface Shard {
  readonly number: number;
  readonly name: string;
  readonly certificate: KubeObject | undefined;
  /** Names of the Certificate's spec. */
  readonly spec: readonly string[];
  /** Names of the Secret as it is. */
  readonly served: readonly string[];
}

/**
 * The shared Certificates (runbook section 5.4): all wanted names, at most 100 each.
 *
 * Every change of a certificate's names is an order that certificate authorities count. So a name never changes its
 * shard; removed names leave with the next addition or renewal; additions are collected, the first at once, the next
 * after 10 minutes; one batch goes to one shard where it fits.
 */
export function planSharedCertificates(
  shared: Shared,
  wantedNames: ReadonlySet<string>,
  hold: Hold,
  clock: Clock,
): SharedCertificatesPlan {
  const { workload } = shared;
  const tls = workload?.tls;
  const existing = shared.observed.shared().filter(({ kind }) => kind === 'Certificate');
  if (workload === undefined || tls === undefined || !tls.certManager || tls.issuerRef === undefined) {
    const dropped = hold.everything
      ? []
      : existing.map((one) => remove(one, { cluster: null, reason: 'certManager is off; the Secret stays' }));
    return {
      ...combine(dropped),
      orders: [],
      secrets: tls === undefined ? [] : [tls.secretName],
      statuses: [],
      quarantine: {},
    };
  }
  const { certificate: apiVersion } = shared.apis;
  const shards = observeShards(shared, workload, tls, existing);
  // Names of clusters whose withdrawal is held back are not among the wanted ones and stay all the same.
  const keepAll = isHeld(hold, 'hostname') || isHeld(hold, 'HTTPRoute');
  const failed = quarantineAfterFailure(shards, wantedNames, shared.memory.quarantine, clock);
  const { placement, findings } = placeNames(shards, wantedNames, failed.excluded, tls, keepAll, clock);
  const blocked = shards.filter(({ name }) => !secretIsFree(shared.store.secret(name), name));
  const notOurs = blocked.map(({ name }) =>
    finding(
      'SecretNotOurs',
      null,
      `Secret ${workload.gateway.namespace}/${name} is not made by our Certificate`,
      {
        object: { apiVersion: 'v1', kind: 'Secret', namespace: workload.gateway.namespace, name },
      },
    ),
  );
  const missing =
    apiVersion === undefined ? [finding('CertificateCRDMissing', null, 'no Certificate is written')] : [];
  const writable = (shard: Shard): boolean =>
    !blocked.includes(shard) && apiVersion !== undefined && shared.host.complete;
  const plans = placement.flatMap(({ shard, names, grew }) =>
    writable(shard) && names.length > 0
      ? [shardPlan(shared, workload, tls.issuerRef, apiVersion ?? '', shard, names, grew, clock)]
      : [],
  );
  const live = shards.filter(({ name, spec, served }) => {
    const names = placement.find(({ shard }) => shard.name === name)?.names ?? spec;
    return (keepAll && spec.length > 0) || [...names, ...served].some((one) => wantedNames.has(one));
  });
  const secrets = live.map(({ name }) => name);
  const kept = blocked.map(({ name }) => name).filter((name) => !secrets.includes(name));
  return {
    ...combine([
      found(...failed.findings, ...findings, ...notOurs, ...missing),
      ...plans.map(({ part }) => part),
      dropUnused(shared, tls, existing, new Set(secrets), hold),
    ]),
    orders: plans.flatMap(({ orders }) => orders),
    secrets: [...secrets, ...kept].sort((a, b) => numberOfShard(shards, a) - numberOfShard(shards, b)),
    statuses: shards.filter(({ certificate }) => certificate !== undefined).map(statusOf),
    quarantine: failed.quarantine,
  };
}

function numberOfShard(shards: readonly Shard[], name: string): number {
  return shards.find((shard) => shard.name === name)?.number ?? 0;
}

/** The shards that exist, and always the first. */
function observeShards(
  shared: Shared,
  { gateway }: WorkloadConfig,
  { secretName }: WorkloadTlsConfig,
  existing: readonly KubeObject[],
): readonly Shard[] {
  const names = new Set(
    existing
      .filter(({ metadata }) => metadata.namespace === gateway.namespace)
      .map(({ metadata }) => metadata.name),
  );
  const shards: Shard[] = [];
  for (let number = 1; number <= MAX_SHARDS; number += 1) {
    const name = sharedSecretName(secretName, number);
    if (number > 1 && !names.has(name)) continue;
    const certificate = shared.store.certificate(name);
    const secret = shared.store.secret(name);
    shards.push({
      number,
      name,
      certificate,
      spec: certificate === undefined || !isOurs(certificate) ? [] : dnsNamesOf(certificate),
      served: secret === undefined ? [] : (secretNames(secret) ?? []),
    });
  }
  return shards;
}

interface Placement {
  readonly shard: Shard;
  readonly names: readonly string[];
  /** Names came in, so that the window starts anew. */
  readonly grew: boolean;
}

function placeNames(
  shards: readonly Shard[],
  wanted: ReadonlySet<string>,
  excluded: ReadonlySet<string>,
  tls: WorkloadTlsConfig,
  keepAll: boolean,
  clock: Clock,
): { readonly placement: readonly Placement[]; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const home = new Map<string, number>();
  const overlapping = new Set<number>();
  for (const { number, spec, name } of shards) {
    for (const san of spec) {
      if (home.has(san)) {
        overlapping.add(number);
        findings.push(finding('ShardOverlap', null, `${san} leaves ${name}`, { hostname: san }));
      } else home.set(san, number);
    }
  }
  const lives = (name: string): boolean => (keepAll || wanted.has(name)) && !excluded.has(name);
  const additions = new Map<number, string[]>();
  const waiting = [...wanted].filter((name) => !home.has(name) && !excluded.has(name)).sort(compareText);
  const open = windowOpen(shards, clock);
  if (open && waiting.length > 0) {
    const lost = placeBatch(waiting, shards, home, lives, additions);
    if (lost.length > 0) {
      findings.push(
        finding(
          'SharedCertificateCapacity',
          null,
          `${lost.length} names have no certificate (${lost.slice(0, 3).join(', ')})`,
        ),
      );
    }
  }
  const numbers = new Set([...shards.map(({ number }) => number), ...additions.keys()]);
  const placement = [...numbers]
    .sort((a, b) => a - b)
    .map((number): Placement => {
      const shard = shards.find((one) => one.number === number) ?? newShard(number, tls);
      const added = additions.get(number) ?? [];
      const renewing = renewalDue(shard, clock);
      const cleaning =
        added.length > 0 ||
        renewing ||
        overlapping.has(number) ||
        shard.spec.some((name) => excluded.has(name));
      const alive = (name: string): boolean => lives(name) && home.get(name) === number;
      const stay = cleaning ? shard.spec.filter(alive) : shard.spec;
      // A shard whose names all left stays as it is until its Certificate goes.
      const names = [...(stay.length === 0 && added.length === 0 ? shard.spec : stay), ...added];
      return { shard, names: [...new Set(names)].sort(compareText), grew: added.length > 0 };
    });
  return { placement, findings };
}

/** The first addition goes out at once, the next ones together 10 minutes later. */
function windowOpen(shards: readonly Shard[], clock: Clock): boolean {
  const changes = shards
    .map(({ certificate }) =>
      certificate === undefined
        ? undefined
        : parseTime(annotation(certificate, CERTIFICATE_ANNOTATIONS.namesChangedAt)),
    )
    .filter((time) => time !== undefined);
  return changes.length === 0 || clock.reached(Math.max(...changes) + WINDOW);
}

/** Gives every name a shard, in as few orders as possible; gives back the names that fit nowhere. */
function placeBatch(
  names: readonly string[],
  shards: readonly Shard[],
  home: ReadonlyMap<string, number>,
  lives: (name: string) => boolean,
  additions: Map<number, string[]>,
): readonly string[] {
  const room = new Map(
    shards.map(({ number, spec }) => [
      number,
      MAX_NAMES - spec.filter((name) => lives(name) && home.get(name) === number).length,
    ]),
  );
  const put = (number: number, batch: readonly string[]): void => {
    additions.set(number, [...(additions.get(number) ?? []), ...batch]);
    room.set(number, (room.get(number) ?? MAX_NAMES) - batch.length);
  };
  let rest = [...names];
  // A name that some Secret still holds goes back there: in two Secrets at once it would void the later one.
  for (const { number, served } of shards) {
    const back = rest.filter((name) => served.includes(name)).slice(0, room.get(number) ?? 0);
    if (back.length > 0) put(number, back);
    rest = rest.filter((name) => !back.includes(name));
  }
  const elsewhere = new Set(shards.flatMap(({ served }) => served));
  rest = rest.filter((name) => !elsewhere.has(name));
  const whole = [...room].sort(([a], [b]) => a - b).find(([, free]) => free >= rest.length);
  if (whole !== undefined && rest.length > 0) {
    put(whole[0], rest);
    return [];
  }
  for (let number = 1; number <= MAX_SHARDS && rest.length > 0; number += 1) {
    if (room.has(number)) continue;
    put(number, rest.slice(0, MAX_NAMES));
    rest = rest.slice(MAX_NAMES);
  }
  for (const [number, free] of [...room].sort(([a], [b]) => a - b)) {
    if (rest.length === 0 || free <= 0) continue;
    put(number, rest.slice(0, free));
    rest = rest.slice(free);
  }
  return rest;
}

function newShard(number: number, { secretName }: WorkloadTlsConfig): Shard {
  return { number, name: sharedSecretName(secretName, number), certificate: undefined, spec: [], served: [] };
}

function renewalDue({ certificate }: Shard, clock: Clock): boolean {
  const renewal = parseTime(textOf(at(certificate?.status, 'renewalTime')));
  return renewal !== undefined && clock.reached(renewal);
}

interface Quarantine {
  readonly quarantine: SharedMemory['quarantine'];
  readonly excluded: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

/**
 * An order fails as a whole when one of its names cannot be validated. The names that the failure mentions, or else
 * all that the Secret does not hold yet, are left out for a day; then one comes back at a time.
 */
function quarantineAfterFailure(
  shards: readonly Shard[],
  wanted: ReadonlySet<string>,
  memory: SharedMemory['quarantine'],
  clock: Clock,
): Quarantine {
  const quarantine: Record<string, { until: string; failures: number }> = {};
  for (const [name, entry] of Object.entries(memory)) if (wanted.has(name)) quarantine[name] = entry;
  const findings: Finding[] = [];
  for (const { certificate, spec, served, name } of shards) {
    const failure = certificate === undefined ? undefined : issuanceFailure(certificate);
    if (certificate === undefined || failure === undefined) continue;
    findings.push(
      finding('CertificateFailed', null, `Certificate ${name}: ${failure}`, {
        object: referenceOf(certificate),
      }),
    );
    const has = new Set(served);
    const unserved = spec.filter((san) => !has.has(san));
    const named = unserved.filter((san) => mentions(failure, san));
    const suspects = named.length > 0 ? named : unserved.length < spec.length ? unserved : [];
    for (const san of suspects) {
      if (Object.hasOwn(quarantine, san) && spec.length === 0) continue;
      const failures = (entryOf(quarantine, san)?.failures ?? 0) + 1;
      quarantine[san] = { until: formatTime(clock.now + QUARANTINE), failures };
    }
  }
  const out = Object.keys(quarantine)
    .sort(compareText)
    .filter((name) => {
      const until = parseTime(entryOf(quarantine, name)?.until) ?? 0;
      return !clock.reached(until);
    });
  const due = Object.keys(quarantine)
    .filter((name) => !out.includes(name))
    .sort(compareText);
  const placed = new Set(shards.flatMap(({ spec }) => spec));
  const [next] = due.filter((name) => !placed.has(name));
  const excluded = new Set([...out, ...due.filter((name) => name !== next && !placed.has(name))]);
  for (const name of excluded) {
    findings.push(
      finding(
        'CertificateNameQuarantined',
        null,
        `${name} is left out until ${entryOf(quarantine, name)?.until ?? ''}`,
        { hostname: name },
      ),
    );
  }
  return { quarantine, excluded, findings };
}

/** Whether a message names a hostname as a whole word. */
function mentions(message: string, hostname: string): boolean {
  return message.split(/[^a-z0-9.*-]+/i).some((word) => word.replace(/\.+$/, '').toLowerCase() === hostname);
}

function shardPlan(
  shared: Shared,
  { gateway }: WorkloadConfig,
  issuerRef: IssuerReference | undefined,
  apiVersion: string,
  shard: Shard,
  names: readonly string[],
  grew: boolean,
  clock: Clock,
): { readonly part: Part; readonly orders: readonly OrderRequest[] } {
  if (issuerRef === undefined) return { part: found(), orders: [] };
  const { certificate, name } = shard;
  const served = new Set(shard.served);
  const ordering =
    certificate === undefined
      ? shared.store.secret(name) === undefined ||
        served.size !== names.length ||
        !names.every((one) => served.has(one))
      : needsOrder(certificate, names, issuerRef);
  const changedAt =
    certificate === undefined ? undefined : annotation(certificate, CERTIFICATE_ANNOTATIONS.namesChangedAt);
  const object = certificateObject({
    apiVersion,
    name,
    namespace: gateway.namespace,
    dnsNames: names,
    issuerRef,
    clusterId: null,
    annotations: {
      [CERTIFICATE_ANNOTATIONS.orders]: orderAnnotation(certificate, clock, ordering),
      [CERTIFICATE_ANNOTATIONS.namesChangedAt]:
        grew || changedAt === undefined ? formatTime(clock.now) : changedAt,
    },
  });
  const sameNames = certificate !== undefined && !needsOrder(certificate, names, issuerRef);
  const part =
    sameNames && isSame(certificate, object)
      ? found()
      : want(object, certificate, { cluster: null, reason: `${names.length} names` });
  if (!ordering || part.actions.length === 0) return { part, orders: [] };
  return {
    part: found(),
    orders: [
      {
        certificate: name,
        domains: [...new Set(names.map(registeredDomain))],
        createdAt: 0,
        part,
        cluster: null,
      },
    ],
  };
}

/** The order of names means nothing to cert-manager. */
function isSame(
  certificate: KubeObject,
  object: { readonly spec?: unknown; readonly metadata: KubeObject['metadata'] },
): boolean {
  const same = {
    ...object,
    spec: { ...(object.spec as object), dnsNames: dnsNamesOf(certificate) },
  } as Parameters<typeof want>[0];
  return want(same, certificate, { cluster: null, reason: '' }).actions.length === 0;
}

/** Shards without a wanted name, and Certificates of an earlier secretName, go after the listener let go of them. */
function dropUnused(
  shared: Shared,
  tls: WorkloadTlsConfig,
  existing: readonly KubeObject[],
  used: ReadonlySet<string>,
  hold: Hold,
): Part {
  const referred = new Set(shared.listeners.own.get(tls.httpsListenerName)?.entry.secretNames ?? []);
  return combine(
    existing
      .filter(({ metadata }) => !used.has(metadata.name) && !referred.has(metadata.name))
      .map((certificate) =>
        withdraw(certificate, 'Certificate', hold, {
          cluster: null,
          reason: 'none of its names is wanted any more; the Secret stays',
        }),
      ),
  );
}

function statusOf({ certificate, name, spec }: Shard): SharedCertificateStatus {
  const ready = conditionOf(get(certificate?.status, 'conditions'), 'Ready');
  const current = ready?.status === 'True' && ready.observedGeneration === certificate?.metadata.generation;
  return { name, names: spec.length, ready: current };
}
