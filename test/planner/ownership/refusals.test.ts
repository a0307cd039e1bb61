import { describe, expect, test } from 'vitest';
import type { ClaimContext } from '../../../src/planner/ownership/claim-facts.ts';
import { wildcardsAbove } from '../../../src/planner/ownership/claim-rules.ts';
import { claimVerdict } from '../../../src/planner/ownership/claim-verdict.ts';
import { claimsOf } from '../../../src/planner/ownership/claims.ts';
import { nearestPlatformName, type PlatformName } from '../../../src/planner/ownership/platform-names.ts';
import { claimRefusal, targetRefusal } from '../../../src/planner/ownership/refusals.ts';
import { type Registry, registryIndex } from '../../../src/planner/ownership/registry.ts';
import type { Standing } from '../../../src/planner/ownership/standing.ts';
import type { EdgeClusterInput, HostnameBinding } from '../../../src/planner/world/world.ts';
import { BASE, binding, cluster, cname } from '../../support/worlds.ts';

const PLATFORM = 'kubebyon.example.com';

interface Situation {
  /** What cluster `c-2` asks for. */
  readonly own?: EdgeClusterInput;
  readonly others?: readonly EdgeClusterInput[];
  /** By cluster, or by cluster and hostname; 0 for all others. */
  readonly standing?: Readonly<Record<string, Standing>>;
  readonly carriedBy?: string;
  readonly retired?: readonly string[];
  readonly servesUnasked?: boolean;
  /** The platform's own hostnames. */
  readonly reserved?: readonly string[];
  readonly baseDomain?: string | undefined;
}

function registryOf(clusters: readonly EdgeClusterInput[], baseDomain: string | undefined): Registry {
  const index = registryIndex(<T>() => new Map<string, T>());
  for (const one of clusters) index.replace(one.id, claimsOf(one, baseDomain));
  return { ...index, podCIDRConflict: () => undefined };
}

/** Why `c-2` may not serve a hostname that it binds; undefined when it may. */
function refusalOf(hostname: string | HostnameBinding, situation: Situation = {}) {
  const { own = cluster(2, { hostnames: [hostname] }), others = [], standing = {}, retired = [] } = situation;
  const baseDomain = 'baseDomain' in situation ? situation.baseDomain : BASE;
  const registry = registryOf([own, ...others], baseDomain);
  const sources = {
    registry,
    baseDomain,
    reserved: new Set(situation.reserved ?? [PLATFORM]),
    retiredTargets: new Set(retired),
  };
  const platformName = (domain: string): PlatformName | undefined =>
    nearestPlatformName(domain, sources, platformName);
  const context: ClaimContext = {
    ...sources,
    platformName,
    servesUnasked: () => situation.servesUnasked === true,
    standing: ({ clusterId, binding: one }) =>
      standing[`${clusterId} ${one.hostname}`] ?? standing[clusterId] ?? 0,
    carriedBy: () => situation.carriedBy,
  };
  const name = typeof hostname === 'string' ? hostname : hostname.hostname;
  const claim = registry.claimsOn(name).find(({ clusterId }) => clusterId === 'c-2');
  if (claim === undefined) throw new Error(`c-2 does not claim ${name}`);
  return claimRefusal(claim, context);
}

const messageOf = (...args: Parameters<typeof refusalOf>): string | undefined => refusalOf(...args)?.message;
const withTarget = (
  index: number,
  cnameTarget: string,
  hostnames: readonly string[] = [],
): EdgeClusterInput => {
  const { workload, ...rest } = cluster(index, { hostnames });
  return workload === undefined ? rest : { ...rest, workload: { ...workload, cnameTarget } };
};
const withControlPlane = (index: number, hostname: string): EdgeClusterInput => {
  const { controlPlane, ...rest } = cluster(index);
  return controlPlane === undefined ? rest : { ...rest, controlPlane: { ...controlPlane, hostname } };
};
/** A name that the platform hands out, as its binding says. */
const handedOut = (hostname: string): HostnameBinding => binding(hostname, { management: 'platform' });

