import type { RuntimeConfig } from '../../contract/runtime-config.ts';
import { hostnameObjectName } from '../../contract/runtime-names.ts';
import { isWildcard } from '../../text/hostnames.ts';
import {
  type Protection,
  protectionOf,
  type RouteReports,
  routeReports,
  sameRouteReports,
} from '../backend/index.ts';
import type { Shared, SharedSteps } from '../context.ts';
import type { Finding } from '../findings.ts';
import {
  type CertificateStore,
  type ChartListener,
  chartListenerFindings,
  onlyListener,
  recentlyOnListener,
} from '../https/index.ts';
import {
  type Binding,
  type Claim,
  caaForbids,
  claimVerdict,
  type DnsVerdict,
  nearestPlatformName,
  type PlatformName,
  type ProtectedHits,
  podCIDRConflicts,
  protectedHits,
  type RangeClaims,
  type Registry,
  rangeClaimsOf,
  sameHits,
  sameRangeClaims,
  standingOf,
} from '../ownership/index.ts';
import { type Apis, apisOf } from '../world/apis.ts';
import { entryOf, sameData } from '../world/json.ts';
import { type ClusterMemory, type DnsPhase, decodeClusterMemory } from '../world/memory.ts';
import { clusterIdOf, isOurs } from '../world/objects.ts';
import { gatewayNamed } from '../world/observed.ts';
import { inSlices } from '../world/slices.ts';
import type { HostNode, KubeObject } from '../world/world.ts';
import { edgeFamilies } from './edge-facts.ts';
import type { Facts, Family } from './facts.ts';
import { gatewayFindings } from './gateway-findings.ts';
import { common, type Single, sameSet } from './single.ts';
import type { WorldFacts } from './world-facts.ts';

/** Readers for the steps, and what they share of computations. */
export interface Readers {
  /** For the steps of a cluster: whatever is asked is recorded, as narrowly as it is asked. */
  readonly cluster: Shared;
  /** For the steps that all clusters share. */
  readonly shared: SharedSteps;
}

