import type { Permission, PermissionCondition, PermissionScope, Verb } from '../../contract/permissions.ts';
import { GATEWAY_GROUP } from './objects.ts';

/** Where and when something is done to a kind. */
type Place = Pick<Permission, 'scope' | 'when'>;

/** A kind of the host cluster, and what a plan needs of it. */
export interface KindUse {
  readonly kind: string;
  readonly apiGroup: string;
  readonly resource: string;
  /** Where the world shows objects of the kind: whoever makes the world lists and watches them. */
  readonly observed: readonly Place[];
  /** Where an `apply` makes one that was not there. */
  readonly created?: Place;
  /** Where an `apply` changes one. */
  readonly changed?: Place;
  readonly deleted?: Place;
}

const everywhere = place('any-namespace', 'always');

/** What our own kinds have in common: seen and removed everywhere at any time, written in one place. */
function own(apiGroup: string, kind: string, resource: string, written: Place): KindUse {
  return {
    kind,
    apiGroup,
    resource,
    observed: [everywhere],
    created: written,
    changed: written,
    deleted: everywhere,
  };
}

/** Every kind that a world shows or a plan writes. */
export const KIND_USES: readonly KindUse[] = [
  own(GATEWAY_GROUP, 'TLSRoute', 'tlsroutes', place('any-namespace', 'gatewayapi')),
  own(GATEWAY_GROUP, 'HTTPRoute', 'httproutes', place('any-namespace', 'workload')),
  own('', 'Service', 'services', place('any-namespace', 'workload')),
  own('discovery.k8s.io', 'EndpointSlice', 'endpointslices', place('any-namespace', 'workload')),
  own(GATEWAY_GROUP, 'ListenerSet', 'listenersets', place('workload-gateway-namespace', 'listenerSets')),
  own('cert-manager.io', 'Certificate', 'certificates', place('workload-gateway-namespace', 'certificates')),
  own('kubebyon.app', 'RoutePlan', 'routeplans', place('route-plan-namespace', 'podCIDRRoute')),
  {
    kind: 'Gateway',
    apiGroup: GATEWAY_GROUP,
    resource: 'gateways',
    observed: [
      place('control-plane-gateway-namespace', 'gatewayapi'),
      place('workload-gateway-namespace', 'workload'),
    ],
    // Our listeners only; the Gateway itself is the chart's.
    changed: place('workload-gateway-namespace', 'workload'),
  },
  {
    kind: 'Secret',
    apiGroup: '',
    resource: 'secrets',
    observed: [place('workload-gateway-namespace', 'tls')],
  },
  { kind: 'Node', apiGroup: '', resource: 'nodes', observed: [place('cluster', 'workload')] },
];

function place(scope: PermissionScope, when: PermissionCondition): Place {
  return { scope, when };
}

/** What the rows need to be allowed. */
export function permissionsOf(uses: readonly KindUse[]): readonly Omit<Permission, 'why'>[] {
  return uses.flatMap(({ apiGroup, resource, observed, created, changed, deleted }) => {
    const at = (verbs: readonly Verb[], one: Place | undefined): readonly Omit<Permission, 'why'>[] =>
      one === undefined ? [] : [{ apiGroup, resources: [resource], verbs, ...one }];
    return [
      ...observed.flatMap((one) => at(['get', 'list', 'watch'], one)),
      // A server-side apply that may create needs both verbs.
      ...at(['create'], created),
      ...at(['patch'], changed),
      ...at(['delete'], deleted),
    ];
  });
}
