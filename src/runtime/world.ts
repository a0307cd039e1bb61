/**
 * The world as the planner sees it: one plain, versioned document, so that a bug report is a file.
 * Its JSON Schema is schemas/world.schema.json; docs/runtime.md describes every field.
 */
export interface World {
  readonly apiVersion: 'kubebyon.app/v1alpha1';
  readonly kind: 'World';
  /** RFC 3339; the only clock the planner knows. */
  readonly now: string;
  readonly inventory: Inventory;
  readonly host: Host;
  /** By cluster id. Everything in here is written by the tenant and therefore hostile. */
  readonly tenants?: Readonly<Record<string, Tenant>>;
  /** By normalised hostname: one answer per resolver. The CNAME targets' own names are asked too. */
  readonly dns?: Readonly<Record<string, readonly DnsAnswer[]>>;
  /** By cluster id. */
  readonly probes?: Readonly<Record<string, readonly Probe[]>>;
  readonly routes?: { readonly agents?: Readonly<Record<string, RouteAgent>> };
  /** What the last plan returned; opaque. Lost memory is derived again from live objects. */
  readonly memory?: unknown;
}

/** What the platform itself says: the only trusted source about clusters. */
export interface Inventory {
  /** False: something could not be read, so nothing may be withdrawn because it is not listed. */
  readonly complete: boolean;
  /** Changes with every change of the inventory. */
  readonly revision: string;
  /** managed_workload_ingress_base_domain. */
  readonly baseDomain?: string;
  readonly clusters: readonly EdgeClusterInput[];
  /** CNAME targets of clusters that are gone; a hostname that still points to one is not handed to anyone. */
  readonly retiredTargets?: readonly string[];
  /** Keys of findings `MassWithdrawal` and `EmptyInventory` that the operator has confirmed. */
  readonly acknowledgedWithdrawals?: readonly string[];
}

export interface EdgeClusterInput {
  readonly id: string;
  readonly slug: string;
  /** Host namespace of the vCluster. */
  readonly namespace: string;
  readonly createdAt: string;
  readonly deleting: boolean;
  readonly suspended: boolean;
  readonly controlPlane?: {
    readonly hostname: string;
    readonly service: { readonly name: string; readonly port: number };
    readonly nodeAccess?: 'SNIOnly' | 'L4' | 'Proxy';
  };
  readonly workload?: EdgeWorkloadInput;
  readonly hostnames: readonly HostnameBinding[];
}

export interface EdgeWorkloadInput {
  /** managed_workload_ingress_cname_target. */
  readonly cnameTarget: string;
  readonly topology: 'privateNodes' | 'sharedNodes';
  readonly podCIDRs: readonly string[];
  readonly nodeCIDRs: readonly string[];
  readonly ingress: {
    readonly namespace: string;
    readonly serviceName: string;
    readonly podSelector: Readonly<Record<string, string>>;
    readonly portName?: string;
    readonly port?: number;
  };
}

export interface HostnameBinding {
  readonly hostname: string;
  /** `auto`: platform-managed when under the base domain, else self-managed. */
  readonly management: 'auto' | 'platform' | 'self';
  readonly createdAt: string;
  readonly paused?: boolean;
  readonly issuerRef?: { readonly name: string; readonly kind?: string; readonly group?: string };
  /** The value that the TXT record `_kubebyon.<hostname>` must hold to prove the claim. */
  readonly proof?: string;
}

/** The host cluster as last read. */
export interface Host {
  /** False: a list failed or is partial, so an absent object proves nothing. */
  readonly complete: boolean;
  /** Discovery, as `group/version/Kind`. Absent: unknown, then every kind is taken as served at its newest version. */
  readonly apis?: readonly string[];
  /** A hint only; Envoy Gateway leaves it empty. */
  readonly gatewayFeatures?: readonly string[];
  readonly objects: readonly KubeObject[];
  readonly nodes?: readonly HostNode[];
  /** CIDRs of host Nodes that NodePort fallback may use for shared nodes; absent: each cluster's own nodeCIDRs. */
  readonly nodeCIDRs?: readonly string[];
  /** Host pod, service and management networks that no tenant may name. */
  readonly protectedCIDRs?: readonly string[];
}

export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly spec?: unknown;
  readonly status?: unknown;
  /** EndpointSlice only. */
  readonly addressType?: unknown;
  readonly endpoints?: unknown;
  readonly ports?: unknown;
  /** Secret only: its type and what its certificate says; never any data. */
  readonly type?: unknown;
  readonly certificate?: SecretCertificate;
}

export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly managedFields?: readonly unknown[];
  readonly ownerReferences?: readonly unknown[];
}

export interface SecretCertificate {
  readonly dnsNames?: readonly string[];
  readonly notAfter?: string;
  /** Whether the private key belongs to the certificate. */
  readonly keyMatches?: boolean;
}

export interface HostNode {
  readonly name: string;
  readonly ready: boolean;
  readonly labels?: Readonly<Record<string, string>>;
  readonly internalIPs?: readonly string[];
  readonly externalIPs?: readonly string[];
  readonly podCIDRs?: readonly string[];
}

export interface Tenant {
  /** False: its API could not be read, so nothing of it may be withdrawn. */
  readonly readable: boolean;
  readonly nodes?: readonly TenantNode[];
  readonly pods?: readonly TenantPod[];
  readonly services?: readonly TenantService[];
}

export interface TenantNode {
  readonly name: string;
  readonly ready: boolean;
  readonly internalIPs?: readonly string[];
  readonly externalIPs?: readonly string[];
  readonly podCIDRs?: readonly string[];
}

export interface TenantPod {
  readonly name: string;
  readonly namespace: string;
  readonly nodeName?: string;
  readonly podIPs?: readonly string[];
  readonly ready: boolean;
  readonly terminating?: boolean;
  readonly hostNetwork?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
}

export interface TenantService {
  readonly name: string;
  readonly namespace: string;
  readonly externalTrafficPolicy?: 'Cluster' | 'Local';
  readonly ports?: readonly {
    readonly name?: string;
    readonly port: number;
    readonly targetPort?: number | string;
    readonly nodePort?: number;
  }[];
}

export interface DnsAnswer {
  readonly resolver: string;
  readonly checkedAt: string;
  /** The CNAMEs that were followed, in order, without the name asked for. */
  readonly chain?: readonly string[];
  readonly a?: readonly string[];
  readonly aaaa?: readonly string[];
  /** TXT records at `_kubebyon.<hostname>`. */
  readonly txt?: readonly string[];
  /** CAA records in presentation form, such as `0 issue "letsencrypt.org"`. */
  readonly caa?: readonly string[];
  /** A resolver's error code, such as ENOTFOUND, ENODATA, ESERVFAIL, ETIMEOUT. */
  readonly error?: string;
}

export interface Probe {
  /** Name of the host Node that probed. */
  readonly vantage: string;
  readonly address: string;
  readonly port: number;
  readonly result: 'ok' | 'refused' | 'timeout';
  readonly at: string;
}

export interface RouteAgent {
  /** Last time the observer saw the agent's Lease change, by the observer's own clock. */
  readonly renewedAt: string;
  /** Destinations that the kernel of this host really routes to a tenant; never the default route. */
  readonly effective: readonly string[];
}
