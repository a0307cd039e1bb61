/** What the chart tells the API process, typed: the meaning of the variables in {@link ./environment.ts}. */
export type RuntimeConfig = HaproxyConfig | GatewayApiConfig;

/** None of the variables is set: the legacy entry is in use and the runtime only removes what it once made. */
export interface HaproxyConfig {
  readonly provider: 'haproxy';
}

/** The entries are Gateways, which the runtime keeps up. */
export interface GatewayApiConfig {
  readonly provider: 'gatewayapi';
  readonly controlPlane: ControlPlaneConfig;
  /** Absent when gatewayAPI.workload.enabled is false. */
  readonly workload?: WorkloadConfig;
}

/** The entry of the control planes: one listener that passes TLS through. */
export interface ControlPlaneConfig {
  readonly gateway: GatewayReference;
  readonly listenerName: string;
  /** 1..3600. */
  readonly syncIntervalSeconds: number;
}

/** A Gateway that the chart renders. */
export interface GatewayReference {
  readonly namespace: string;
  readonly name: string;
}

/** The entry of customers' workloads. */
export interface WorkloadConfig {
  readonly gateway: GatewayReference;
  readonly httpListenerName: string;
  readonly nodeAddressType: 'internal' | 'external';
  readonly backendStrategy: 'auto' | 'podip' | 'nodeport';
  /** Absent when gatewayAPI.workload.tls.enabled is false. */
  readonly tls?: WorkloadTlsConfig;
  readonly podCIDRRoute: PodCIDRRouteConfig;
  /** Hostnames that no tenant may bind: the platform's own. */
  readonly reservedHostnames: readonly string[];
  /** Dedicated listeners may go to ListenerSets. */
  readonly listenerSets: boolean;
}

/** HTTPS of the workload entry: its listeners, and who makes the certificates. */
export interface WorkloadTlsConfig {
  readonly httpsListenerName: string;
  readonly secretName: string;
  readonly httpToHttpsRedirect: boolean;
  /** Shared Certificates of CNAME targets and platform-managed hostnames. */
  readonly certManager: boolean;
  /** Dedicated Certificates of self-managed hostnames. */
  readonly selfManaged: boolean;
  /** The issuer can prove `*.<base domain>`, so one wildcard SAN replaces one SAN per name. */
  readonly wildcardCertificate: boolean;
  /** certManager.issuerRef as given; absent when its name is empty. */
  readonly issuerRef?: IssuerReference;
  /** certManager.selfManaged.issuerRef as given; absent when its name is empty, then `issuerRef` holds. */
  readonly selfManagedIssuerRef?: IssuerReference;
}

/** An issuer of cert-manager, or of a group that stands in for it. */
export interface IssuerReference {
  readonly name: string;
  readonly kind: string;
  readonly group: string;
}

/** Routes from the host to the Pods of clusters. */
export interface PodCIDRRouteConfig {
  readonly enabled: boolean;
  readonly mode: 'local' | 'routeagent';
  readonly routePlanNamespace: string;
  readonly targetNodeSelector: Readonly<Record<string, string>>;
  readonly staleAfterSeconds: number;
  readonly commandTimeoutSeconds: number;
  readonly syncIntervalSeconds: number;
}
