import { LABELS } from '../../contract/labels.ts';
import { CONTROLLERS } from '../checks/controllers.ts';
import { one } from '../checks/facts.ts';
import { definitionOf } from '../checks/gateway-api.ts';
import { definitionName, KINDS, type KindName } from '../checks/kinds.ts';
import { type Question, withoutRepeats } from '../checks/question.ts';
import { entriesOf, runtimeConfig, type VerifyFacts } from './facts.ts';

const SELECTOR = `${LABELS.managedBy}=kubebyon,${LABELS.syncKind}=workload-edge`;

/** The Services that the runtime keeps, as the runbook selects them in section 6.5. */
export const OUR_SERVICES: Question = { kind: 'Service', labelSelector: SELECTOR };
export const OUR_SLICES: Question = { kind: 'EndpointSlice', labelSelector: SELECTOR };

/** Secrets with certificates of a namespace. */
export function tlsSecrets(namespace: string): Question {
  return { kind: 'Secret', namespace, fieldSelector: 'type=kubernetes.io/tls' };
}

export function podsOf({ name, namespace }: VerifyFacts['release']): Question {
  return { kind: 'Pod', namespace, labelSelector: `${LABELS.name}=kubebyon,${LABELS.instance}=${name}` };
}

const DEFINITIONS = [
  'Gateway',
  'HTTPRoute',
  'TLSRoute',
  'ListenerSet',
  'Certificate',
  'EdgeCluster',
  'RoutePlan',
] as const;

/**
 * Everything that may be read, before it is known what is installed: for whoever grants it.
 *
 * @param gateways namespaces of Gateways and RoutePlans.
 */
export function mostQuestions(
  release: VerifyFacts['release'],
  gateways: readonly string[],
): readonly Question[] {
  const { namespace } = release;
  return [
    ...firstQuestions(release),
    podsOf(release),
    CONTROLLERS,
    { kind: 'Lease', namespace },
    { kind: 'Service', namespace },
    { kind: 'EndpointSlice', namespace },
    ...(['HTTPRoute', 'TLSRoute', 'EdgeCluster', 'Node', 'ClusterIssuer'] as const).map((kind) => ({ kind })),
    OUR_SERVICES,
    OUR_SLICES,
    ...gateways.flatMap((place): readonly Question[] => [
      tlsSecrets(place),
      { kind: 'Certificate', namespace: place },
      { kind: 'Issuer', namespace: place },
      { kind: 'RoutePlan', namespace: place },
      { kind: 'ListenerSet', namespace: place },
      { kind: 'Lease', namespace: place },
    ]),
  ];
}

/** What is read first: what is installed, and at which versions it is served. */
export function firstQuestions(release: VerifyFacts['release']): readonly Question[] {
  const { namespace } = release;
  return [
    { kind: 'Deployment', namespace },
    { kind: 'DaemonSet', namespace },
    { kind: 'Gateway' },
    { kind: 'GatewayClass' },
    ...DEFINITIONS.map(
      (kind): Question => ({ kind: 'CustomResourceDefinition', name: definitionName(kind) }),
    ),
  ];
}

/** What is read then, by the variables of the API. */
export function nextQuestions(facts: VerifyFacts): readonly Question[] {
  const { release } = facts;
  const config = runtimeConfig(facts);
  const workload = config?.workload;
  const hasCertificates = workload?.tls?.certManager === true || workload?.tls?.selfManaged === true;
  const gatewayNamespaces = new Set(entriesOf(facts).map(({ namespace }) => namespace));
  const routes = workload?.podCIDRRoute;
  const wide = routesOf(facts);
  return withoutRepeats([
    podsOf(release),
    CONTROLLERS,
    { kind: 'Lease', namespace: release.namespace },
    { kind: 'Service', namespace: release.namespace },
    { kind: 'EndpointSlice', namespace: release.namespace },
    ...(config === undefined ? [] : wide),
    ...[...gatewayNamespaces].map(tlsSecrets),
    ...(workload === undefined ? [] : [OUR_SERVICES, OUR_SLICES, { kind: 'Node' } as const]),
    ...(hasCertificates && workload !== undefined
      ? ([
          { kind: 'Certificate', namespace: workload.gateway.namespace },
          { kind: 'Issuer', namespace: workload.gateway.namespace },
          { kind: 'ClusterIssuer' },
        ] as const)
      : []),
    ...(workload?.listenerSets === true
      ? [
          {
            kind: 'ListenerSet',
            namespace: workload.gateway.namespace,
            ...versionOf(facts, 'ListenerSet'),
          } as const,
        ]
      : []),
    ...(routes?.enabled === true && routes.mode === 'routeagent'
      ? ([
          { kind: 'RoutePlan', namespace: routes.routePlanNamespace },
          { kind: 'Lease', namespace: routes.routePlanNamespace },
        ] as const)
      : []),
  ]);
}

function routesOf(facts: VerifyFacts): readonly Question[] {
  return (['HTTPRoute', 'TLSRoute', 'EdgeCluster'] as const).map((kind) => ({
    kind,
    ...versionOf(facts, kind),
  }));
}

/** The version at which a kind is served, where that is not the newest. */
function versionOf(facts: VerifyFacts, kind: KindName): Pick<Question, 'version'> {
  const definition = one(facts, 'CustomResourceDefinition', '', definitionName(kind));
  if (!definition.seen || definition.value === undefined) return {};
  const { served } = definitionOf(definition.value);
  const [version] = served;
  return served.includes(KINDS[kind].version) || version === undefined ? {} : { version };
}
