import { expect, test } from 'vitest';
import { plan } from '../../src/planner/index.ts';
import { hostnamesOf } from '../../src/planner/world/objects.ts';
import type { DnsAnswer, EdgeClusterInput, HostnameBinding } from '../../src/planner/world/world.ts';
import { type Random, randomFrom } from '../simulation/random.ts';
import { matchingHostname } from '../support/route-match.ts';
import { BASE, cluster, cname, gatewayConfig, httpOnly, world } from '../support/worlds.ts';

const SEED = 20261127;
const WORLDS = 500;

const PLATFORM = 'console.kubebyon.test';
const RETIRED = `t9gone.${BASE}`;
const SUFFIXES = ['co.uk', 'com.cn', 'github.io', 'test', 'com'];
const DOMAINS = [
  BASE,
  'example.com',
  'cp.example.com',
  'c1.cp.example.com',
  'kube.customer.test',
  'customer.test',
  'shop.customer.test',
  'kubebyon.test',
  PLATFORM,
  RETIRED,
  `t1abcdefghij.${BASE}`,
  'targets.test',
  't2.in.targets.test',
  ...SUFFIXES,
];
const LABELS = ['app', 'api', 'www', 'redirect', 'https', 'kubebyon-edge', 'in', 't2', 'c2', 'cp', 'edge'];

interface Bound extends HostnameBinding {
  readonly cluster: string;
}

function nameAround(random: Random): string {
  const labels = Array.from({ length: random.below(3) }, () => random.pick(LABELS) ?? '');
  const name = [...labels, random.pick(DOMAINS) ?? ''].join('.');
  return random.chance(0.35) || !name.includes('.') ? `*.${name}` : name;
}

/** Three tenants that bind names on and around everything that is not theirs. */
function draw(seed: number) {
  const random = randomFrom(seed);
  const controlPlanes = ['c1.cp.example.com', 'c2.cp.example.com', 'kube.customer.test'];
  const targets = [`t1abcdefghij.${BASE}`, 't2.in.targets.test', `t3abcdefghij.${BASE}`];
  const pool = Array.from({ length: 8 }, () => nameAround(random));
  const dns: Record<string, readonly DnsAnswer[]> = {};
  const clusters = [1, 2, 3].map((index): EdgeClusterInput => {
    const hostnames = [...new Set(Array.from({ length: 5 }, () => random.pick(pool) ?? ''))].map(
      (hostname): HostnameBinding => ({
        hostname,
        management: random.pick(['auto', 'auto', 'self'] as const) ?? 'auto',
        createdAt: `2026-0${1 + random.below(9)}-01T00:00:00Z`,
        ...(random.chance(0.6) ? { proof: `proof-of-c-${index}` } : {}),
      }),
    );
    const { controlPlane, workload, ...rest } = cluster(index, { hostnames });
    if (controlPlane === undefined || workload === undefined) return rest;
    return {
      ...rest,
      controlPlane: { ...controlPlane, hostname: controlPlanes[index - 1] ?? '' },
      workload: { ...workload, cnameTarget: targets[index - 1] ?? '' },
    };
  });
  for (const name of pool) {
    const draws = random.next();
    if (draws < 0.3) continue;
    const proven = random.chance(0.5) ? { txt: [`proof-of-c-${1 + random.below(3)}`] } : {};
    const answers = cname([random.pick(targets) ?? '']).map((answer) => ({ ...answer, ...proven }));
    dns[name] =
      draws < 0.5
        ? answers.map(({ resolver, checkedAt }) => ({ resolver, checkedAt, error: 'ENOTFOUND' }))
        : answers;
  }
  const bound = clusters.flatMap(({ id, hostnames }) =>
    hostnames.map((one): Bound => ({ ...one, cluster: id })),
  );
  const hosts = Array.from({ length: 40 }, () => {
    const name = random.chance(0.5) ? nameAround(random) : (random.pick(pool) ?? '');
    return name.replace('*', random.pick(LABELS) ?? 'x');
  });
  return { clusters, controlPlanes, targets, dns, bound, hosts };
}

type Drawn = ReturnType<typeof draw>;

const isAtOrBelow = (name: string, domain: string): boolean => name === domain || name.endsWith(`.${domain}`);

/** Whether TXT holds the proof of a binding. */
function isProven({ hostname, proof }: Bound, { dns }: Drawn): boolean {
  return proof !== undefined && (dns[hostname] ?? []).some(({ txt }) => txt?.includes(proof) === true);
}

/** Whether a wildcard takes names that no tenant can have, so that proving it makes nothing a tenant's. */
function isNobodys({ hostname, cluster: id }: Bound, { controlPlanes, targets }: Drawn): boolean {
  if (!hostname.startsWith('*.')) return false;
  const domain = hostname.slice(2);
  const others = targets.filter((_, index) => `c-${index + 1}` !== id);
  return (
    SUFFIXES.includes(domain) ||
    [BASE, PLATFORM, RETIRED, ...controlPlanes, ...others].some((name) => isAtOrBelow(name, domain))
  );
}

