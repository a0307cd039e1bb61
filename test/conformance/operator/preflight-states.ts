import { type BrokenState, eventually, setCondition } from './broken-state.ts';
import { loadBalancer, NODE, tlsSecret } from './healthy.ts';
import { CHECKED_GATEWAYS } from './names.ts';
import type { Draft } from './stage.ts';
import { NAMESPACE } from './stage.ts';

const CRD = 'CustomResourceDefinition';
const GATEWAY_API = 'gateway.networking.k8s.io';
const OLD = { gitVersion: 'v1.33.4', major: 1, minor: 33 };

const DAY = 86_400_000;

/** A definition that is not served any more; to delete one would delete its objects. */
function unserved(definition: Draft): void {
  for (const version of definition.spec.versions) version.served = false;
}

/** A release of which others hold an object. */
/** An issuer whose solver for HTTP-01 has its routes on a listener of the workload Gateway. */
const solvesOn =
  (sectionName: string) =>
  ({ spec }: Draft): void => {
    const parentRefs = [{ name: CHECKED_GATEWAYS.workload, namespace: NAMESPACE, sectionName }];
    spec.acme.solvers = [{ http01: { gatewayHTTPRoute: { parentRefs } } }];
  };

const ofAnother = (object: Draft): void => {
  object.metadata.annotations['meta.helm.sh/release-name'] = 'other';
};

