import {
  CONTROL_PLANE_RULES,
  type ControlPlaneFacts,
  controlPlaneRefusal,
} from '../../../src/planner/control-plane/control-plane-rules.ts';
import type { ClaimContext } from '../../../src/planner/ownership/claim-facts.ts';
import { CLAIM_RULES } from '../../../src/planner/ownership/claim-rules.ts';
import { claimsOf } from '../../../src/planner/ownership/claims.ts';
import { nearestPlatformName, type PlatformName } from '../../../src/planner/ownership/platform-names.ts';
import { claimRefusal, targetRefusal } from '../../../src/planner/ownership/refusals.ts';
import { type Registry, registryIndex } from '../../../src/planner/ownership/registry.ts';
import { RESERVED_RULES } from '../../../src/planner/ownership/reserved-rules.ts';
import type { Standing } from '../../../src/planner/ownership/standing.ts';
import { TARGET_RULES, type TargetFacts } from '../../../src/planner/ownership/target-rules.ts';
import type { EdgeClusterInput } from '../../../src/planner/world/world.ts';
import { BASE, binding, cluster, targetOf } from '../../support/worlds.ts';
import { examplesOf } from './examples.ts';

const RESERVED: ReadonlySet<string> = new Set(['kubebyon.example.com']);

/** Cluster `c-1` is older than `c-2`, and so on. */
function registryOf(clusters: readonly EdgeClusterInput[]): Registry {
  const index = registryIndex(<T>() => new Map<string, T>());
  for (const one of clusters) index.replace(one.id, claimsOf(one, BASE));
  return { ...index, podCIDRConflict: () => undefined };
}

const withTarget = (index: number, cnameTarget: string): EdgeClusterInput => {
  const { workload, ...rest } = cluster(index);
  return workload === undefined ? rest : { ...rest, workload: { ...workload, cnameTarget } };
};

const withControlPlane = (index: number, hostname: string): EdgeClusterInput => {
  const { controlPlane, ...rest } = cluster(index);
  return controlPlane === undefined ? rest : { ...rest, controlPlane: { ...controlPlane, hostname } };
};

/** What cluster `c-2` asks for, among others. */
interface ClaimCase {
  readonly hostname: string;
  readonly others?: readonly EdgeClusterInput[];
  /** By cluster; 0 for all others. */
  readonly standing?: Readonly<Record<string, Standing>>;
  readonly carriedBy?: string;
  readonly retiredTargets?: ReadonlySet<string>;
  readonly reserved?: ReadonlySet<string>;
}

type RuleLists = Parameters<typeof claimRefusal>[2];

function refusalOf(
  {
    hostname,
    others = [],
    standing = {},
    carriedBy,
    retiredTargets = new Set(),
    reserved = RESERVED,
  }: ClaimCase,
  lists: RuleLists,
) {
  const registry = registryOf([cluster(2, { hostnames: [hostname] }), ...others]);
  const sources = { registry, baseDomain: BASE, reserved, retiredTargets };
  const platformName = (domain: string): PlatformName | undefined =>
    nearestPlatformName(domain, sources, platformName);
  const context: ClaimContext = {
    ...sources,
    platformName,
    servesUnasked: () => false,
    standing: ({ clusterId }) => standing[clusterId] ?? 0,
    carriedBy: () => carriedBy,
  };
  const claim = registry.claimsOn(hostname).find(({ clusterId }) => clusterId === 'c-2');
  if (claim === undefined) throw new Error(`c-2 does not claim ${hostname}`);
  return claimRefusal(claim, context, lists);
}

/** Cluster `c-1`, which bound a hostname before `c-2` did. */
const earlier = (hostname: string): EdgeClusterInput =>
  cluster(1, { hostnames: [binding(hostname, { createdAt: '2026-01-15T00:00:00Z' })] });

const isReserved = (message: string) => ({ code: 'HostnameReserved', message });
const claimed = (message: string) => ({ code: 'AlreadyClaimed', message });