/** Why a request for a host may not reach a cluster by a hostname of its routes; undefined when it may. */
function wrongness(host: string, by: string, receiver: string, drawn: Drawn): string | undefined {
  const { controlPlanes, targets, bound } = drawn;
  const own = targets[Number(receiver.slice(2)) - 1] ?? '';
  if (by === own) return undefined;
  const binding = bound.find(({ cluster: id, hostname }) => id === receiver && hostname === by);
  if (binding === undefined) return 'nobody bound it';
  if (isAtOrBelow(host, PLATFORM)) return "it is the platform's";
  if ([BASE, `api.${BASE}`, `www.${BASE}`].includes(host)) return 'it is reserved under the base domain';
  if (controlPlanes.some((name) => isAtOrBelow(host, name))) return 'it is a control-plane hostname';
  if (targets.some((name) => name !== own && isAtOrBelow(host, name))) return "it is another's target";
  if (isAtOrBelow(host, RETIRED)) return 'it is a retired target';
  if (SUFFIXES.some((suffix) => by === `*.${suffix}`)) return 'it belongs to strangers';
  const isPlatformManaged = isAtOrBelow(host, BASE);
  if (isPlatformManaged !== isAtOrBelow(by.replace('*.', ''), BASE))
    return 'a customer’s claim takes a platform name';
  if (isPlatformManaged) {
    const given = bound.filter(({ hostname }) => hostname === host);
    return given.length === 0 || given.some(({ cluster: id }) => id === receiver)
      ? undefined
      : 'it was given to others';
  }
  if (isAtOrBelow(host, 'cp.example.com') && !isProven(binding, drawn)) return 'control planes live there';
  if (by.startsWith('*.') && !isProven(binding, drawn)) return 'the wildcard is not proven';
  const proven = bound.filter(
    (one) =>
      one.cluster !== receiver &&
      matchingHostname(host, [one.hostname]) !== undefined &&
      isProven(one, drawn) &&
      !isNobodys(one, drawn),
  );
  return proven.length > 0 && !isProven(binding, drawn) ? 'another tenant proved it' : undefined;
}

/** By hostname of a planned HTTPRoute: the cluster that gets its requests. */
type Routes = ReadonlyMap<string, string>;

function plannedRoutes({ clusters, dns }: Drawn): Routes {
  const base = world({ clusters, dns });
  const { actions } = plan(
    { ...base, inventory: { ...base.inventory, retiredTargets: [RETIRED] } },
    gatewayConfig(httpOnly({ reservedHostnames: [PLATFORM] })),
  );
  return new Map(
    actions.flatMap(({ verb, object, cluster: id }) => {
      if (verb !== 'apply' || object.kind !== 'HTTPRoute') return [];
      return hostnamesOf(object).map((hostname): [string, string] => [hostname, id ?? '']);
    }),
  );
}

/** Every host that some tenant gets and should not, of one world. */
function wronglyServed(seed: number, routesOf: (drawn: Drawn) => Routes) {
  const drawn = draw(seed);
  const routes = routesOf(drawn);
  const reached = drawn.hosts.flatMap((host) => {
    const by = matchingHostname(host, routes.keys());
    return by === undefined ? [] : [{ host, by, receiver: routes.get(by) ?? '' }];
  });
  const wrong = reached.flatMap(({ host, by, receiver }) => {
    const why = wrongness(host, by, receiver, drawn);
    return why === undefined ? [] : [`seed ${seed}: ${host} reaches ${receiver} by ${by}, though ${why}`];
  });
  return { wrong, served: reached.length };
}

const seeds = Array.from({ length: WORLDS }, (_, index) => SEED + index);

test(`no route sends a name of the platform or of another tenant to a tenant without a proven claim (seed ${SEED})`, () => {
  const results = seeds.map((seed) => wronglyServed(seed, plannedRoutes));
  expect(results.flatMap(({ wrong }) => wrong)).toEqual([]);
  expect(results.reduce((sum, { served }) => sum + served, 0)).toBeGreaterThan(WORLDS);
});

test('a planner that serves whatever is bound fails the check for each of its reasons', () => {
  const naive = ({ bound }: Drawn): Routes => new Map(bound.map((one) => [one.hostname, one.cluster]));
  const reasons = new Set(
    seeds.flatMap((seed) => wronglyServed(seed, naive).wrong).map((line) => line.split('though ')[1]),
  );
  expect(reasons).toEqual(
    new Set([
      "it is the platform's",
      'it is reserved under the base domain',
      'it is a control-plane hostname',
      "it is another's target",
      'it is a retired target',
      'it belongs to strangers',
      'a customer’s claim takes a platform name',
      'control planes live there',
      'the wildcard is not proven',
      'another tenant proved it',
    ]),
  );
});
