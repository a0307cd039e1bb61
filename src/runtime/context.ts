import type { ControlPlaneConfig, RuntimeConfig, WorkloadConfig } from '../contract/runtime-config.ts';
import type { Apis } from './apis.ts';
import type { Protection } from './backend.ts';
import type { ClusterClaims } from './claims.ts';
import type { Clock } from './clock.ts';
import type { DnsVerdict } from './dns.ts';
import type { ObservedListeners } from './listeners-observed.ts';
import type { ClusterMemory, SharedMemory } from './memory.ts';
import type { Observed } from './observed.ts';
import type { Claim, ClaimContext, Registry } from './ownership.ts';
import type { CertificateStore, ServedCertificates } from './secrets.ts';
import type { Hold } from './withdrawals.ts';
import type { DnsAnswer, Host, Inventory, KubeObject, Probe, Tenant, World } from './world.ts';

/** What every step may look at. All of it is the same for every cluster of one plan. */
export interface Shared {
  readonly config: RuntimeConfig;
  readonly controlPlane: ControlPlaneConfig | undefined;
  readonly workload: WorkloadConfig | undefined;
  readonly world: World;
  readonly inventory: Inventory;
  readonly host: Host;
  readonly baseDomain: string | undefined;
  readonly apis: Apis;
  readonly observed: Observed;
  readonly registry: Registry;
  readonly protection: Protection;
  readonly listeners: ObservedListeners;
  readonly store: CertificateStore;
  /** What the shared HTTPS listener serves. */
  readonly sharedCertificates: ServedCertificates;
  readonly reservedHostnames: ReadonlySet<string>;
  readonly retiredTargets: ReadonlySet<string>;
  readonly memory: SharedMemory;
  readonly answersOf: (hostname: string) => readonly DnsAnswer[];
  /** Whether CAA records forbid every authority for a name. */
  readonly caaForbids: (hostname: string) => boolean;
  /** How claims are weighed while nothing is held back. */
  readonly claimContext: ClaimContext;
  readonly clusterMemory: (id: string) => ClusterMemory;
  /** What DNS says about a claim; each claim is judged once per plan. */
  readonly verdictOf: (claim: Claim) => DnsVerdict;
  /** Whether a plan of the last minute wanted HTTPS for a name, in any cluster. */
  readonly recentlyHttps: (hostname: string, clock: Clock) => boolean;
  /** The clusters whose memory says that their TLSRoute held this hostname. */
  readonly rememberedSni: (hostname: string) => readonly string[];
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
