import type { ControlPlaneConfig, RuntimeConfig, WorkloadConfig } from '../contract/runtime-config.ts';
import type { Protection } from './backend/protection.ts';
import type { RouteReports } from './backend/route-reports.ts';
import type { Finding, FindingCode } from './findings.ts';
import type { ChartListener } from './https/chart-listener.ts';
import type { ForeignListener } from './https/foreign-listeners.ts';
import type { ObservedListeners, PlacedListener } from './https/listeners-observed.ts';
import type { CertificateStore, ServedCertificates } from './https/secrets.ts';
import type { ClaimContext } from './ownership/claim-facts.ts';
import type { ClusterClaims } from './ownership/claims.ts';
import type { DnsVerdict } from './ownership/dns.ts';
import type { Claim, Registry } from './ownership/registry.ts';
import type { Apis } from './world/apis.ts';
import type { Clock } from './world/clock.ts';
import type { Hold } from './world/hold.ts';
import type { ClusterMemory, SharedMemory } from './world/memory.ts';
import type { Observed } from './world/observed.ts';
import type { DnsAnswer, HostNode, KubeObject, Probe, Tenant } from './world/world.ts';

/** What the host says besides its objects. */
export interface HostFacts {
  readonly complete: boolean;
  readonly nodes: readonly HostNode[] | undefined;
  readonly nodeCIDRs: readonly string[] | undefined;
}

/**
 * The reader of every step: there is no other door to what stands outside a step. Whatever a step of a cluster asks
 * here is recorded, and a change of the answer plans that cluster again.
 */
export interface Shared {
  readonly config: RuntimeConfig;
  readonly controlPlane: ControlPlaneConfig | undefined;
  readonly workload: WorkloadConfig | undefined;
  /** What the route agent of a host Node says; undefined: nobody has heard of it. */
  readonly reportsOf: (node: string) => RouteReports | undefined;
  readonly host: HostFacts;
  readonly baseDomain: string | undefined;
  readonly apis: Apis;
  readonly observed: Observed;
  readonly registry: Registry;
  readonly protection: Protection;
  /** Our HTTPS listeners by name, with no more of their parents than who they are. */
  readonly listeners: { readonly own: Pick<ReadonlyMap<string, PlacedListener>, 'get' | 'has'> };
  /** Listeners of others on the workload Gateway. */
  readonly foreignListeners: readonly ForeignListener[];
  /** What keeps the chart's HTTP listener from answering anybody. */
  readonly httpProblem: FindingCode | undefined;
  /** The chart's listener of control planes, and those of others on its Gateway. */
  readonly controlPlaneListener: ChartListener | undefined;
  readonly store: CertificateStore;
  /** What the shared HTTPS listener serves. */
  readonly sharedCertificates: ServedCertificates;
  readonly reservedHostnames: ReadonlySet<string>;
  readonly retiredTargets: ReadonlySet<string>;
  readonly memory: Pick<SharedMemory, 'releasedSni'>;
  readonly answersOf: (hostname: string) => readonly DnsAnswer[];
  /** Whether CAA records forbid every authority for a name. */
  readonly caaForbids: (hostname: string) => boolean;
  /** How claims are weighed while nothing is held back. */
  readonly claimContext: ClaimContext;
  readonly clusterMemory: (id: string) => ClusterMemory;
  /** What DNS says about a claim; each claim is judged once per plan. */
  readonly verdictOf: (claim: Claim) => DnsVerdict;
  /** Whether a plan of the last minute wanted HTTPS on the listener of a hostname, in any cluster. */
  readonly recentlyOnListener: (hostname: string, clock: Clock) => boolean;
  /** The clusters whose memory says that their TLSRoute held this hostname. */
  readonly rememberedSni: (hostname: string) => readonly string[];
}

/** The reader of the steps that all clusters share: they see listeners and memory whole. */
export interface SharedSteps extends Shared {
  readonly inventoryComplete: boolean;
  /** What our Gateways say against themselves. */
  readonly gatewayFindings: readonly Finding[];
  readonly listeners: ObservedListeners;
  readonly memory: SharedMemory;
  /** What is to be said of memory that is there and cannot be read. */
  readonly memoryProblem: string | undefined;
}

/** What the steps of one cluster look at. */
export interface ClusterContext {
  readonly shared: Shared;
  readonly id: string;
  readonly claims: ClusterClaims;
  /** Objects of ours with this cluster's label, in order of their keys. */
  readonly objects: readonly KubeObject[];
  readonly tenant: Tenant | undefined;
  readonly probes: readonly Probe[];
  readonly memory: ClusterMemory;
  readonly hold: Hold;
  readonly clock: Clock;
}