describe("names of the platform are nobody's", () => {
  test('at the name, below it and as a wildcard over it, by whole labels', () => {
    expect(messageOf(PLATFORM)).toBe("it is the platform's own");
    expect(messageOf(`a.b.${PLATFORM}`)).toBe(`it lies below the platform's ${PLATFORM}`);
    expect(messageOf(`*.${PLATFORM}`, { standing: { 'c-2': 3 } })).toBe(
      `it lies below the platform's ${PLATFORM}`,
    );
    expect(messageOf(`x${PLATFORM}`)).toBeUndefined();
  });

  test('in the base domain are the domain, its wildcard, api and www', () => {
    for (const hostname of [BASE, `*.${BASE}`, `api.${BASE}`, `www.${BASE}`])
      expect(messageOf(hostname), hostname).toBe('it is reserved under the base domain');
    expect(messageOf('api.undefined', { baseDomain: undefined })).toBeUndefined();
    expect(messageOf(`app.${BASE}`, { reserved: ['example.com'] })).toBeUndefined();
    for (const hostname of [`app.${BASE}`, `api.a.${BASE}`, `www2.${BASE}`])
      expect(messageOf(hostname), hostname).toBeUndefined();
  });

  test('that are control planes pass nothing on, and their domain only to who proves it', () => {
    expect(messageOf('c2.cp.example.com')).toBe('it is a control-plane hostname');
    expect(messageOf('x.c2.cp.example.com')).toBe(
      'it lies below the control-plane hostname c2.cp.example.com',
    );
    const zone = 'it lies in cp.example.com, where control planes have their hostnames';
    expect(messageOf('app.cp.example.com')).toBe(zone);
    expect(messageOf('cp.example.com')).toBe(zone);
    for (const standing of [0, 1, 2] as const)
      expect(messageOf('app.cp.example.com', { standing: { 'c-2': standing } })).toBe(zone);
    expect(messageOf('app.cp.example.com', { standing: { 'c-2': 3 } })).toBeUndefined();
  });

  test('of a domain that is a public suffix are no zone', () => {
    const others = [withControlPlane(1, 'c1.github.io')];
    expect(messageOf('mine.github.io', { others })).toBeUndefined();
    expect(messageOf('c1.github.io', { others })).toBe('it is a control-plane hostname');
  });

  test("that are targets are the cluster's own alone", () => {
    const others = [withTarget(1, 't1.in.test')];
    expect(messageOf('t1.in.test', { others })).toBe("it is another cluster's CNAME target");
    expect(messageOf('x.t1.in.test', { others })).toBe(
      "it lies below t1.in.test, another cluster's CNAME target",
    );
    expect(messageOf('x.t2.in.test', { own: withTarget(2, 't2.in.test', ['x.t2.in.test']) })).toBeUndefined();
  });

  test("that were targets are nobody's, and what lies below is the platform's to hand out", () => {
    const retired = ['old.in.test', `old.${BASE}`];
    expect(messageOf('old.in.test', { retired })).toBe('it is the CNAME target of a cluster that is gone');
    expect(messageOf('x.old.in.test', { retired })).toBe(
      'it lies below old.in.test, the CNAME target of a cluster that is gone',
    );
    expect(messageOf(`x.old.${BASE}`, { retired })).toContain('it lies below');
    expect(messageOf(handedOut(`x.old.${BASE}`), { retired })).toBeUndefined();
    expect(messageOf(handedOut(`old.${BASE}`), { retired })).toBe(
      'it is the CNAME target of a cluster that is gone',
    );
    // Handed out is what lies below the base domain; a binding that says so of another name does not count.
    expect(messageOf(handedOut('x.old.in.test'), { retired })).toContain('it lies below');
  });
});

describe("a wildcard that would swallow names of the platform is nobody's", () => {
  const proven = { standing: { 'c-2': 3 } } as const;

  test('whatever these are', () => {
    expect(messageOf('*.example.com', proven)).toBe(`it would swallow the platform's ${PLATFORM}`);
    expect(messageOf('*.kube.test', { ...proven, others: [withControlPlane(1, 'a.b.kube.test')] })).toBe(
      'it would swallow control-plane hostnames',
    );
    expect(messageOf('*.in.test', { ...proven, others: [withTarget(1, 't.in.test')] })).toBe(
      "it would swallow other clusters' CNAME targets",
    );
    expect(messageOf('*.in.test', { ...proven, retired: ['t.in.test'] })).toBe(
      "it would swallow other clusters' CNAME targets",
    );
  });

  test("but for the cluster's own target", () => {
    const own = withTarget(2, 't2.in.test', ['*.in.test']);
    expect(messageOf('*.in.test', { ...proven, own })).toBeUndefined();
    expect(messageOf('*.in.test', { ...proven, own, others: [withTarget(1, 't1.in.test')] })).toBe(
      "it would swallow other clusters' CNAME targets",
    );
    const elsewhere = withTarget(2, 't2.out.test', ['*.in.test']);
    expect(messageOf('*.in.test', { ...proven, own: elsewhere, others: [withTarget(1, 't1.in.test')] })).toBe(
      "it would swallow other clusters' CNAME targets",
    );
    const { workload: _, ...without } = cluster(2, { hostnames: ['*.in.test'] });
    expect(messageOf('*.in.test', { ...proven, own: without })).toBeUndefined();
  });

  test('and a name that is no wildcard swallows nothing', () => {
    expect(messageOf('example.com')).toBeUndefined();
    expect(
      messageOf('in.test', { others: [withTarget(1, 't.in.test')], retired: ['o.in.test'] }),
    ).toBeUndefined();
    expect(
      messageOf('kube.test', { standing: { 'c-2': 3 }, others: [withControlPlane(1, 'a.b.kube.test')] }),
    ).toBeUndefined();
  });

  test('nor is one below a public suffix, or a suffix of a registry', () => {
    expect(messageOf('*.github.io', proven)).toBe('strangers register their names below github.io');
    expect(messageOf('co.uk', proven)).toBe('strangers register their names below co.uk');
    expect(messageOf('github.io', proven)).toBeUndefined();
    expect(messageOf('*.mine.github.io', proven)).toBeUndefined();
    expect(messageOf('mine.co.uk', proven)).toBeUndefined();
    // Below the base domain the platform hands names out, whoever registers there elsewhere.
    expect(messageOf('*.s3.amazonaws.com', { ...proven, baseDomain: 'amazonaws.com' })).toBeUndefined();
  });
});