export function readersOf(facts: Facts, world: WorldFacts, config: RuntimeConfig): Readers {
  const gatewayApi = config.provider === 'gatewayapi' ? config : undefined;
  const workload = gatewayApi?.workload;
  const { observed } = world;
  const reserved: ReadonlySet<string> = new Set(workload?.reservedHostnames ?? []);
  const selector = Object.keys(workload?.podCIDRRoute.targetNodeSelector ?? {});
  const nodes = common(
    facts,
    (): readonly HostNode[] | undefined => world.host('nodes')?.map((node) => withLabels(node, selector)),
    sameData,
  );
  const host = {
    get complete() {
      return world.host('complete') === true;
    },
    get nodes() {
      return nodes.get();
    },
    get nodeCIDRs() {
      return world.host('nodeCIDRs');
    },
  };
  const apis = common(
    facts,
    (): Apis => {
      const served = world.host('apis');
      return apisOf(served === undefined ? {} : { apis: served });
    },
    sameData,
  );
  const protection = common(
    facts,
    (): Protection => {
      const [known, protectedCIDRs] = [nodes.get(), world.host('protectedCIDRs')];
      return protectionOf({
        ...(known === undefined ? {} : { nodes: known }),
        ...(protectedCIDRs === undefined ? {} : { protectedCIDRs }),
      });
    },
    sameProtection,
  );
  const registry = withConflicts(facts, world, protection);
  const store = storeOf(world, workload?.gateway.namespace);
  const retired = common(
    facts,
    (): ReadonlySet<string> =>
      new Set((world.inventory('retiredTargets') ?? []).map((name) => name.toLowerCase().replace(/\.$/, ''))),
    sameSet,
  );
  const answersOf: Shared['answersOf'] = (hostname) => world.dns.get(hostname) ?? [];
  const memories = facts.family(
    (id: string): ClusterMemory => decodeClusterMemory(world.memory.get(id)),
    sameData,
  );
  const phases = facts.view(
    ({ clusterId, hostname }: Binding): DnsPhase | undefined =>
      entryOf(memories.get(clusterId).dns, hostname)?.phase,
  );
  const judge = (binding: Binding): DnsVerdict =>
    claimVerdict({ clusterId: binding.clusterId, binding }, registry, answersOf, retired.get());
  const verdicts = facts.family(judge, sameData);
  // A name that the platform hands out concerns its own cluster alone, which asks once.
  const verdictOf: Shared['verdictOf'] = ({ binding }) =>
    binding.management === 'platform' ? judge(binding) : verdicts.get(binding);
  const platformNameOf = (domain: string): PlatformName | undefined =>
    nearestPlatformName(
      domain,
      { registry, baseDomain: world.baseDomain(), reserved, retiredTargets: retired.get() },
      platformNames.get,
    );
  // What lies above is shared by many names; a name itself is asked for by those who claim it.
  const platformNames: Pick<Family<string, PlatformName | undefined>, 'get'> = facts.family(
    platformNameOf,
    sameData,
  );
  // A Gateway's status moves with every route that attaches; what it says against itself seldom does.
  const problems = common(
    facts,
    (clock): readonly Finding[] =>
      gatewayFindings(
        [gatewayApi?.controlPlane.gateway, workload?.gateway].flatMap((one) =>
          one === undefined ? [] : (gatewayNamed(observed, one) ?? []),
        ),
        clock,
      ),
    sameData,
  );
  const controlPlaneListener = common(
    facts,
    (): ChartListener | undefined => {
      if (gatewayApi === undefined) return undefined;
      const { gateway, listenerName } = gatewayApi.controlPlane;
      const found = gatewayNamed(observed, gateway);
      return found === undefined ? undefined : onlyListener(found, listenerName);
    },
    sameData,
  );
  const staleAfterSeconds = workload?.podCIDRRoute.staleAfterSeconds ?? 0;
  // A sign of life in time changes no answer, so it plans nobody again.
  const reports = facts.family(
    (node: string, clock): RouteReports | undefined =>
      routeReports(entryOf(world.routes()?.agents, node), staleAfterSeconds, clock),
    sameRouteReports,
  );
  const edge = edgeFamilies(facts, world, store, workload);
  const base = {
    config,
    controlPlane: gatewayApi?.controlPlane,
    workload,
    reportsOf: reports.get,
    host,
    get baseDomain() {
      return world.baseDomain();
    },
    get apis() {
      return apis.get();
    },
    observed,
    registry,
    get protection() {
      return protection.get();
    },
    get foreignListeners() {
      return edge.foreign.get();
    },
    get httpProblem() {
      return edge.http.get()[0]?.code;
    },
    get controlPlaneListener() {
      return controlPlaneListener.get();
    },
    store,
    reservedHostnames: reserved,
    get retiredTargets() {
      return retired.get();
    },
    answersOf,
    caaForbids: (hostname: string) => caaForbids(answersOf(hostname), isWildcard(hostname)),
    claimContext: {
      registry,
      get baseDomain() {
        return world.baseDomain();
      },
      reserved,
      get retiredTargets() {
        return retired.get();
      },
      platformName: platformNameOf,
      servesUnasked: (claim: Claim) =>
        verdictOf(claim).outcome === 'unknown' &&
        observed
          .httpRoutes(claim.binding.hostname)
          .some((route) => isOurs(route) && clusterIdOf(route) === claim.clusterId),
      carriedBy: () => undefined,
      standing: (claim: Claim) => {
        const remembered = phases.get(claim.binding);
        const certificate =
          remembered === undefined
            ? store.certificate(hostnameObjectName(claim.binding.hostname))
            : undefined;
        const was = certificate !== undefined && clusterIdOf(certificate) === claim.clusterId;
        return standingOf(verdictOf(claim), remembered ?? (was ? 'ready' : 'pending'));
      },
    },
    clusterMemory: (id: string) => memories.get(id),
    verdictOf,
    recentlyOnListener: (hostname, clock) =>
      (world.httpsOwners.get(hostname) ?? []).some((id) =>
        recentlyOnListener(memories.get(id), hostname, clock),
      ),
    rememberedSni: (hostname) => world.sniHolders.get(hostname) ?? [],
  } satisfies Partial<Shared>;
  return {
    cluster: withGetters(base, {
      listeners: {
        own: { get: edge.placed.get, has: (name: string) => edge.placed.get(name) !== undefined },
      },
      sharedCertificates: {
        covers: edge.coverage.get,
        names: { has: edge.sharedNames.get },
        get problems() {
          return edge.served.get().problems;
        },
      },
      memory: world.sharedMemory,
    }),
    shared: withGetters(base, {
      get inventoryComplete() {
        return world.inventory('complete') === true;
      },
      get gatewayFindings() {
        const listener = controlPlaneListener.get();
        return [
          ...problems.get(),
          ...(listener === undefined ? [] : chartListenerFindings(listener)),
          ...edge.http.get(),
        ];
      },
      get listeners() {
        return edge.listeners.get();
      },
      get sharedCertificates() {
        return edge.served.get();
      },
      memory: world.sharedMemory,
      get memoryProblem() {
        return world.memoryProblem();
      },
    }),
  };
}

