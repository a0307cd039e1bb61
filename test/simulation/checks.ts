import { hostnameObjectName } from '../../src/contract/runtime-names.ts';
import type { PlanResult } from '../../src/planner/engine/planner.ts';
import type { Action } from '../../src/planner/world/action.ts';
import { at, canonicalJson, get, listOf, textOf, textsOf } from '../../src/planner/world/json.ts';
import {
  clusterIdOf,
  hostnamesOf,
  isOurs,
  keyOf,
  listenersOf,
  parentRefsOf,
} from '../../src/planner/world/objects.ts';
import type { EdgeClusterInput, KubeObject, World } from '../../src/planner/world/world.ts';
import { isBelow } from '../../src/text/hostnames.ts';
import { contains, parseCidrs, parseIp } from '../../src/text/ip.ts';
import { BASE } from '../support/worlds.ts';

/**
 * The planner's invariants, each written anew from its rule and not with the planner's own code: what a plan may do
 * to the world it was given, and what a write may do to the objects as they really are.
 */
export interface Violation {
  readonly invariant: number;
  readonly message: string;
}

type Check = (message: string) => Violation;
const breaks =
  (invariant: number): Check =>
  (message) => ({ invariant, message });

/** Names that answer plain HTTP, from the cluster or with a redirect. */
export function servedNames(objects: readonly KubeObject[]): ReadonlySet<string> {
  return new Set(
    objects
      .filter((object) => object.kind === 'HTTPRoute' && isOurs(object))
      .filter((route) => parentRefsOf(route).some(({ sectionName }) => sectionName === 'workload-http'))
      .flatMap(hostnamesOf),
  );
}

/** Redirected names without an HTTPS route or a listener to land on. */
export function danglingRedirects(objects: readonly KubeObject[]): ReadonlySet<string> {
  const routes = objects.filter((object) => object.kind === 'HTTPRoute' && isOurs(object));
  const listeners = new Set(
    objects
      .filter(({ kind }) => kind === 'Gateway' || kind === 'ListenerSet')
      .flatMap((parent) => listenersOf(parent).map(({ name }) => name)),
  );
  const https = new Map<string, Set<string>>();
  for (const route of routes) {
    for (const { sectionName } of parentRefsOf(route)) {
      if (sectionName === undefined || sectionName === 'workload-http') continue;
      for (const hostname of hostnamesOf(route))
        https.set(hostname, (https.get(hostname) ?? new Set()).add(sectionName));
    }
  }
  const redirects = routes.filter(isRedirect).flatMap(hostnamesOf);
  return new Set(
    redirects.filter((hostname) => {
      return !listenersFor(hostname).some(
        (wanted) => https.get(hostname)?.has(wanted) === true && listeners.has(wanted),
      );
    }),
  );
}

/** The listeners that may serve HTTPS for a name: the shared one, or its own or its wildcard's. */
function listenersFor(hostname: string): readonly string[] {
  if (isBelow(hostname, BASE)) return ['workload-https'];
  return [hostname, `*.${hostname.split('.').slice(1).join('.')}`].map(hostnameObjectName);
}

function isRedirect(route: KubeObject): boolean {
  return listOf(at(route.spec, 'rules')).some((rule) =>
    listOf(get(rule, 'filters')).some((filter) => get(filter, 'type') === 'RequestRedirect'),
  );
}

/** Invariant 8 for TLSRoutes: of ours, never two for one name. */
export function doubledSni(objects: readonly KubeObject[]): readonly string[] {
  const seen = new Set<string>();
  const doubled: string[] = [];
  for (const route of objects.filter((object) => object.kind === 'TLSRoute' && isOurs(object))) {
    for (const hostname of hostnamesOf(route)) {
      if (seen.has(hostname)) doubled.push(hostname);
      seen.add(hostname);
    }
  }
  return doubled;
}

/** What no plan may do to the world it was made for. */
export function checkPlan(world: World, result: PlanResult): readonly Violation[] {
  const observed = new Map(world.host.objects.map((object) => [keyOf(object), object]));
  return result.actions.flatMap((action) => {
    const before = observed.get(keyOf(action.object));
    return [
      ...checkForeign(action, before),
      ...checkLimits(action),
      ...checkIncomplete(world, action, before),
      ...checkGate(world, action, before),
      ...checkAddresses(world, action),
    ];
  });
}