/** For each check of preflight a state in which it does not pass. */
export const PREFLIGHT_STATES: readonly BrokenState[] = [
  {
    code: 'ApiServerVersion',
    state: 'Kubernetes 1.31',
    verdict: 'failed',
    found: /v1\.31\.2/,
    next: /upgrade Kubernetes/,
    version: { gitVersion: 'v1.31.2', major: 1, minor: 31 },
  },
  {
    code: 'FieldOfNewerKubernetes',
    state: 'a volume of an image, on Kubernetes 1.33',
    verdict: 'failed',
    found: /v1\.33\.4/,
    next: /take the field out/,
    version: OLD,
    values: { api: { extraVolumes: [{ name: 'extra', image: { reference: 'data:1' } }] } },
  },
  {
    code: 'GatewayApiInstalled',
    state: 'no served definition of HTTPRoute',
    verdict: 'failed',
    found: /no version/,
    next: /install the Gateway API/,
    breaks: (stage) => stage.change(CRD, `httproutes.${GATEWAY_API}`, unserved),
  },
  {
    code: 'TLSRouteInstalled',
    state: 'no served definition of TLSRoute',
    verdict: 'failed',
    found: /no version/,
    next: /1\.5\.1 or newer/,
    breaks: (stage) => stage.change(CRD, `tlsroutes.${GATEWAY_API}`, unserved),
  },
  {
    code: 'ListenerSetInstalled',
    state: 'listenerSets on, and no served definition of ListenerSet',
    verdict: 'failed',
    found: /no version/,
    next: /listenerSets=false/,
    values: { gatewayAPI: { workload: { listenerSets: true } } },
    breaks: (stage) => stage.change(CRD, `listenersets.${GATEWAY_API}`, unserved),
  },
  {
    code: 'GatewayApiVersion',
    state: 'a definition of release 1.4.1',
    verdict: 'failed',
    found: /v1\.4\.1/,
    next: /upgrade the Gateway API/,
    breaks: async (stage) => {
      // The guard would not let it, and goes on guarding for a moment after it is gone.
      const guard = await stage.remove('ValidatingAdmissionPolicyBinding', `safe-upgrades.${GATEWAY_API}`);
      const undo = await eventually(() =>
        stage.change(CRD, `tlsroutes.${GATEWAY_API}`, ({ metadata }) => {
          metadata.annotations[`${GATEWAY_API}/bundle-version`] = 'v1.4.1';
        }),
      );
      return async () => {
        await undo();
        await guard();
      };
    },
  },
  {
    code: 'GatewayApiChannel',
    state: 'definitions of two releases',
    verdict: 'warning',
    found: /v1\.6\.3.* and .*v1\.6\.9/,
    next: /whole bundle/,
    breaks: (stage) =>
      stage.change(CRD, `tlsroutes.${GATEWAY_API}`, (definition) => {
        definition.metadata.annotations[`${GATEWAY_API}/bundle-version`] = 'v1.6.9';
      }),
  },
  {
    code: 'StoredVersionServed',
    state: 'objects stored at a version that is served no more',
    verdict: 'warning',
    found: /v1alpha2 as well/,
    next: /storedVersions/,
    breaks: (stage) =>
      stage.change(CRD, `tlsroutes.${GATEWAY_API}`, (definition) => {
        definition.status.storedVersions = ['v1alpha2', 'v1'];
      }),
  },
  {
    code: 'SafeUpgrades',
    state: 'the policy without its binding',
    verdict: 'warning',
    found: /none/,
    next: /bundle of the Gateway API whole/,
    breaks: (stage) => stage.remove('ValidatingAdmissionPolicyBinding', `safe-upgrades.${GATEWAY_API}`),
  },
  {
    code: 'GatewayClassExists',
    state: 'a class of the values is not there',
    verdict: 'failed',
    found: /only eg-workload/,
    next: /gatewayClassName/,
    breaks: (stage) => stage.remove('GatewayClass', 'eg-public'),
  },
  {
    code: 'GatewayClassAccepted',
    state: 'a class with wrong parameters',
    verdict: 'failed',
    found: /InvalidParameters/,
    next: /kubectl describe gatewayclass eg-workload/,
    breaks: (stage) =>
      stage.change('GatewayClass', 'eg-workload', ({ status }) =>
        setCondition(status.conditions, 'Accepted', 'False', 'InvalidParameters'),
      ),
  },
  {
    code: 'GatewayClassController',
    state: 'a class of another controller',
    verdict: 'warning',
    found: /example\.test\/controller/,
    next: /try TLS passthrough/,
    values: { gatewayAPI: { workload: { gatewayClassName: 'other' } } },
    breaks: (stage) =>
      stage.add({
        apiVersion: `${GATEWAY_API}/v1`,
        kind: 'GatewayClass',
        metadata: { name: 'other' },
        spec: { controllerName: 'example.test/controller' },
      }),
  },
  {
    code: 'GatewayClassFeatures',
    state: 'a class that does not support TLSRoute',
    verdict: 'failed',
    found: /without them/,
    next: /another GatewayClass/,
    breaks: (stage) =>
      stage.change('GatewayClass', 'eg-public', ({ status }) => {
        status.supportedFeatures = [{ name: 'Gateway' }, { name: 'HTTPRoute' }];
      }),
  },
  {
    code: 'GatewayControllerRunning',
    state: 'Envoy Gateway does not run',
    verdict: 'failed',
    found: /Available is False/,
    next: /envoy-gateway/,
    breaks: (stage) =>
      stage.change(
        'Deployment',
        'envoy-gateway',
        ({ status }) => setCondition(status.conditions, 'Available', 'False', 'MinimumReplicasUnavailable'),
        'envoy-gateway-system',
      ),
  },
  {
    code: 'AddressesAvailable',
    state: 'nobody gives addresses to Services of type LoadBalancer',
    verdict: 'warning',
    found: /none for envoy-gateway-system\/waiting/,
    next: /MetalLB/,
    later: 10 * 60_000,
    values: { gatewayAPI: { gatewayClassProfiles: { edge: 'none', workload: 'none' } } },
    breaks: (stage) => stage.add(loadBalancer('waiting')),
  },
  {
    code: 'GatewayClassChange',
    state: 'another class for a Gateway that is there',
    verdict: 'warning',
    found: /class eg-public in the values/,
    next: /keep the class/,
    values: { gatewayAPI: { workload: { gatewayClassName: 'eg-public' } } },
  },
  {
    code: 'ListenersKept',
    state: 'another name for a listener that has routes',
    verdict: 'failed',
    found: /only renamed in the values/,
    next: /keep the name/,
    values: { gatewayAPI: { listenerName: 'renamed' } },
  },
  {
    code: 'HostnameFree',
    state: 'another Gateway has the hostname of the platform',
    verdict: 'warning',
    found: /Gateway tenant-a\/other/,
    next: /gatewayAPI\.platform\.hostname/,
    breaks: (stage) =>
      stage.add({
        apiVersion: `${GATEWAY_API}/v1`,
        kind: 'Gateway',
        metadata: { name: 'other', namespace: 'tenant-a' },
        spec: {
          gatewayClassName: 'eg-public',
          listeners: [{ name: 'a', port: 80, protocol: 'HTTP', hostname: 'kubebyon.example.com' }],
        },
      }),
  },
  {
    code: 'CertManagerInstalled',
    state: 'no served definition of Certificate',
    verdict: 'failed',
    found: /no version/,
    next: /install cert-manager/,
    breaks: (stage) => stage.change(CRD, 'certificates.cert-manager.io', unserved),
  },
  {
    code: 'CertManagerVersion',
    state: 'cert-manager 1.14',
    verdict: 'warning',
    found: /v1\.14\.0/,
    next: /upgrade cert-manager/,
    breaks: (stage) =>
      stage.change(CRD, 'certificates.cert-manager.io', ({ metadata }) => {
        metadata.labels = { ...metadata.labels, 'app.kubernetes.io/version': 'v1.14.0' };
      }),
  },
  {
    code: 'CertManagerRunning',
    state: 'the webhook of cert-manager does not run',
    verdict: 'failed',
    found: /Available is False/,
    next: /cert-manager-webhook/,
    breaks: (stage) =>
      stage.change(
        'Deployment',
        'cert-manager-webhook',
        ({ status }) => setCondition(status.conditions, 'Available', 'False', 'MinimumReplicasUnavailable'),
        'cert-manager',
      ),
  },
  {
    code: 'IssuerExists',
    state: 'an Issuer where the values say ClusterIssuer',
    verdict: 'failed',
    found: /an? Issuer of this name/,
    next: /kind: Issuer/,
    values: { gatewayAPI: { workload: { certManager: { issuerRef: { name: 'local' } } } } },
    breaks: (stage) =>
      stage.add({
        apiVersion: 'cert-manager.io/v1',
        kind: 'Issuer',
        metadata: { name: 'local', namespace: NAMESPACE },
        spec: { selfSigned: {} },
      }),
  },
  {
    code: 'IssuerReady',
    state: 'an issuer whose account is not registered',
    verdict: 'failed',
    found: /ErrRegisterACMEAccount/,
    next: /describe clusterissuer letsencrypt-dns/,
    breaks: (stage) =>
      stage.change('ClusterIssuer', 'letsencrypt-dns', ({ status }) =>
        setCondition(status.conditions, 'Ready', 'False', 'ErrRegisterACMEAccount'),
      ),
  },
  {
    code: 'IssuerProvesWildcard',
    state: 'a wildcard from an issuer that solves HTTP-01 only',
    verdict: 'failed',
    found: /none of them for DNS-01/,
    next: /dns01 solver/,
    values: { gatewayAPI: { workload: { certManager: { wildcard: true } } } },
    breaks: (stage) =>
      stage.change('ClusterIssuer', 'letsencrypt-dns', ({ spec }) => {
        spec.acme.solvers = [{ http01: { ingress: {} } }];
      }),
  },
  {
    code: 'IssuerReachesListener',
    state: 'an issuer that solves HTTP-01 by an Ingress',
    verdict: 'failed',
    found: /no gatewayHTTPRoute.parentRefs/,
    next: /parentRefs/,
    breaks: (stage) =>
      stage.change('ClusterIssuer', 'letsencrypt-external', ({ spec }) => {
        spec.acme.solvers = [{ http01: { ingress: {} } }];
      }),
  },
  {
    code: 'IssuerReachesListener',
    state: 'an issuer whose solver has its routes on a listener of HTTPS',
    verdict: 'failed',
    found: /workload-https of Gateway/,
    next: /parentRefs/,
    breaks: (stage) => stage.change('ClusterIssuer', 'letsencrypt-external', solvesOn('workload-https')),
  },
  {
    code: 'IssuerReachesListener',
    state: 'a listener that takes routes from the namespaces of tenants alone',
    verdict: 'failed',
    found: /no routes from namespace kubebyon-system/,
    next: /kubectl label namespace kubebyon-system/,
    values: {
      gatewayAPI: {
        workload: {
          allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels: { tenant: 'true' } } } },
        },
      },
    },
    breaks: (stage) => stage.change('ClusterIssuer', 'letsencrypt-external', solvesOn('workload-http')),
  },
  {
    code: 'NamespaceExists',
    state: 'Gateways in a namespace that is not there',
    verdict: 'failed',
    found: /none/,
    next: /kubectl create namespace edge-system/,
    values: { gatewayAPI: { workload: { namespace: 'edge-system' } } },
  },
  {
    code: 'NamespaceActive',
    state: 'a namespace that is being deleted',
    verdict: 'failed',
    found: /being deleted since/,
    next: /wait until it is gone/,
    values: { gatewayAPI: { workload: { namespace: 'leaving' } } },
    breaks: async (stage) => {
      // Without a controller manager its finalizer keeps it.
      const undo = await stage.add({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'leaving' } });
      await undo();
      return async () => undefined;
    },
  },
  {
    code: 'PodSecurity',
    state: 'a namespace that enforces the level restricted, with route agents',
    verdict: 'failed',
    found: /enforce=restricted/,
    next: /enforce=privileged --overwrite/,
    breaks: (stage) =>
      stage.change('Namespace', NAMESPACE, ({ metadata }) => {
        metadata.labels['pod-security.kubernetes.io/enforce'] = 'restricted';
      }),
  },
  {
    code: 'SecretExists',
    state: 'the Secret of the platform is not there',
    verdict: 'failed',
    found: /none/,
    next: /create secret tls kubebyon-platform-tls/,
    breaks: (stage) => stage.remove('Secret', 'kubebyon-platform-tls'),
  },
  {
    code: 'SecretType',
    state: 'the certificate of the platform in a Secret of type Opaque',
    verdict: 'failed',
    found: /Opaque/,
    next: /create it anew/,
    values: { gatewayAPI: { platform: { tlsSecretName: 'opaque' } } },
    breaks: (stage) => stage.add({ ...tlsSecret('opaque', ['kubebyon.example.com']), type: 'Opaque' }),
  },
  {
    code: 'CertificateReadable',
    state: 'a Secret of type kubernetes.io/tls without a certificate',
    verdict: 'failed',
    found: /something that is none/,
    next: /PEM under tls\.crt/,
    values: { gatewayAPI: { platform: { tlsSecretName: 'empty' } } },
    breaks: (stage) => stage.add({ ...tlsSecret('empty', []), data: { 'tls.crt': '', 'tls.key': '' } }),
  },
  {
    code: 'CertificateCoversHostname',
    state: 'a certificate for another hostname',
    verdict: 'failed',
    found: /one for other\.example\.com/,
    next: /certificate for this hostname/,
    values: { gatewayAPI: { platform: { tlsSecretName: 'other' } } },
    breaks: (stage) => stage.add(tlsSecret('other', ['other.example.com'])),
  },
  {
    code: 'CertificateKeyMatches',
    state: 'the key of another certificate',
    verdict: 'failed',
    found: /another key/,
    next: /one pair/,
    values: { gatewayAPI: { platform: { tlsSecretName: 'mixed' } } },
    breaks: (stage) => {
      const one: Draft = tlsSecret('mixed', ['kubebyon.example.com']);
      const other: Draft = tlsSecret('mixed', ['kubebyon.example.com']);
      return stage.add({ ...one, data: { ...one.data, 'tls.key': other.data['tls.key'] } });
    },
  },
  {
    code: 'CertificateNotExpired',
    state: 'a certificate that has ended',
    verdict: 'failed',
    found: /it ended 3 d ago/,
    next: /renew it/,
    values: { gatewayAPI: { platform: { tlsSecretName: 'old' } } },
    breaks: (stage) => stage.add(tlsSecret('old', ['kubebyon.example.com'], -3 * DAY)),
  },
  {
    code: 'NodesSelected',
    state: 'no Node with the labels of targetNodeSelector',
    verdict: 'failed',
    found: /none of 1 Nodes/,
    next: /kubectl label node/,
    breaks: (stage) =>
      stage.change('Node', NODE, ({ metadata }) => {
        delete metadata.labels['node-role.kubernetes.io/edge'];
      }),
  },
  {
    code: 'HostPortFree',
    state: 'another Pod on the network of Nodes has the port',
    verdict: 'failed',
    found: /tenant-a\/taker has it/,
    next: /move the other Pod/,
    values: { api: { hostNetwork: true } },
    breaks: (stage) =>
      stage.add({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'taker', namespace: 'tenant-a' },
        spec: {
          hostNetwork: true,
          automountServiceAccountToken: false,
          containers: [{ name: 'a', image: 'a', ports: [{ containerPort: 8080, hostPort: 8080 }] }],
        },
      }),
  },
  {
    code: 'ServiceAccountExists',
    state: 'a service account of the operator that is not there',
    verdict: 'failed',
    found: /none/,
    next: /create serviceaccount mine/,
    values: { api: { serviceAccount: { create: false, name: 'mine' } } },
  },
  {
    code: 'PriorityClassExists',
    state: 'a PriorityClass that is not there',
    verdict: 'failed',
    found: /none/,
    next: /priorityClassName/,
    values: { api: { priorityClassName: 'missing' } },
  },
  {
    code: 'OwnDefinitionsInstalled',
    state: 'crds.install=false, and RoutePlan is not served',
    verdict: 'failed',
    found: /no version/,
    next: /crds\.install=true/,
    values: { crds: { install: false } },
    breaks: (stage) => stage.change(CRD, 'routeplans.kubebyon.app', unserved),
  },
  {
    code: 'ServiceMonitorInstalled',
    state: 'a ServiceMonitor without its definition',
    verdict: 'failed',
    found: /none/,
    next: /Prometheus operator/,
    values: { edgeController: { serviceMonitor: { enabled: true } } },
  },
  {
    code: 'ObjectOwner',
    state: 'a Service of another release under a name of this one',
    verdict: 'failed',
    found: /release kubebyon-system\/other/,
    next: /take-ownership/,
    breaks: (stage) => stage.change('Service', 'kubebyon-kubebyon-api', ofAnother),
  },
  {
    code: 'ImmutableSelector',
    state: 'a Deployment that selects its Pods otherwise',
    verdict: 'failed',
    found: /another one in the values/,
    next: /cascade=orphan/,
    breaks: async (stage) => {
      const name = 'kubebyon-kubebyon-web';
      let there: Draft;
      const undo = await stage.change('Deployment', name, (object) => {
        there = structuredClone(object);
      });
      await undo();
      const restore = await stage.remove('Deployment', name);
      const labels = { other: 'selector' };
      const {
        uid: _,
        resourceVersion: __,
        creationTimestamp: ___,
        generation: ____,
        managedFields: _____,
        ...metadata
      } = there.metadata;
      const selected = {
        ...there.spec,
        selector: { matchLabels: labels },
        template: { ...there.spec.template, metadata: { labels } },
      };
      const gone = await stage.add({ ...there, metadata, spec: selected });
      return async () => {
        await gone();
        await restore();
      };
    },
  },
  {
    code: 'ImmutableRoleRef',
    state: 'a binding that names another role',
    verdict: 'failed',
    found: /Role kubebyon-kubebyon-edge-controller$/,
    next: /delete the binding/,
    breaks: async (stage) => {
      const name = 'kubebyon-kubebyon-edge-controller';
      const restore = await stage.remove('RoleBinding', name);
      const gone = await stage.add({
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name, namespace: NAMESPACE },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'other' },
        subjects: [],
      });
      return async () => {
        await gone();
        await restore();
      };
    },
  },
  {
    code: 'ImmutableClusterIP',
    state: 'a headless Service under the name of one with an address',
    verdict: 'failed',
    found: /the other in the values/,
    next: /delete the Service/,
    breaks: async (stage) => {
      const name = 'kubebyon-kubebyon-web';
      const restore = await stage.remove('Service', name);
      const gone = await stage.add({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, namespace: NAMESPACE },
        spec: { clusterIP: 'None', ports: [{ name: 'http', port: 3000 }] },
      });
      return async () => {
        await gone();
        await restore();
      };
    },
  },
  {
    code: 'ReleaseState',
    state: 'an upgrade that was interrupted',
    verdict: 'failed',
    found: /revision 1 is pending-upgrade/,
    next: /helm rollback/,
    breaks: (stage) =>
      stage.change('Secret', 'sh.helm.release.v1.kubebyon.v1', ({ metadata }) => {
        metadata.labels.status = 'pending-upgrade';
      }),
  },
];