export const RESERVED_EXAMPLES = examplesOf<ClaimCase, (typeof RESERVED_RULES)[number]>(
  'RESERVED_RULES',
  RESERVED_RULES,
  (facts, reserved) => refusalOf(facts, { reserved }),
  {
    PlatformsOwn: {
      when: "a cluster binds a name below the platform's hostname",
      facts: () => ({ hostname: 'x.kubebyon.example.com' }),
      verdict: isReserved("it lies below the platform's kubebyon.example.com"),
    },
    OfBaseDomain: {
      when: 'a cluster binds www of the base domain',
      facts: () => ({ hostname: `www.${BASE}` }),
      verdict: isReserved('it is reserved under the base domain'),
    },
    ControlPlanes: {
      when: 'a cluster binds the hostname of its own API',
      facts: () => ({ hostname: 'c2.cp.example.com' }),
      verdict: isReserved('it is a control-plane hostname'),
    },
    OthersTarget: {
      when: 'a cluster binds the CNAME target of another',
      facts: () => ({ hostname: targetOf(1), others: [cluster(1)] }),
      verdict: isReserved("it is another cluster's CNAME target"),
    },
    RetiredTarget: {
      when: 'a cluster binds a name below the target of a cluster that is gone',
      facts: () => ({ hostname: `x.${targetOf(9)}`, retiredTargets: new Set([targetOf(9)]) }),
      verdict: isReserved(`it lies below ${targetOf(9)}, the CNAME target of a cluster that is gone`),
    },
    OverPlatformsOwn: {
      when: "a cluster binds a wildcard above the platform's hostname",
      facts: () => ({ hostname: '*.example.com' }),
      verdict: isReserved("it would swallow the platform's kubebyon.example.com"),
    },
    OverBaseDomain: {
      when: 'a cluster that proves the domain binds a wildcard above the base domain',
      facts: () => ({ hostname: '*.example.com', reserved: new Set(), standing: { 'c-2': 3 } }),
      verdict: isReserved(`it would swallow every name of the base domain ${BASE}`),
    },
    OverControlPlanes: {
      when: 'a cluster binds a wildcard two labels above a control-plane hostname',
      facts: () => ({ hostname: '*.kube.test', others: [withControlPlane(1, 'a.b.kube.test')] }),
      verdict: isReserved('it would swallow control-plane hostnames'),
    },
    OverTargets: {
      when: 'a cluster binds a wildcard above the target of another',
      facts: () => ({ hostname: '*.targets.test', others: [withTarget(1, 't1.in.targets.test')] }),
      verdict: isReserved("it would swallow other clusters' CNAME targets"),
    },
    PublicSuffix: {
      when: 'a cluster binds the wildcard of a domain where strangers have their pages',
      facts: () => ({ hostname: '*.github.io', standing: { 'c-2': 3 } }),
      verdict: isReserved('strangers register their names below github.io'),
    },
    ControlPlaneZone: {
      when: 'a cluster binds a name beside the control planes of others',
      facts: () => ({ hostname: 'c9.kube.test', others: [withControlPlane(1, 'c1.kube.test')] }),
      verdict: isReserved('it lies in kube.test, where control planes have their hostnames'),
    },
  },
);