describe('of several claims on one hostname', () => {
  const hostname = 'app.customer.test';
  const older = cluster(1, { hostnames: [binding(hostname, { createdAt: '2026-01-01T00:00:00Z' })] });
  const younger = cluster(3, { hostnames: [binding(hostname, { createdAt: '2026-03-01T00:00:00Z' })] });
  const held = (other: EdgeClusterInput, own: Standing, rival: Standing) =>
    refusalOf(hostname, { others: [other], standing: { 'c-2': own, [other.id]: rival } })?.code;

  test('the better one wins, whatever its age, and the older among equals', () => {
    for (const own of [0, 1, 2, 3] as const)
      for (const rival of [-1, 0, 1, 2, 3] as const) {
        expect(held(older, own, rival), `${own} against ${rival}, older`).toBe(
          rival >= own ? 'AlreadyClaimed' : undefined,
        );
        expect(held(younger, own, rival), `${own} against ${rival}, younger`).toBe(
          rival > own ? 'AlreadyClaimed' : undefined,
        );
      }
  });

  test('none that leads elsewhere is served', () => {
    expect(refusalOf(hostname, { standing: { 'c-2': -1 } })?.code).toBe('PointsToOtherCluster');
  });

  test('below the base domain the older wins, whatever DNS says', () => {
    const name = `app.${BASE}`;
    const first = cluster(1, { hostnames: [binding(name, { createdAt: '2026-01-01T00:00:00Z' })] });
    const last = cluster(3, { hostnames: [binding(name, { createdAt: '2026-03-01T00:00:00Z' })] });
    const standing = { 'c-1': 0, 'c-2': 1, 'c-3': 3 } as const;
    expect(messageOf(name, { others: [first], standing })).toBe('cluster c-1 holds it');
    expect(messageOf(name, { others: [last], standing })).toBeUndefined();
    expect(messageOf(name, { others: [last], standing: { 'c-2': -1 } })).toBeUndefined();
  });

  test('who serves it while withdrawals are held back keeps it from all but who is reached', () => {
    const carried = (standing: Standing, carriedBy = 'c-7') =>
      messageOf(hostname, { carriedBy, standing: { 'c-2': standing } });
    expect(([0, 1, 2, 3] as const).map((standing) => carried(standing))).toEqual([
      'cluster c-7 holds it',
      'cluster c-7 holds it',
      undefined,
      undefined,
    ]);
    expect(carried(0, 'c-2')).toBeUndefined();
  });
});

