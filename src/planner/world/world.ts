import type { host, hostNode, object, objectMeta, secretCertificate } from './definition/host.ts';
import type { binding, cluster, inventory, workload } from './definition/inventory.ts';
import type { ValueOf } from './definition/language.ts';
import type { dnsAnswer, probe, routeAgent } from './definition/observations.ts';
import type { tenant, tenantNode, tenantPod, tenantService } from './definition/tenant.ts';
import type { world } from './definition/world.ts';
import type { HostObject } from './host-object.ts';

/**
 * The types of the world follow from its definition (`definition/world.ts`), and so do its schema, its validator and
 * docs/world.md. What a field means stands there.
 */

/** The world as the planner sees it: one plain, versioned document, so that a bug report is a file. */
export interface World extends Omit<ValueOf<typeof world>, 'host'> {
  readonly host: Host;
}

/** What the platform itself says: the only trusted source about clusters. */
export interface Inventory extends ValueOf<typeof inventory> {}

/** A cluster of the platform. */
export interface EdgeClusterInput extends ValueOf<typeof cluster> {}

/** What is opened for a cluster's ingress, and where its backends may be. */
export interface EdgeWorkloadInput extends ValueOf<typeof workload> {}

/** A hostname that a cluster asks for. */
export interface HostnameBinding extends ValueOf<typeof binding> {}

/** The host cluster as last read. */
export interface Host extends Omit<ValueOf<typeof host>, 'objects'> {
  /** Ours, the Gateways and everything that attaches to them; docs/world.md has the list. */
  readonly objects: readonly HostObject[];
}

/** A Kubernetes object as read; of a Secret its type and what its certificate says, never data. */
export interface KubeObject extends ValueOf<typeof object> {}

/** The metadata of a Kubernetes object, as far as it is read. */
export interface ObjectMeta extends ValueOf<typeof objectMeta> {}

/** What the certificate in a Secret says. */
export interface SecretCertificate extends ValueOf<typeof secretCertificate> {}

/** A Node of the host cluster. */
export interface HostNode extends ValueOf<typeof hostNode> {}

/** What a vCluster holds. Everything in here is written by the tenant and therefore hostile. */
export interface Tenant extends ValueOf<typeof tenant> {}

/** A Node of a vCluster. */
export interface TenantNode extends ValueOf<typeof tenantNode> {}

/** An ingress Pod of a vCluster. */
export interface TenantPod extends ValueOf<typeof tenantPod> {}

/** An ingress Service of a vCluster. */
export interface TenantService extends ValueOf<typeof tenantService> {}

/** What one resolver says about a hostname. */
export interface DnsAnswer extends ValueOf<typeof dnsAnswer> {}

/** One attempt to reach an address. */
export interface Probe extends ValueOf<typeof probe> {}

/** What the route agent of a host Node says. */
export interface RouteAgent extends ValueOf<typeof routeAgent> {}
