import type { IGatewaySpec } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/GatewaySpec';
import { LABELS } from '../../contract/labels.ts';
import {
  choose,
  type Expr,
  entries,
  eq,
  forEach,
  isSet,
  not,
  or,
  release,
  type Template,
  type When,
  when,
} from '../../template/index.ts';
import type { values } from '../../values/chart-definition.ts';
import { objectAnnotations, objectLabels } from './metadata.ts';

/** References to the keys that every Gateway has. */
type GatewayValues = Pick<
  typeof values.gatewayAPI.platform,
  'labels' | 'annotations' | 'infrastructure' | 'addresses'
>;

/** Metadata of a Gateway with the labels and annotations of its section of the values. */
export function gatewayMetadata(
  gateway: GatewayValues,
  name: Expr<string>,
  namespace: Expr<string>,
  component: string,
) {
  return {
    name,
    namespace,
    labels: objectLabels(component, gateway.labels),
    annotations: objectAnnotations(gateway.annotations),
  };
}

/** What a Gateway asks of its controller: metadata for what that creates, and addresses. */
export function gatewayRequests(gateway: GatewayValues) {
  const { labels, annotations } = gateway.infrastructure;
  return {
    infrastructure: when(or(isSet(labels), isSet(annotations)), {
      labels: when(isSet(labels), entries({}, labels)),
      annotations: when(isSet(annotations), entries({}, annotations)),
    }),
    addresses: when(isSet(gateway.addresses), [
      forEach(gateway.addresses, 'address', ({ type, value }) => ({
        type: choose(isSet(type), type, 'IPAddress'),
        value: when<Expr<string>>(isSet(value), value),
      })),
    ]),
  } satisfies Partial<Template<IGatewaySpec>>;
}

type RouteNamespaces = NonNullable<
  NonNullable<IGatewaySpec['listeners'][number]['allowedRoutes']>['namespaces']
>;

/** Admits routes of the release namespace only: that of the Gateway itself, or exactly one other by its name. */
export function fromReleaseNamespace(gatewayNamespace: Expr<string>): Template<RouteNamespaces> {
  const same = eq(gatewayNamespace, release.namespace);
  return {
    from: choose(same, 'Same', 'Selector'),
    selector: whenElsewhere(same),
  };
}

function whenElsewhere(same: Expr<boolean>): When<Template<NonNullable<RouteNamespaces['selector']>>> {
  return when(not(same), { matchLabels: { [LABELS.namespaceName]: release.namespace } });
}