/** A spread would ask for everything at once; this keeps what is asked later for later. */
function withGetters<A extends object, B extends object>(base: A, more: B): A & B {
  const both: A & B = Object.defineProperties(Object.create(null), {
    ...Object.getOwnPropertyDescriptors(base),
    ...Object.getOwnPropertyDescriptors(more),
  });
  return Object.freeze(both);
}

function storeOf(world: WorldFacts, namespace: string | undefined): CertificateStore {
  const find = (apiVersion: string, kind: string, name: string): KubeObject | undefined =>
    namespace === undefined ? undefined : world.observed.find({ apiVersion, kind, namespace, name });
  return {
    secret: (name) => find('v1', 'Secret', name),
    certificate: (name) => find('cert-manager.io/v1', 'Certificate', name),
    otherWriter: (secretName) =>
      namespace === undefined ? undefined : world.observed.foreignCertificates(namespace, secretName)[0],
    get complete() {
      return world.host('complete') === true;
    },
  };
}

/** The registry with what its clusters' ranges mean for each other. */
function withConflicts(
  facts: Facts,
  world: WorldFacts,
  protection: Pick<Single<Protection>, 'get'>,
): Registry {
  const ranges = facts.family(
    (id: string): RangeClaims | undefined => rangeClaimsOf(world.claims.get(id)),
    sameRangeClaims,
  );
  const hits = facts.family((id: string): ProtectedHits => {
    const claims = ranges.get(id);
    return claims === undefined ? [] : protectedHits(claims, protection.get());
  }, sameHits);
  const conflicts = facts.table(
    () => {
      const claims = world.ids().map((id) => ranges.get(id));
      return podCIDRConflicts(
        claims.filter((one) => one !== undefined),
        ({ id }) => hits.get(id),
      );
    },
    Object.is,
    () => inSlices(world.ids(), 512, hits.get),
  );
  return { ...world.registry, podCIDRConflict: conflicts.get };
}

/** A Node without the labels that nothing asks for: they change all the time. */
function withLabels({ labels, ...node }: HostNode, wanted: readonly string[]): HostNode {
  const kept = wanted.flatMap((key) => {
    const value = entryOf(labels, key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return kept.length === 0 ? node : { ...node, labels: Object.fromEntries(kept) };
}

function sameProtection(a: Protection, b: Protection): boolean {
  const text = (ranges: Protection['privateNodes']): string => ranges.map((one) => one.text).join(' ');
  return text(a.privateNodes) === text(b.privateNodes) && text(a.sharedNodes) === text(b.sharedNodes);
}
