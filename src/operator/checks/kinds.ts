/** Kinds that are read, and where the API server has them. Versions are the newest; see `versionOf`. */
export const KINDS = {
  Gateway: kind('gateway.networking.k8s.io', 'v1', 'gateways', true),
  GatewayClass: kind('gateway.networking.k8s.io', 'v1', 'gatewayclasses', false),
  HTTPRoute: kind('gateway.networking.k8s.io', 'v1', 'httproutes', true),
  TLSRoute: kind('gateway.networking.k8s.io', 'v1', 'tlsroutes', true),
  ListenerSet: kind('gateway.networking.k8s.io', 'v1', 'listenersets', true),
  ReferenceGrant: kind('gateway.networking.k8s.io', 'v1beta1', 'referencegrants', true),
  Certificate: kind('cert-manager.io', 'v1', 'certificates', true),
  Issuer: kind('cert-manager.io', 'v1', 'issuers', true),
  ClusterIssuer: kind('cert-manager.io', 'v1', 'clusterissuers', false),
  EdgeCluster: kind('kubebyon.app', 'v1alpha1', 'edgeclusters', true),
  RoutePlan: kind('kubebyon.app', 'v1alpha1', 'routeplans', true),
  CustomResourceDefinition: kind('apiextensions.k8s.io', 'v1', 'customresourcedefinitions', false),
  ValidatingAdmissionPolicy: admission('validatingadmissionpolicies'),
  ValidatingAdmissionPolicyBinding: admission('validatingadmissionpolicybindings'),
  Deployment: kind('apps', 'v1', 'deployments', true),
  DaemonSet: kind('apps', 'v1', 'daemonsets', true),
  Lease: kind('coordination.k8s.io', 'v1', 'leases', true),
  EndpointSlice: kind('discovery.k8s.io', 'v1', 'endpointslices', true),
  NetworkPolicy: kind('networking.k8s.io', 'v1', 'networkpolicies', true),
  PodDisruptionBudget: kind('policy', 'v1', 'poddisruptionbudgets', true),
  PriorityClass: kind('scheduling.k8s.io', 'v1', 'priorityclasses', false),
  ClusterRole: kind('rbac.authorization.k8s.io', 'v1', 'clusterroles', false),
  ClusterRoleBinding: kind('rbac.authorization.k8s.io', 'v1', 'clusterrolebindings', false),
  Role: kind('rbac.authorization.k8s.io', 'v1', 'roles', true),
  RoleBinding: kind('rbac.authorization.k8s.io', 'v1', 'rolebindings', true),
  ServiceMonitor: kind('monitoring.coreos.com', 'v1', 'servicemonitors', true),
  Namespace: kind('', 'v1', 'namespaces', false),
  Node: kind('', 'v1', 'nodes', false),
  Pod: kind('', 'v1', 'pods', true),
  Service: kind('', 'v1', 'services', true),
  Secret: kind('', 'v1', 'secrets', true),
  ConfigMap: kind('', 'v1', 'configmaps', true),
  ServiceAccount: kind('', 'v1', 'serviceaccounts', true),
} as const satisfies Readonly<Record<string, KindPlace>>;

export type KindName = keyof typeof KINDS;

/** Where objects of a kind are. */
export interface KindPlace {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

function kind(group: string, version: string, plural: string, namespaced: boolean): KindPlace {
  return { group, version, plural, namespaced };
}

function admission(plural: string): KindPlace {
  return kind('admissionregistration.k8s.io', 'v1', plural, false);
}

/** Whether a word is one of the kinds. */
export function isKind(word: string): word is KindName {
  return Object.hasOwn(KINDS, word);
}

/** `tlsroutes.gateway.networking.k8s.io`: the name of the definition of a kind. */
export function definitionName(name: KindName): string {
  const { group, plural } = KINDS[name];
  return `${plural}.${group}`;
}
