import type { ICertificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate';
import type { IGateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway';
import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import type { IListenerSet } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/ListenerSet';
import type { ITLSRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/TLSRoute';
import type { IEndpointSlice } from 'kubernetes-models/discovery.k8s.io/v1/EndpointSlice';
import type { IService } from 'kubernetes-models/v1/Service';
import type { Frozen } from '../../text/frozen.ts';
import type { object } from './definition/host.ts';
import type { ValueOf } from './definition/language.ts';
import type { PlannedRoutePlan } from './planned.ts';

/**
 * An object of a world by its `kind`, as the API server serves it. The planner itself takes each as a `KubeObject` and
 * believes nothing of what is in it.
 */
export type HostObject =
  | Served<'Certificate', ICertificate>
  | Served<'EndpointSlice', unknown, EndpointSliceKeys>
  | Served<'Gateway', IGateway>
  | Served<'HTTPRoute', IHTTPRoute>
  | Served<'ListenerSet', IListenerSet>
  | Served<'RoutePlan', Pick<PlannedRoutePlan, 'spec'>>
  | Served<'Secret', unknown, Pick<AnyObject, 'type' | 'certificate'>>
  | Served<'Service', IService>
  | Served<'TLSRoute', ITLSRoute>;

type AnyObject = ValueOf<typeof object>;

type EndpointSliceKeys = Frozen<Partial<Pick<IEndpointSlice, 'addressType' | 'endpoints' | 'ports'>>>;

/** What the world holds of an object of model `A`, and besides. */
type Served<K extends string, A, More = unknown> = Pick<AnyObject, 'apiVersion' | 'metadata'> & {
  readonly kind: K;
} & Partial<Frozen<Pick<A, Extract<keyof A, 'spec' | 'status'>>>> &
  More;