describe('a wildcard', () => {
  const wildcard = '*.customer.test';
  const early = (index: number, name: string) =>
    cluster(index, { hostnames: [binding(name, { createdAt: '2026-01-01T00:00:00Z' })] });

  test('is served when it is proven, or was and nobody can say', () => {
    expect(refusalOf(wildcard)?.code).toBe('WildcardUnproven');
    expect(refusalOf(wildcard, { servesUnasked: true })).toBeUndefined();
    expect(refusalOf(wildcard, { standing: { 'c-2': 1 } })).toBeUndefined();
    expect(refusalOf(`*.a.${BASE}`)).toBeUndefined();
  });

  test('that is not proven is told what is missing', () => {
    const none =
      'the TXT record _kubebyon.customer.test must prove it, and the inventory gives no proof for this binding';
    expect(messageOf(wildcard)).toBe(none);
    expect(messageOf(binding(wildcard, { proof: '' }))).toBe(none);
    expect(messageOf(binding(wildcard, { proof: 'x' }))).toBe(
      'the TXT record _kubebyon.customer.test does not hold its proof',
    );
  });

  test('above a name withholds it when its claim is better', () => {
    const others = [early(1, wildcard)];
    const above = (own: Standing, rival: Standing) =>
      messageOf('x.app.customer.test', { others, standing: { 'c-2': own, 'c-1': rival } });
    expect(above(3, 3)).toBe('cluster c-1 holds *.customer.test');
    expect(above(0, 1)).toBe('cluster c-1 holds *.customer.test');
    expect(above(2, 1)).toBeUndefined();
    expect(above(0, 0)).toBeUndefined();
  });

  test('that is not proven takes nothing, not even a name that nobody has proven', () => {
    expect(messageOf('app.customer.test', { others: [early(1, wildcard)] })).toBeUndefined();
    expect(messageOf(wildcard, { others: [early(1, wildcard)], standing: { 'c-2': 1 } })).toBeUndefined();
  });

  test("of the same cluster withholds nothing, nor does one that is nobody's", () => {
    const own = cluster(2, { hostnames: [wildcard, 'app.customer.test'] });
    expect(messageOf('app.customer.test', { own, standing: { 'c-2': 3 } })).toBeUndefined();
    const reserved = { others: [early(1, '*.github.io')], standing: { 'c-1': 3, 'c-2': 2 } } as const;
    expect(messageOf('mine.github.io', reserved)).toBeUndefined();
  });

  test('withholds nothing that the platform hands out', () => {
    const name = `x.a.${BASE}`;
    const standing = { 'c-1': 3 } as const;
    expect(messageOf(name, { others: [early(1, `*.a.${BASE}`)], standing })).toBeUndefined();
  });

  test('is found above a name from the nearest on', () => {
    const claimed = new Set(['*.test', '*.customer.test', '*.other.test']);
    expect(wildcardsAbove('x.app.customer.test', claimed)).toEqual(['*.customer.test', '*.test']);
    expect(wildcardsAbove('*.customer.test', claimed)).toEqual(['*.test']);
    expect(wildcardsAbove('x.app.customer.test', new Set())).toEqual([]);
  });
});

describe('a CNAME target', () => {
  const target = (name: string, clusters: readonly EdgeClusterInput[], reserved: readonly string[] = []) =>
    targetRefusal({
      target: name,
      clusterId: 'c-2',
      registry: registryOf(clusters, BASE),
      baseDomain: BASE,
      reserved: new Set(reserved),
    })?.message;

  test('is had by the oldest cluster that asks for it', () => {
    const name = `t.${BASE}`;
    expect(target(name, [withTarget(2, name), withTarget(1, name)])).toBe(
      'the older cluster c-1 has this target',
    );
    expect(target(name, [withTarget(2, name), withTarget(3, name)])).toBeUndefined();
    expect(target(name, [])).toBeUndefined();
  });

  test("is never a name of the platform's or a control plane", () => {
    expect(target(PLATFORM, [withTarget(2, PLATFORM)], [PLATFORM])).toBe("it is the platform's own");
    expect(target(BASE, [withTarget(2, BASE)])).toBe("it is the platform's own");
    expect(target('c1.cp.example.com', [withTarget(2, 'c1.cp.example.com'), cluster(1)])).toBe(
      'it is a control-plane hostname',
    );
  });
});

describe('the verdict on a claim', () => {
  const verdict = (
    chain: readonly string[],
    clusters: readonly EdgeClusterInput[],
    retired: readonly string[] = [],
  ) => {
    const registry = registryOf(clusters, BASE);
    const claim = registry.claimsOn('app.customer.test').find(({ clusterId }) => clusterId === 'c-2');
    if (claim === undefined) throw new Error('c-2 does not claim it');
    const answersOf = (name: string) => (name === 'app.customer.test' ? cname(chain) : cname([]));
    const { outcome, reason, proven } = claimVerdict(claim, registry, answersOf, new Set(retired));
    return [outcome, reason, proven];
  };
  const own = withTarget(2, 't2.in.test', ['app.customer.test']);

  test('is of DNS that reaches its own target, that of another, or one that is retired', () => {
    expect(verdict(['t2.in.test'], [own])).toEqual(['positive', 'Ready', false]);
    const others = [own, withTarget(1, 't1.in.test')];
    expect(verdict(['t1.in.test'], others)).toEqual(['negative', 'PointsToOtherCluster', false]);
    expect(verdict(['old.in.test'], [own], ['old.in.test'])).toEqual([
      'negative',
      'PointsToOtherCluster',
      false,
    ]);
    expect(verdict(['new.in.test'], others)).toEqual(['negative', 'FlattenedOrApex', false]);
  });

  test('takes a target for its own that others ask for too, or that was retired', () => {
    expect(verdict(['t2.in.test'], [own, withTarget(1, 't2.in.test')], ['t2.in.test'])).toEqual([
      'positive',
      'Ready',
      false,
    ]);
  });

  test('says nothing of a cluster without a target', () => {
    const { workload: _, ...without } = cluster(2, { hostnames: ['app.customer.test'] });
    expect(verdict(['t2.in.test'], [without])).toEqual(['unknown', 'NotChecked', false]);
  });
});