function checkForeign(action: Action, before: KubeObject | undefined): readonly Violation[] {
  const broken = breaks(3);
  if (before === undefined) return [];
  if (action.object.kind !== 'Gateway')
    return isOurs(before) ? [] : [broken(`${action.id} touches an object that is not ours`)];
  if (action.verb === 'delete') return [broken(`${action.id} deletes a Gateway`)];
  const owned = new Set(
    listOf(before.metadata.managedFields)
      .filter((entry) => get(entry, 'manager') === 'kubebyon-edge-sync')
      .flatMap((entry) => Object.keys((at(entry, 'fieldsV1', 'f:spec', 'f:listeners') ?? {}) as object)),
  );
  return listenersOf(before)
    .filter(({ name }) => !owned.has(`k:${JSON.stringify({ name })}`))
    .filter(({ name }) => listenersOf(action.object).some((entry) => entry.name === name))
    .map(({ name }) => broken(`${action.id} sends the foreign listener ${name}`));
}

function checkLimits(action: Action): readonly Violation[] {
  const broken = breaks(3);
  if (action.verb === 'delete') return [];
  const { kind } = action.object;
  const size = (key: string): number => listOf(at(action.object, 'spec', key)).length;
  if (kind === 'HTTPRoute' && (size('hostnames') < 1 || size('hostnames') > 16))
    return [broken(`${action.id}: ${size('hostnames')} hostnames`)];
  if (kind === 'Certificate' && size('dnsNames') > 100)
    return [broken(`${action.id}: ${size('dnsNames')} SANs`)];
  if ((kind === 'Gateway' || kind === 'ListenerSet') && size('listeners') > 64)
    return [broken(`${action.id}: ${size('listeners')} listeners`)];
  const refs = listOf(at(action.object, 'spec', 'listeners')).map(
    (entry) => listOf(at(entry, 'tls', 'certificateRefs')).length,
  );
  return kind === 'Gateway' && refs.some((count) => count > 64)
    ? [broken(`${action.id}: more than 64 certificateRefs`)]
    : [];
}

/** Invariant 2: an incomplete source takes nothing away. */
function checkIncomplete(world: World, action: Action, before: KubeObject | undefined): readonly Violation[] {
  if (world.inventory.complete && world.host.complete) return [];
  const broken = breaks(2);
  if (action.verb === 'delete') return [broken(`${action.id} while a source is incomplete`)];
  if (before === undefined || action.object.kind === 'TLSRoute') return [];
  const lost = (key: string): readonly string[] => {
    const now = new Set(textsOf(at(action.object, 'spec', key)));
    return textsOf(get(before.spec, key)).filter((one) => !now.has(one));
  };
  return ['hostnames', 'dnsNames'].flatMap((key) =>
    lost(key).map((one) => broken(`${action.id} drops ${one} while a source is incomplete`)),
  );
}

/** Invariant 4: a name comes to HTTPS or redirect only when the observed listener and Secret serve it. */
function checkGate(world: World, action: Action, before: KubeObject | undefined): readonly Violation[] {
  if (action.verb === 'delete' || action.object.kind !== 'HTTPRoute') return [];
  const route = action.object;
  const sections = parentRefsOf(route).map(({ sectionName }) => sectionName);
  if (!isRedirect(route) && !sections.some((name) => name !== 'workload-http')) return [];
  const was = new Set(before === undefined ? [] : hostnamesOf(before));
  const id = clusterIdOf(route);
  // A name that our HTTPS or redirect routes have already is latched.
  const latched = new Set(
    world.host.objects
      .filter((object) => object.kind === 'HTTPRoute' && clusterIdOf(object) === id)
      .filter(
        (object) =>
          isRedirect(object) ||
          parentRefsOf(object).some(({ sectionName }) => sectionName !== 'workload-http'),
      )
      .flatMap(hostnamesOf),
  );
  return hostnamesOf(route)
    .filter((hostname) => !was.has(hostname) && !latched.has(hostname) && !servesHttps(world, hostname))
    .map((hostname) => breaks(4)(`${action.id} gains ${hostname} before its gate`));
}

function servesHttps(world: World, hostname: string): boolean {
  return listenersFor(hostname).some((name) => listenerServes(world, hostname, name));
}

