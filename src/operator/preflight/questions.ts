import { LABELS } from '../../contract/labels.ts';
import { get, listOf } from '../../planner/world/json.ts';
import { label } from '../../planner/world/objects.ts';
import { CONTROLLERS } from '../checks/controllers.ts';
import { definitionName, isKind, KINDS, type KindName } from '../checks/kinds.ts';
import { type Question, questionKey, withoutRepeats } from '../checks/question.ts';
import { referencesOf } from './references.ts';
import {
  containersOf,
  gatewayConfig,
  namespacesOf,
  needsCertManager,
  type PodTemplate,
  podTemplates,
  type Wanted,
  wantedIssuers,
  wantedOf,
} from './wanted.ts';

/** The policy that keeps somebody from installing an older or another channel's Gateway API over this one. */
export const SAFE_UPGRADES = 'safe-upgrades.gateway.networking.k8s.io';

export const LOAD_BALANCERS: Pick<Question, 'kind' | 'fieldSelector'> = {
  kind: 'Service',
  fieldSelector: 'spec.type=LoadBalancer',
};

export const HOST_NETWORK_PODS: Pick<Question, 'kind' | 'fieldSelector'> = {
  kind: 'Pod',
  fieldSelector: 'spec.hostNetwork=true',
};

/** The Secrets in which Helm keeps a release; their content is not asked for. */
export function releaseStorage({ name, namespace }: Wanted['release']): Question {
  return { kind: 'Secret', namespace, labelSelector: `owner=helm,name=${name}`, metadataOnly: true };
}

/** Kinds of resource definitions that the release needs somebody else to have installed. */
export function neededDefinitions(wanted: Wanted): readonly KindName[] {
  const config = gatewayConfig(wanted);
  const workload = config?.workload;
  return [
    ...(config === undefined ? [] : (['Gateway', 'GatewayClass', 'HTTPRoute', 'TLSRoute'] as const)),
    ...(workload?.listenerSets === true ? (['ListenerSet'] as const) : []),
    ...(needsCertManager(wanted) ? (['Certificate', 'Issuer', 'ClusterIssuer'] as const) : []),
    ...(wantedOf(wanted, 'ServiceMonitor').length > 0 ? (['ServiceMonitor'] as const) : []),
  ];
}

/** Kinds that are needed and come with the chart, unless crds.install is off. */
export function ownDefinitions(wanted: Wanted): readonly KindName[] {
  const routes = gatewayConfig(wanted)?.workload?.podCIDRRoute;
  const hasController = wantedOf(wanted, 'Deployment').some(
    (object) => label(object, LABELS.component) === 'edge-controller',
  );
  return [
    ...(hasController ? (['EdgeCluster'] as const) : []),
    ...(routes?.enabled === true && routes.mode === 'routeagent' ? (['RoutePlan'] as const) : []),
  ];
}

/**
 * What is read before an installation, the most telling first: of what is beyond the number of requests that are allowed
 * nothing is known.
 */
export function preflightQuestions(wanted: Wanted): readonly Question[] {
  const config = gatewayConfig(wanted);
  const definitions = [...neededDefinitions(wanted), ...ownDefinitions(wanted)].map(
    (kind): Question => ({ kind: 'CustomResourceDefinition', name: definitionName(kind) }),
  );
  const gateways: readonly Question[] =
    config === undefined
      ? []
      : [
          { kind: 'GatewayClass' },
          { kind: 'Gateway' },
          { kind: 'ValidatingAdmissionPolicy', name: SAFE_UPGRADES },
          { kind: 'ValidatingAdmissionPolicyBinding', name: SAFE_UPGRADES },
          CONTROLLERS,
          LOAD_BALANCERS,
        ];
  const issuers = wantedIssuers(wanted);
  const ofIssuers: readonly Question[] =
    issuers.length === 0
      ? []
      : [{ kind: 'ClusterIssuer' }, { kind: 'Issuer', namespace: config?.workload?.gateway.namespace ?? '' }];
  return withoutRepeats([
    ...definitions,
    ...gateways,
    ...ofIssuers,
    ...namespacesOf(wanted).map((name): Question => ({ kind: 'Namespace', name })),
    ...referencesOf(wanted).map(({ kind, namespace, name }): Question => ({ kind, namespace, name })),
    releaseStorage(wanted.release),
    ...ofPods(wanted),
    ...ownObjects(wanted),
  ]);
}

function takesHostPort(template: PodTemplate): boolean {
  return (
    template.spec.hostNetwork === true &&
    containersOf(template).some((container) => listOf(get(container, 'ports')).length > 0)
  );
}

function ofPods(wanted: Wanted): readonly Question[] {
  const pods = podTemplates(wanted);
  const namesIn = (field: string): readonly string[] => [
    ...new Set(pods.flatMap(({ spec }) => (typeof spec[field] === 'string' ? [spec[field]] : []))),
  ];
  return [
    ...namesIn('priorityClassName').map((name): Question => ({ kind: 'PriorityClass', name })),
    ...(pods.some(takesHostPort) ? [HOST_NETWORK_PODS] : []),
    ...(wantedOf(wanted, 'DaemonSet').length > 0 ? [{ kind: 'Node' } as const] : []),
    ...pods.flatMap(({ owner, spec }): readonly Question[] =>
      typeof spec.serviceAccountName === 'string'
        ? [
            {
              kind: 'ServiceAccount',
              namespace: owner.metadata.namespace ?? '',
              name: spec.serviceAccountName,
            },
          ]
        : [],
    ),
  ];
}

/** What is there under the names of the release: one object by its name, several of a kind as a list, and routes as well. */
function ownObjects(wanted: Wanted): readonly Question[] {
  const questions = wanted.objects.flatMap(({ kind, metadata }): readonly Question[] => {
    if (!isKind(kind)) return [];
    const { name, namespace } = metadata;
    return [
      { kind, name, ...(KINDS[kind].namespaced ? { namespace: namespace ?? wanted.release.namespace } : {}) },
    ];
  });
  const groups = Map.groupBy(questions, ({ kind, namespace = '' }) => `${kind} ${namespace}`);
  return [...groups.values()].flatMap((group): readonly Question[] => {
    const [first] = group;
    const isMany = first?.kind === 'HTTPRoute' || new Set(group.map(questionKey)).size > 1;
    const isList = first?.namespace !== undefined && isMany;
    return isList ? [{ kind: first.kind, namespace: first.namespace }] : group;
  });
}
