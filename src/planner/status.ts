/** What the planner says about each cluster; an API process shows it to the platform and the tenant. */
export interface PlanStatus {
  readonly clusters: readonly ClusterStatus[];
  readonly shared: SharedStatus;
}

/** Where a cluster stands. What it does not ask for is absent. */
export interface ClusterStatus {
  readonly id: string;
  readonly controlPlane?: {
    readonly hostname: string;
    readonly phase: 'ready' | 'pending' | 'withheld';
    readonly reason: string;
  };
  readonly backend?: BackendStatus;
  readonly hostnames: readonly HostnameStatus[];
  /** Secrets of hostnames that left, where there are any. */
  readonly secretsLeft?: number;
  /** PodCIDR routes that the API process itself installs (podCIDRRoute.mode=local); without a list those that are there stay. */
  readonly localRoutes?: readonly { readonly destination: string; readonly nextHop: string }[];
}

/** Where requests of a cluster go, and since when. */
export interface BackendStatus {
  readonly mode: 'podip' | 'nodeport';
  readonly port: number;
  readonly source: string;
  readonly since: string;
  /** Changes of mode in the last 6 hours. */
  readonly flips: number;
  readonly endpoints: number;
  readonly reason: string;
  /** What whoever runs the planner is to probe, where there is anything: ingress Pods that may be reached directly. */
  readonly probeTargets?: readonly { readonly address: string; readonly port: number }[];
}

/** How far a hostname is: what DNS says of it, or why this cluster does not get it. */
export type HostnamePhase = 'pending' | 'ready' | 'degraded' | 'lost' | 'released' | 'conflict' | 'invalid';

/** Where a hostname stands: DNS, HTTP and HTTPS. */
export interface HostnameStatus {
  readonly hostname: string;
  readonly management: 'target' | 'platform' | 'self';
  readonly phase: HostnamePhase;
  /** Why: a verdict on DNS or on the claim, CamelCase. */
  readonly reason: string;
  /** Whether plain HTTP answers from the cluster, answers with a redirect, or not at all. */
  readonly http: 'served' | 'redirected' | 'withheld';
  /** `off`: outside certificate orchestration; `waiting`: the gate is closed; `open`: served. */
  readonly https: 'off' | 'waiting' | 'open';
  /** Why HTTPS waits. */
  readonly httpsReason?: string;
  /** Why the Gateway does not serve it although its routes are written: the reason of a condition, or of a finding. */
  readonly routeProblem?: string;
  /** When DNS should be asked again. */
  readonly nextCheckAt?: string;
}

/** What all clusters share: room for listeners, certificates and orders. */
export interface SharedStatus {
  readonly listeners: {
    readonly onGateway: number;
    readonly inListenerSets: number;
    readonly freeOnGateway: number;
  };
  readonly certificates: readonly SharedCertificateStatus[];
  /** Orders of the last 7 days by registered domain, only where there are any. */
  readonly orders: Readonly<Record<string, number>>;
}

/** A Certificate of the shared listener. */
export interface SharedCertificateStatus {
  readonly name: string;
  readonly names: number;
  readonly ready: boolean;
}