function listenerServes(world: World, hostname: string, name: string): boolean {
  const now = Date.parse(world.now);
  return world.host.objects.some((parent) => {
    const entry = listenersOf(parent).find((one) => one.name === name);
    if ((parent.kind !== 'Gateway' && parent.kind !== 'ListenerSet') || entry === undefined) return false;
    const status = listOf(get(parent.status, 'listeners')).find((one) => get(one, 'name') === name);
    const programmed = listOf(get(status, 'conditions')).find((one) => get(one, 'type') === 'Programmed');
    const held = now - Date.parse(textOf(get(programmed, 'lastTransitionTime')) ?? '') >= 1000;
    const current = get(programmed, 'observedGeneration') === parent.metadata.generation;
    const covered = world.host.objects.some(
      (secret) =>
        secret.kind === 'Secret' &&
        entry.secretNames.includes(secret.metadata.name) &&
        Date.parse(secret.certificate?.notAfter ?? '2999-01-01T00:00:00Z') - now > 120_000 &&
        secret.certificate?.keyMatches !== false &&
        (secret.metadata.annotations?.['cert-manager.io/alt-names'] ?? '')
          .split(',')
          .some((san) => san === hostname || san === `*.${hostname.split('.').slice(1).join('.')}`),
    );
    return get(programmed, 'status') === 'True' && current && held && covered;
  });
}

/** Invariant 5: endpoints and routes stay inside the cluster's own CIDRs and outside every protected one. */
function checkAddresses(world: World, action: Action): readonly Violation[] {
  if (action.verb === 'delete') return [];
  const cluster = world.inventory.clusters.find(({ id }) => id === action.cluster);
  const broken = breaks(5);
  if (action.object.kind === 'EndpointSlice') {
    return listOf(action.object.endpoints)
      .flatMap((endpoint) => textsOf(get(endpoint, 'addresses')))
      .filter((address) => !belongsTo(address, cluster, world))
      .map((address) => broken(`${action.id} sends requests to ${address}`));
  }
  if (action.object.kind !== 'RoutePlan') return [];
  return listOf(get(action.object.spec, 'routes'))
    .map((route) => textOf(get(route, 'nextHop')) ?? '')
    .filter((hop) => !belongsTo(hop, cluster, world))
    .map((hop) => broken(`${action.id} routes through ${hop}`));
}

function belongsTo(address: string, cluster: EdgeClusterInput | undefined, world: World): boolean {
  const ip = parseIp(address);
  if (ip === undefined || cluster?.workload === undefined) return false;
  const { podCIDRs, nodeCIDRs } = cluster.workload;
  const guarded = parseCidrs([
    '127.0.0.0/8',
    '169.254.0.0/16',
    '224.0.0.0/4',
    '172.16.0.10/32',
    ...(world.host.protectedCIDRs ?? []),
  ]);
  return (
    parseCidrs([...podCIDRs, ...nodeCIDRs]).some((range) => contains(range, ip)) &&
    !guarded.some((range) => contains(range, ip))
  );
}

/** What one write may do to the objects as they really are. */
export function checkWrite(
  before: readonly KubeObject[],
  after: readonly KubeObject[],
  action: Action,
): readonly Violation[] {
  const violations: Violation[] = [];
  for (const hostname of doubledSni(after)) {
    if (!doubledSni(before).includes(hostname))
      violations.push(breaks(8)(`${action.id} puts ${hostname} on a second TLSRoute`));
  }
  // A redirect that comes is judged by what the plan saw; here it is about what redirects rest on.
  const dangling = danglingRedirects(before);
  const comes = action.verb === 'apply' && isRedirect(action.object);
  for (const hostname of comes ? [] : danglingRedirects(after)) {
    if (!dangling.has(hostname))
      violations.push(breaks(4)(`${action.id} leaves the redirect of ${hostname} without HTTPS`));
  }
  if (action.object.kind === 'Gateway') {
    const others = (objects: readonly KubeObject[]): string =>
      canonicalJson(
        objects
          .filter((object) => keyOf(object) === keyOf(action.object))
          .flatMap(listenersOf)
          .filter(({ name }) => !name.startsWith('kb-') && name !== 'workload-https')
          .map(({ raw }) => raw),
      );
    if (others(before) !== others(after))
      violations.push(breaks(3)(`${action.id} changes a listener that is not ours`));
  }
  return violations;
}