export const CLAIM_EXAMPLES = examplesOf<ClaimCase, (typeof CLAIM_RULES)[number]>(
  'CLAIM_RULES',
  CLAIM_RULES,
  (facts, claims) => refusalOf(facts, { claims }),
  {
    PointsElsewhere: {
      when: 'DNS of the hostname reaches the target of another cluster, which does not claim it',
      facts: () => ({ hostname: 'app.customer.test', standing: { 'c-2': -1 } }),
      verdict: { code: 'PointsToOtherCluster', message: 'its DNS reaches the target of another cluster' },
    },
    WildcardUnproven: {
      when: 'a cluster binds a wildcard, and nothing proves the domain',
      facts: () => ({ hostname: '*.customer.test' }),
      verdict: {
        code: 'WildcardUnproven',
        message:
          'the TXT record _kubebyon.customer.test must prove it, and the inventory gives no proof for this binding',
      },
    },
    BetterClaim: {
      when: 'another cluster bound the same hostname earlier',
      facts: () => ({
        hostname: 'app.customer.test',
        others: [earlier('app.customer.test')],
      }),
      verdict: claimed('cluster c-1 holds it'),
    },
    StillCarried: {
      when: 'withdrawals are held back, and a cluster still serves the hostname',
      facts: () => ({ hostname: 'app.customer.test', carriedBy: 'c-1', standing: { 'c-2': 1 } }),
      verdict: claimed('cluster c-1 holds it'),
    },
    WildcardAbove: {
      when: 'another cluster proved a wildcard above the hostname earlier',
      facts: () => ({
        hostname: 'app.customer.test',
        others: [earlier('*.customer.test')],
        standing: { 'c-1': 3, 'c-2': 3 },
      }),
      verdict: claimed('cluster c-1 holds *.customer.test'),
    },
  },
);

const target = (name: string, ...clusters: readonly EdgeClusterInput[]): TargetFacts => ({
  target: name,
  clusterId: 'c-2',
  registry: registryOf(clusters),
  baseDomain: BASE,
  reserved: RESERVED,
});

export const TARGET_EXAMPLES = examplesOf('TARGET_RULES', TARGET_RULES, targetRefusal, {
  OlderCluster: {
    when: 'an older cluster has the same target',
    facts: () => target(`t.${BASE}`, withTarget(1, `t.${BASE}`), withTarget(2, `t.${BASE}`)),
    verdict: claimed('the older cluster c-1 has this target'),
  },
  PlatformsOwn: {
    when: 'the target is the base domain',
    facts: () => target(BASE, withTarget(2, BASE)),
    verdict: isReserved("it is the platform's own"),
  },
  ControlPlanes: {
    when: 'the target is the control-plane hostname of a younger cluster',
    facts: () => target('c3.cp.example.com', withTarget(2, 'c3.cp.example.com'), cluster(3)),
    verdict: isReserved('it is a control-plane hostname'),
  },
});

const controlPlane = (hostname: string, ...clusters: readonly EdgeClusterInput[]): ControlPlaneFacts => ({
  hostname,
  clusterId: 'c-2',
  shared: {
    registry: registryOf([withControlPlane(2, hostname), ...clusters]),
    baseDomain: BASE,
    reservedHostnames: RESERVED,
  },
});

export const CONTROL_PLANE_EXAMPLES = examplesOf(
  'CONTROL_PLANE_RULES',
  CONTROL_PLANE_RULES,
  controlPlaneRefusal,
  {
    InBaseDomain: {
      when: 'the hostname lies below the base domain',
      facts: () => controlPlane(`api-2.${BASE}`),
      verdict: isReserved(`control-plane hostname api-2.${BASE} lies in the workload base domain ${BASE}`),
    },
    PlatformsOwn: {
      when: "the hostname is the platform's",
      facts: () => controlPlane('kubebyon.example.com'),
      verdict: isReserved("control-plane hostname kubebyon.example.com is the platform's own"),
    },
    Targets: {
      when: 'the hostname is the CNAME target of a cluster with a domain of its own',
      facts: () => controlPlane('edge.customer.test', withTarget(3, 'edge.customer.test')),
      verdict: isReserved('control-plane hostname edge.customer.test is a CNAME target'),
    },
    OlderCluster: {
      when: 'an older cluster has the same hostname',
      facts: () => controlPlane('cp.customer.test', withControlPlane(1, 'cp.customer.test')),
      verdict: { code: 'HostnameConflict', message: 'cp.customer.test belongs to the older cluster c-1' },
    },
  },
);
