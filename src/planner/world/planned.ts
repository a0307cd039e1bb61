import type { ICertificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate';
import type { IGateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway';
import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import type { IListenerSet } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/ListenerSet';
import type { ITLSRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/TLSRoute';
import type { IEndpointSlice } from 'kubernetes-models/discovery.k8s.io/v1/EndpointSlice';
import type { IService } from 'kubernetes-models/v1/Service';
import type { Frozen } from '../../text/frozen.ts';

/** An object as it is sent, by its `kind`: the desired fields and nothing else. */
export type PlannedObject =
  | PlannedCertificate
  | PlannedEndpointSlice
  | PlannedGateway
  | PlannedHTTPRoute
  | PlannedListenerSet
  | PlannedRoutePlan
  | PlannedService
  | PlannedTLSRoute;

/** What every planned object has. */
interface Planned<K extends string> {
  /** The newest version that the host serves and the planner knows. */
  readonly apiVersion: string;
  readonly kind: K;
  readonly metadata: PlannedMetadata;
}

/** The metadata of a planned object. */
export interface PlannedMetadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The names of a certificate, and who issues it. */
export interface PlannedCertificate extends Planned<'Certificate'> {
  readonly spec: SpecOf<ICertificate>;
}

/** The endpoints of a cluster, of one address family and port. */
export interface PlannedEndpointSlice extends Planned<'EndpointSlice'> {
  readonly addressType: IEndpointSlice['addressType'];
  readonly endpoints: Frozen<IEndpointSlice['endpoints']>;
  readonly ports: Frozen<NonNullable<IEndpointSlice['ports']>>;
}

/** Our listeners of the workload Gateway; all else of it is the chart's. */
export interface PlannedGateway extends Planned<'Gateway'> {
  readonly spec: Pick<SpecOf<IGateway>, 'listeners'>;
}

/** Requests of a cluster: to its backend, or to HTTPS. */
export interface PlannedHTTPRoute extends Planned<'HTTPRoute'> {
  readonly spec: SpecOf<IHTTPRoute>;
}

/** Our listeners for which the Gateway has no room. */
export interface PlannedListenerSet extends Planned<'ListenerSet'> {
  readonly spec: SpecOf<IListenerSet>;
}

/** The routes to the Pods of a cluster, for the route agents. */
export interface PlannedRoutePlan extends Planned<'RoutePlan'> {
  readonly spec: {
    readonly clusterID: string;
    readonly tenantPodCIDRs: readonly string[];
    readonly tenantNodeCIDRs: readonly string[];
    readonly nodeSelector: Readonly<Record<string, string>>;
    readonly staleAfterSeconds: number;
    readonly routes: readonly {
      readonly destination: string;
      readonly nextHop: string;
      readonly nodeName: string;
    }[];
    /** What each agent tries to reach once its routes are there; absent: nothing. */
    readonly probes?: readonly { readonly address: string; readonly port: number }[];
  };
}

/** The Service without a selector that a cluster's HTTPRoutes point to. */
export interface PlannedService extends Planned<'Service'> {
  readonly spec: SpecOf<IService>;
}

/** The control plane of a cluster, passed through to its API Service. */
export interface PlannedTLSRoute extends Planned<'TLSRoute'> {
  readonly spec: SpecOf<ITLSRoute>;
}

type SpecOf<A extends { readonly spec?: unknown }> = Frozen<NonNullable<A['spec']>>;
